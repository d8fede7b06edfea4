/* printf(3) to streams. */
#include <errno.h>
#include <limits.h>
#include <string.h>

#include "file.h"
#include "format.h"

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

struct counting_sink {
	struct format_sink sink;
	size_t count;
};

static void count(struct format_sink *sink, const char *bytes, size_t size)
{
	(void)bytes;
	((struct counting_sink *)sink)->count += size;
}

struct gathering_sink {
	struct stream_sink stream;
	char *bytes;
	size_t count, size;
};

static void write_gathered(struct gathering_sink *gathered)
{
	put(&gathered->stream.sink, gathered->bytes, gathered->count);
	gathered->count = 0;
}

static void gather(struct format_sink *sink, const char *bytes, size_t size)
{
	struct gathering_sink *gathered = (struct gathering_sink *)sink;

	if (size > gathered->size - gathered->count)
		write_gathered(gathered);
	if (size > gathered->size) {
		put(sink, bytes, size);
	} else {
		memcpy(gathered->bytes + gathered->count, bytes, size);
		gathered->count += size;
	}
}

/* Output to an unbuffered stream is gathered, as much as a pipe takes undivided, so that a message
 * is one write and not one per piece. It takes no more of the stack than the message needs, for the
 * caller may have little, as a handler on sigaltstack's; and the stream knows nothing of it, for a
 * fork may leave its child in the midst of another thread's message. */
static __attribute__((noinline)) int print_gathered(
	FILE *file, const char *format, va_list arguments)
{
	struct counting_sink counted = { { count }, 0 };
	int length, error = errno;

	__format(&counted.sink, format, arguments);
	errno = error;			/* it may be in the message (%m) */
	if (counted.count > PIPE_BUF)
		counted.count = PIPE_BUF;

	char bytes[counted.count + 1];
	struct gathering_sink gathered = { { { gather }, file, false }, bytes, 0, counted.count };

	length = __format(&gathered.stream.sink, format, arguments);
	write_gathered(&gathered);
	return gathered.stream.failed ? -1 : length;
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
