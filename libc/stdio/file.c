/* Streams: the three standard ones, the list of all, and the transfer between buffers and files
 * (stdio(3)). */
#include "file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

#include "lock.h"
#include "names.h"
#include "syscall.h"

static unsigned char input_buffer[BUFSIZ];
static unsigned char output_buffer[BUFSIZ];

static FILE standard_error = {
	.fd = STDERR_FILENO,
	.flags = FILE_CAN_WRITE | FILE_STANDARD,
	.buffering = _IONBF,
	.buffer = standard_error.small,
	.size = sizeof(standard_error.small),
};

static FILE standard_output = {
	.fd = STDOUT_FILENO,
	.flags = FILE_CAN_WRITE | FILE_STANDARD,
	.buffering = FILE_UNDECIDED,
	.buffer = output_buffer,
	.own = output_buffer,
	.size = sizeof(output_buffer),
	.next = &standard_error,
};

static FILE standard_input = {
	.fd = STDIN_FILENO,
	.flags = FILE_CAN_READ | FILE_STANDARD,
	.buffering = FILE_UNDECIDED,
	.buffer = input_buffer,
	.own = input_buffer,
	.size = sizeof(input_buffer),
	.next = &standard_output,
};

FILE *const stdin = &standard_input;
FILE *const stdout = &standard_output;
FILE *const stderr = &standard_error;

/* Opened streams come before the standard ones, which stay. */
static FILE *first_file = &standard_input;

int __file_list_lock;

void __file_link(FILE *file)
{
	lock(&__file_list_lock);
	file->next = first_file;
	first_file->previous = file;
	first_file = file;
	unlock(&__file_list_lock);
}

static void unlink_and_free(FILE *file)
{
	file->next->previous = file->previous;
	if (file->previous)
		file->previous->next = file->next;
	else
		first_file = file->next;
	free(file);
}

void __file_destroy(FILE *file)
{
	if (file->flags & FILE_STANDARD)
		return;
	lock(&__file_list_lock);
	file->closed = true;
	if (file->pins == 0)
		unlink_and_free(file);
	unlock(&__file_list_lock);
}

/* Who waits for input holds his stream as long as it takes; nobody waits for him here. */
static bool lock_to_flush(FILE *file)
{
	if (!__threaded || __file_try_lock(file))
		return true;
	if (!(__atomic_load_n(&file->flags, __ATOMIC_RELAXED) & FILE_WRITING))
		return false;
	__file_lock(file);
	return true;
}

/* The list is not held while a stream is: who holds a stream may open another. */
int __file_flush_all(void)
{
	int result = 0;
	FILE *next;

	lock(&__file_list_lock);
	for (FILE *file = first_file; file; file = next) {
		file->pins++;
		unlock(&__file_list_lock);
		if (lock_to_flush(file)) {
			result |= __file_flush(file);
			file_unlock(file);
		}
		lock(&__file_list_lock);
		next = file->next;
		if (--file->pins == 0 && file->closed)
			unlink_and_free(file);
	}
	unlock(&__file_list_lock);
	return result;
}

/* A stream that another thread of the parent had is as that thread left it, but nobody's. */
void __stdio_after_fork(void)
{
	for (FILE *file = first_file; file; file = file->next) {
		file->pins = 0;
		if (file->owner == thread_self())
			continue;
		file->lock = 0;
		file->owner = NULL;
		file->depth = 0;
	}
}

/* exit() calls it, if the program has streams at all. */
void __stdio_exit(void)
{
	__file_flush_all();
}

void __file_reset(FILE *file)
{
	file->flags &= ~(FILE_READING | FILE_WRITING);
	file->start = file->end = 0;
}

static bool refuse(FILE *file)
{
	errno = EBADF;
	file->flags |= FILE_FAILED;
	return false;
}

bool __file_start_reading(FILE *file)
{
	if (file->flags & FILE_READING)
		return true;
	if (!(file->flags & FILE_CAN_READ))
		return refuse(file);
	if (__file_flush(file) == EOF)
		return false;
	file->flags |= FILE_READING;
	file->start = file->end = FILE_PUSHBACK;
	return true;
}

