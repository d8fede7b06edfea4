/* Numbers from text, memory, sorting, random numbers, environment and the end of the program
 * (stdlib.h(0p)). */
#ifndef _STDLIB_H
#define _STDLIB_H

#include <stddef.h>

#define EXIT_SUCCESS	0
#define EXIT_FAILURE	1
#define RAND_MAX	2147483647
#define MB_CUR_MAX	1

typedef struct {
	int quot;
	int rem;
} div_t;

typedef struct {
	long quot;
	long rem;
} ldiv_t;

typedef struct {
	long long quot;
	long long rem;
} lldiv_t;

double atof(const char *text);
int atoi(const char *text);
long atol(const char *text);
long long atoll(const char *text);
double strtod(const char *__restrict text, char **__restrict end);
float strtof(const char *__restrict text, char **__restrict end);
long double strtold(const char *__restrict text, char **__restrict end);
long strtol(const char *__restrict text, char **__restrict end, int base);
long long strtoll(const char *__restrict text, char **__restrict end, int base);
unsigned long strtoul(const char *__restrict text, char **__restrict end, int base);
unsigned long long strtoull(const char *__restrict text, char **__restrict end, int base);

int abs(int value);
long labs(long value);
long long llabs(long long value);
div_t div(int numerator, int denominator);
ldiv_t ldiv(long numerator, long denominator);
lldiv_t lldiv(long long numerator, long long denominator);

void *aligned_alloc(size_t alignment, size_t size);
void *calloc(size_t count, size_t size);
void free(void *memory);
void *malloc(size_t size);
int posix_memalign(void **memory, size_t alignment, size_t size);
void *realloc(void *memory, size_t size);
void *reallocarray(void *memory, size_t count, size_t size);

void *bsearch(const void *key, const void *array, size_t count, size_t size,
	      int (*compare)(const void *, const void *));
void qsort(void *array, size_t count, size_t size, int (*compare)(const void *, const void *));
void qsort_r(void *array, size_t count, size_t size,
	int (*compare)(const void *, const void *, void *), void *context);

int rand(void);
int rand_r(unsigned *seed);
void srand(unsigned seed);
long random(void);
void srandom(unsigned seed);

char *getenv(const char *name);
int putenv(char *entry);
int setenv(const char *name, const char *value, int overwrite);
int unsetenv(const char *name);
int clearenv(void);

_Noreturn void _Exit(int status);
_Noreturn void abort(void);
int at_quick_exit(void (*function)(void));
int atexit(void (*function)(void));
_Noreturn void exit(int status);
_Noreturn void quick_exit(int status);
int system(const char *command);

char *realpath(const char *__restrict path, char *__restrict resolved);

int mkstemp(char *template);
int mkostemp(char *template, int flags);
char *mkdtemp(char *template);

#endif
