/* The libc's own names for functions that the C standard leaves to the program (alias.h says
 * why). */
#ifndef INTERNAL_NAMES_H
#define INTERNAL_NAMES_H

#include <stddef.h>
#include <sys/types.h>
#include <time.h>

extern char **__environ;

void *__memrchr(const void *memory, int c, size_t size);
char *__stpcpy(char *restrict to, const char *restrict from);
char *__strchrnul(const char *text, int c);
size_t __strnlen(const char *text, size_t size);

int __isatty(int fd);
int __mkostemp(char *template, int flags);
int __execvpe(const char *name, char *const argv[], char *const envp[]);
struct tm *__gmtime_r(const time_t *restrict time, struct tm *restrict parts);

#endif