bool __file_start_writing(FILE *file)
{
	if (file->flags & FILE_WRITING)
		return true;
	if (!(file->flags & FILE_CAN_WRITE))
		return refuse(file);
	__file_flush(file);
	__file_reset(file);
	file->flags |= FILE_WRITING;
	if (file->buffering == FILE_UNDECIDED) {
		int error = errno;

		file->buffering = __isatty(file->fd) ? _IOLBF : _IOFBF;
		errno = error;
	}
	return true;
}

void __file_flush_terminal(void)
{
	if (stdout->buffering != _IOLBF || !(stdout->flags & FILE_WRITING))
		return;
	/* Who has it flushes it, or waits for somebody's input himself. */
	if (__threaded && !__file_try_lock(stdout))
		return;
	__file_flush(stdout);
	file_unlock(stdout);
}

bool __file_fill(FILE *file)
{
	ssize_t size;

	if (!__file_start_reading(file))
		return false;
	if (file->start < file->end)
		return true;
	if (file->flags & FILE_AT_END)
		return false;
	__file_flush_terminal();
	size = __read(file->fd, file->buffer + FILE_PUSHBACK, file->size - FILE_PUSHBACK);
	if (size <= 0) {
		file->flags |= size < 0 ? FILE_FAILED : FILE_AT_END;
		return false;
	}
	file->start = FILE_PUSHBACK;
	file->end = FILE_PUSHBACK + size;
	return true;
}

/* Writes the buffer's contents and then the bytes, in as few calls as possible. Returns how many of
 * the bytes got there; on an error the rest of both is dropped. */
static size_t write_out(FILE *file, const void *bytes, size_t size)
{
	struct iovec parts[2] = { { file->buffer, file->end }, { (void *)bytes, size } };
	struct iovec *part = parts;

	file->end = 0;
	for (;;) {
		ssize_t done;

		while (part < parts + 2 && part->iov_len == 0)
			part++;
		if (part == parts + 2)
			return size;
		if (parts[1].iov_len == 0 || part == parts + 1)
			done = __write(file->fd, part->iov_base, part->iov_len);
		else
			done = __writev(file->fd, part, 2);
		if (done < 0) {
			file->flags |= FILE_FAILED;
			return part == parts ? 0 : size - part->iov_len;
		}
		for (; part < parts + 2 && (size_t)done >= part->iov_len; part++) {
			done -= part->iov_len;
			part->iov_len = 0;
		}
		if (part < parts + 2) {
			part->iov_base = (char *)part->iov_base + done;
			part->iov_len -= done;
		}
	}
}

int __file_flush(FILE *file)
{
	unsigned failed_before = file->flags & FILE_FAILED;
	int result = 0, error = errno;

	if (file->flags & FILE_WRITING) {
		file->flags &= ~FILE_FAILED;
		write_out(file, NULL, 0);
		result = file->flags & FILE_FAILED ? EOF : 0;
		file->flags |= failed_before;
		__file_reset(file);
	} else if (file->start < file->end) {
		if (__lseek(file->fd, (off_t)file->start - (off_t)file->end, SEEK_CUR) >= 0)
			__file_reset(file);
		errno = error;
	}
	return result;
}

/* Adds to the buffer, or past it if there is no room. */
static size_t write_buffered(FILE *file, const unsigned char *bytes, size_t size)
{
	if (size > file->size - file->end)
		return write_out(file, bytes, size);
	memcpy(file->buffer + file->end, bytes, size);
	file->end += size;
	return size;
}

size_t __file_write(FILE *file, const void *bytes, size_t size)
{
	const unsigned char *line_end;
	size_t lines, done;

	if (!__file_start_writing(file))
		return 0;
	if (file->buffering == _IOFBF)
		return write_buffered(file, bytes, size);
	if (file->buffering == _IONBF)
		return write_out(file, bytes, size);
	line_end = __memrchr(bytes, '\n', size);
	lines = line_end ? (size_t)(line_end + 1 - (const unsigned char *)bytes) : 0;
	if (lines > 0) {
		done = write_out(file, bytes, lines);
		if (done < lines)
			return done;
	}
	return lines + write_buffered(file, (const unsigned char *)bytes + lines, size - lines);
}
