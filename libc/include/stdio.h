/* Streams (stdio(3)), formatted output (printf(3)) and input (scanf(3)). */
#ifndef _STDIO_H
#define _STDIO_H

#include <stdarg.h>
#include <stddef.h>
#include <sys/types.h>

#define EOF          (-1)
#define BUFSIZ       4096
#define FILENAME_MAX 4096
#define FOPEN_MAX    16
#define L_tmpnam     20
#define L_ctermid    9
#define TMP_MAX      10000
#define P_tmpdir     "/tmp"

#define _IOFBF 0
#define _IOLBF 1
#define _IONBF 2

#define SEEK_SET 0
#define SEEK_CUR 1
#define SEEK_END 2

typedef struct __file FILE;

typedef struct {
	off_t __offset;
} fpos_t;

extern FILE *const stdin;
extern FILE *const stdout;
extern FILE *const stderr;
#define stdin  stdin
#define stdout stdout
#define stderr stderr

FILE *fopen(const char *__restrict path, const char *__restrict mode);
FILE *fdopen(int fd, const char *mode);
FILE *freopen(const char *__restrict path, const char *__restrict mode, FILE *__restrict file);
int fclose(FILE *file);
int fflush(FILE *file);
void setbuf(FILE *__restrict file, char *__restrict buffer);
int setvbuf(FILE *__restrict file, char *__restrict buffer, int mode, size_t size);
void setlinebuf(FILE *file);
int fileno(FILE *file);
int pclose(FILE *file);
FILE *popen(const char *command, const char *mode);
FILE *tmpfile(void);
char *tmpnam(char *name);
char *ctermid(char *path);

int feof(FILE *file);
int ferror(FILE *file);
void clearerr(FILE *file);

int fgetpos(FILE *__restrict file, fpos_t *__restrict position);
int fsetpos(FILE *file, const fpos_t *position);
int fseek(FILE *file, long offset, int whence);
int fseeko(FILE *file, off_t offset, int whence);
long ftell(FILE *file);
off_t ftello(FILE *file);
void rewind(FILE *file);

size_t fread(void *__restrict memory, size_t size, size_t count, FILE *__restrict file);
size_t fwrite(const void *__restrict memory, size_t size, size_t count, FILE *__restrict file);
int fgetc(FILE *file);
int getc(FILE *file);
int getchar(void);
int ungetc(int c, FILE *file);
char *fgets(char *__restrict line, int size, FILE *__restrict file);
ssize_t getdelim(
	char **__restrict line, size_t *__restrict size, int delimiter, FILE *__restrict file);
ssize_t getline(char **__restrict line, size_t *__restrict size, FILE *__restrict file);
int fputc(int c, FILE *file);
int putc(int c, FILE *file);
int putchar(int c);
int fputs(const char *__restrict text, FILE *__restrict file);
int puts(const char *text);

/* A stream for several calls (flockfile(3)), and calls for who has it (unlocked_stdio(3)). */
void flockfile(FILE *file);
int ftrylockfile(FILE *file);
void funlockfile(FILE *file);
void clearerr_unlocked(FILE *file);
int feof_unlocked(FILE *file);
int ferror_unlocked(FILE *file);
int fflush_unlocked(FILE *file);
int fgetc_unlocked(FILE *file);
char *fgets_unlocked(char *__restrict line, int size, FILE *__restrict file);
int fileno_unlocked(FILE *file);
int fputc_unlocked(int c, FILE *file);
int fputs_unlocked(const char *__restrict text, FILE *__restrict file);
size_t fread_unlocked(void *__restrict memory, size_t size, size_t count, FILE *__restrict file);
size_t fwrite_unlocked(
	const void *__restrict memory, size_t size, size_t count, FILE *__restrict file);
int getc_unlocked(FILE *file);
int getchar_unlocked(void);
int putc_unlocked(int c, FILE *file);
int putchar_unlocked(int c);

#define __PRINTF(text, first) __attribute__((__format__(__printf__, text, first)))
#define __SCANF(text, first)  __attribute__((__format__(__scanf__, text, first)))

int printf(const char *__restrict format, ...) __PRINTF(1, 2);
int fprintf(FILE *__restrict file, const char *__restrict format, ...) __PRINTF(2, 3);
int dprintf(int fd, const char *__restrict format, ...) __PRINTF(2, 3);
int sprintf(char *__restrict text, const char *__restrict format, ...) __PRINTF(2, 3);
int snprintf(char *__restrict text, size_t size, const char *__restrict format, ...) __PRINTF(3, 4);
int asprintf(char **__restrict text, const char *__restrict format, ...) __PRINTF(2, 3);
int vprintf(const char *__restrict format, va_list arguments) __PRINTF(1, 0);
int vfprintf(FILE *__restrict file, const char *__restrict format, va_list arguments)
	__PRINTF(2, 0);
int vdprintf(int fd, const char *__restrict format, va_list arguments) __PRINTF(2, 0);
int vsprintf(char *__restrict text, const char *__restrict format, va_list arguments)
	__PRINTF(2, 0);
int vsnprintf(char *__restrict text, size_t size, const char *__restrict format, va_list arguments)
	__PRINTF(3, 0);
int vasprintf(char **__restrict text, const char *__restrict format, va_list arguments)
	__PRINTF(2, 0);

int scanf(const char *__restrict format, ...) __SCANF(1, 2);
int fscanf(FILE *__restrict file, const char *__restrict format, ...) __SCANF(2, 3);
int sscanf(const char *__restrict text, const char *__restrict format, ...) __SCANF(2, 3);
int vscanf(const char *__restrict format, va_list arguments) __SCANF(1, 0);
int vfscanf(FILE *__restrict file, const char *__restrict format, va_list arguments) __SCANF(2, 0);
int vsscanf(const char *__restrict text, const char *__restrict format, va_list arguments)
	__SCANF(2, 0);

void perror(const char *prefix);
int remove(const char *path);
int rename(const char *from, const char *to);
int renameat(int from_directory, const char *from, int to_directory, const char *to);
int renameat2(
	int from_directory, const char *from, int to_directory, const char *to, unsigned flags);

#define RENAME_NOREPLACE	1
#define RENAME_EXCHANGE		2

#endif
