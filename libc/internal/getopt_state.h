/* What getopt and getopt_long share. */
#ifndef INTERNAL_GETOPT_STATE_H
#define INTERNAL_GETOPT_STATE_H

/* Where in argv[optind] the next option letter is; NULL or at a NUL if the next argument is to be
 * begun. */
extern char *__getopt_next;

/* Says what is wrong with an option, unless the program says such things itself, and returns '?',
 * or ':' for a missing argument if the options begin with a colon. */
int __getopt_complain(char *const argv[], const char *options, const char *message,
	const char *name, int missing);

#endif
