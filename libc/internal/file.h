/* What a stream is inside. A stream reads or writes, never both at a time: while it reads,
 * buffer[start..end) holds bytes not yet given out; while it writes, buffer[0..end) holds bytes not
 * yet written. In neither state both are 0.
 *
 * Input goes into the buffer from FILE_PUSHBACK on, so that many bytes can always be pushed back
 * (ungetc).
 *
 * Every function of the program's takes the stream's lock, which its owner may take again, and
 * calls what is below or an _unlocked sibling; while there is one thread that costs a test
 * (__threaded). */
#ifndef INTERNAL_FILE_H
#define INTERNAL_FILE_H

#include <stdbool.h>
#include <stdio.h>

#include "thread.h"

#define FILE_PUSHBACK	8

struct __file {
	int fd;
	unsigned flags;
	int buffering;			/* _IOFBF, _IOLBF, _IONBF, or FILE_UNDECIDED */
	unsigned char *buffer;
	size_t size;			/* of the buffer */
	unsigned char *own;		/* a buffer of BUFSIZ to go back to; NULL: stderr's */
	size_t start, end;
	pid_t child;			/* popen's */
	int lock;			/* as in lock.h */
	struct thread *owner;		/* of the lock */
	unsigned depth;			/* how often he has it, beyond the first time */
	struct __file *next, *previous;	/* in the list of open streams; __file_list_lock */
	unsigned pins;			/* how many use it without that lock; __file_list_lock */
	bool closed;			/* who unpins it last frees it; __file_list_lock */
	unsigned char small[FILE_PUSHBACK + 1];	/* the buffer of an unbuffered stream */
};

#define FILE_UNDECIDED (-1) /* line-buffered if it turns out to be a terminal, at the first write */

#define FILE_CAN_READ	0x01
#define FILE_CAN_WRITE	0x02
#define FILE_READING	0x04
#define FILE_WRITING	0x08
#define FILE_AT_END	0x10
#define FILE_FAILED	0x20
#define FILE_STANDARD	0x40	/* is no memory from malloc */

/* Makes the next byte available (start < end) and returns true; false at the end of the file or
 * after an error, which the flags say. */
bool __file_fill(FILE *file);

/* Makes the stream ready to read or write; false, with errno EBADF and the error flag, if it was
 * not opened for that. */
bool __file_start_reading(FILE *file);
bool __file_start_writing(FILE *file);

/* Writes bytes through the buffer, which is flushed as its mode says; returns how many got
 * there. */
size_t __file_write(FILE *file, const void *bytes, size_t size);

/* Writes out what the buffer holds. If the stream reads, the file position goes back to the
 * first byte that was not given out; where the file cannot seek, what was read stays. Returns 0 or
 * EOF. */
int __file_flush(FILE *file);

/* Forgets the buffer's contents. */
void __file_reset(FILE *file);

/* Writes out a line-buffered stdout. What a program has asked on the terminal must be there before
 * it waits for the answer, so every wait for input comes with this. */
void __file_flush_terminal(void);

/* The flags of open(2) and of the stream for a mode as "r+"; -1 with errno EINVAL if there is no
 * such mode. */
int __file_parse_mode(const char *mode, unsigned *file_flags);

/* A new stream with a buffer, in the list of open ones; NULL if there is no memory. */
FILE *__file_create(int fd, unsigned flags);

/* Takes a stream that nobody holds out of the list of open ones and frees its memory. */
void __file_destroy(FILE *file);

/* Puts a stream into the list of open ones. */
void __file_link(FILE *file);

/* Flushes all streams, except those in which another thread is reading; 0, or EOF if one failed. */
int __file_flush_all(void);

/* The lock. It does not look at __threaded; the two below do. */
void __file_lock(FILE *file);
bool __file_try_lock(FILE *file);
void __file_unlock(FILE *file);

static inline void file_lock(FILE *file)
{
	if (__threaded)
		__file_lock(file);
}

static inline void file_unlock(FILE *file)
{
	if (__threaded)
		__file_unlock(file);
}

/* For callers that hold the stream. */
int __fgetc_unlocked(FILE *file);
int __ungetc_unlocked(int c, FILE *file);
int __fputc_unlocked(int c, FILE *file);
size_t __fwrite_unlocked(
	const void *restrict memory, size_t size, size_t count, FILE *restrict file);
int __vfprintf_unlocked(FILE *restrict file, const char *restrict format, va_list arguments);

#endif
