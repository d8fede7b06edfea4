/* Strings and memory (string(3), memcpy(3)). */
#ifndef _STRING_H
#define _STRING_H

#include <stddef.h>
#include <strings.h>

void *memccpy(void *__restrict to, const void *__restrict from, int c, size_t size);
void *memchr(const void *memory, int c, size_t size);
int memcmp(const void *left, const void *right, size_t size);
void *memcpy(void *__restrict to, const void *__restrict from, size_t size);
void *memmem(const void *memory, size_t size, const void *part, size_t part_size);
void *memmove(void *to, const void *from, size_t size);
void *mempcpy(void *__restrict to, const void *__restrict from, size_t size);
void *memrchr(const void *memory, int c, size_t size);
void *memset(void *memory, int c, size_t size);
void explicit_bzero(void *memory, size_t size);

char *stpcpy(char *__restrict to, const char *__restrict from);
char *stpncpy(char *__restrict to, const char *__restrict from, size_t size);
char *strcasestr(const char *text, const char *part);
char *strcat(char *__restrict to, const char *__restrict from);
char *strchr(const char *text, int c);
char *strchrnul(const char *text, int c);
int strcmp(const char *left, const char *right);
int strcoll(const char *left, const char *right);
char *strcpy(char *__restrict to, const char *__restrict from);
size_t strcspn(const char *text, const char *set);
char *strdup(const char *text);
size_t strlcat(char *__restrict to, const char *__restrict from, size_t size);
size_t strlcpy(char *__restrict to, const char *__restrict from, size_t size);
size_t strlen(const char *text);
char *strncat(char *__restrict to, const char *__restrict from, size_t size);
int strncmp(const char *left, const char *right, size_t size);
char *strncpy(char *__restrict to, const char *__restrict from, size_t size);
char *strndup(const char *text, size_t size);
size_t strnlen(const char *text, size_t size);
char *strpbrk(const char *text, const char *set);
char *strrchr(const char *text, int c);
char *strsep(char **text, const char *delimiters);
size_t strspn(const char *text, const char *set);
char *strstr(const char *text, const char *part);
char *strtok(char *__restrict text, const char *__restrict delimiters);
char *strtok_r(char *__restrict text, const char *__restrict delimiters, char **__restrict state);
size_t strxfrm(char *__restrict to, const char *__restrict from, size_t size);

char *strerror(int error);
int strerror_r(int error, char *buffer, size_t size);
char *strsignal(int signal);

#endif
