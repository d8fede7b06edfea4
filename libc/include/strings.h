/* Comparison without regard to case, bit search, and names from BSD (strings.h(0p)). */
#ifndef _STRINGS_H
#define _STRINGS_H

#include <stddef.h>

int bcmp(const void *left, const void *right, size_t size);
void bcopy(const void *from, void *to, size_t size);
void bzero(void *memory, size_t size);
int ffs(int value);
int ffsl(long value);
int ffsll(long long value);
char *index(const char *text, int c);
char *rindex(const char *text, int c);
int strcasecmp(const char *left, const char *right);
int strncasecmp(const char *left, const char *right, size_t size);

#endif
