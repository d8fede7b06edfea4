/* printf(3) to streams. */
#include <limits.h>

#include "file.h"
#include "format.h"

/* Output to an unbuffered stream is gathered, as much as a pipe takes undivided, so that a message
 * is one write and not one per piece. */
#define GATHERED PIPE_BUF

struct stream_sink {
	struct format_sink sink;
	FILE *file;
	bool failed;
};

static void put(struct format_sink *sink, const char *bytes, size_t size)
{
	struct stream_sink *stream = (struct stream_sink *)sink;

	if (!stream->failed && __file_write(stream->file, bytes, size) < size)
		stream->failed = true;
}

static int print(FILE *file, const char *format, va_list arguments)
{
	struct stream_sink stream = { { put }, file, false };
	int length = __format(&stream.sink, format, arguments);

	return stream.failed ? -1 : length;
}

/* Only who prints so pays for its stack. */
static __attribute__((noinline)) int print_gathered(FILE *file, const char *format, va_list arguments)
{
	unsigned char gathered[GATHERED], *buffer = file->buffer;
	size_t size = file->size;
	int length;

	__file_flush(file);
	file->buffer = gathered;
	file->size = sizeof(gathered);
	file->buffering = _IOFBF;
	length = print(file, format, arguments);
	if (__file_flush(file) == EOF)
		length = -1;
	file->buffer = buffer;
	file->size = size;
	file->buffering = _IONBF;
	return length;
}

int __vfprintf_unlocked(FILE *restrict file, const char *restrict format, va_list arguments)
{
	if (!__file_start_writing(file))
		return -1;
	if (file->buffering == _IONBF)
		return print_gathered(file, format, arguments);
	return print(file, format, arguments);
}

int vfprintf(FILE *restrict file, const char *restrict format, va_list arguments)
{
	int length;

	file_lock(file);
	length = __vfprintf_unlocked(file, format, arguments);
	file_unlock(file);
	return length;
}

int vprintf(const char *restrict format, va_list arguments)
{
	return vfprintf(stdout, format, arguments);
}

int fprintf(FILE *restrict file, const char *restrict format, ...)
{
	va_list arguments;
	int length;

	va_start(arguments, format);
	length = vfprintf(file, format, arguments);
	va_end(arguments);
	return length;
}

int printf(const char *restrict format, ...)
{
	va_list arguments;
	int length;

	va_start(arguments, format);
	length = vfprintf(stdout, format, arguments);
	va_end(arguments);
	return length;
}
