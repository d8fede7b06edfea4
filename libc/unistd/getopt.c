/* getopt(3): short options, by POSIX: the first argument that is no option ends them. */
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "getopt_state.h"

char *optarg;
int optind = 1;
int opterr = 1;
int optopt;

char *__getopt_next;

int __getopt_complain(
	char *const argv[], const char *options, const char *message, const char *name, int missing)
{
	if (opterr && options[0] != ':')
		fprintf(stderr, "%s: %s -- '%s'\n", argv[0], message, name);
	return missing && options[0] == ':' ? ':' : '?';
}

/* True if argv[optind] holds options; else optind is behind a "--", if there is one. */
static int at_options(int argc, char *const argv[])
{
	const char *argument = optind < argc ? argv[optind] : NULL;

	if (!argument || argument[0] != '-' || !argument[1])
		return 0;
	if (strcmp(argument, "--") == 0) {
		optind++;
		return 0;
	}
	return 1;
}

/* The argument of an option is the rest of the word, or, if that is empty and it must have one, the
 * next word. */
static int take_argument(int argc, char *const argv[], const char *options, const char *letter)
{
	char name[2] = { *letter, 0 };

	optarg = *__getopt_next ? __getopt_next : NULL;
	__getopt_next = NULL;
	optind++;
	if (optarg || letter[2] == ':')
		return *letter;
	if (optind >= argc) {
		optopt = *letter;
		return __getopt_complain(argv, options, "option requires an argument", name, 1);
	}
	optarg = argv[optind++];
	return *letter;
}

int getopt(int argc, char *const argv[], const char *options)
{
	const char *letter;
	char name[2] = { 0, 0 };

	options += options[0] == '+';	/* asks for what is always so here */
	optarg = NULL;
	if (optind == 0) {
		optind = 1;
		__getopt_next = NULL;
	}
	if (!__getopt_next || !*__getopt_next) {
		if (!at_options(argc, argv))
			return -1;
		__getopt_next = argv[optind] + 1;
	}
	name[0] = *__getopt_next++;
	letter = name[0] == ':' ? NULL : strchr(options, name[0]);
	if (letter && letter[1] == ':')
		return take_argument(argc, argv, options, letter);
	if (!*__getopt_next) {
		__getopt_next = NULL;
		optind++;
	}
	if (letter)
		return name[0];
	optopt = name[0];
	return __getopt_complain(argv, options, "invalid option", name, 0);
}
