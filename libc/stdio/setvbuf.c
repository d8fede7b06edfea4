/* setvbuf(3), setbuf(3), setlinebuf(3). */
#include <errno.h>

#include "alias.h"
#include "file.h"

/* What stderr, which begins without, is given if it is to have a buffer. */
static unsigned char error_buffer[BUFSIZ];

static void set_buffer(FILE *file, unsigned char *buffer, size_t size)
{
	file->buffer = buffer;
	file->size = size;
}

/* Nothing may be in the buffer: the function is for streams just opened. Without a buffer from the
 * caller the stream has one of its own, whatever the size asked for; one too small to push back
 * into is not taken. */
int setvbuf(FILE *restrict file, char *restrict buffer, int mode, size_t size)
{
	if (mode != _IOFBF && mode != _IOLBF && mode != _IONBF) {
		errno = EINVAL;
		return -1;
	}
	file_lock(file);
	__file_flush(file);
	__file_reset(file);
	file->buffering = mode;
	if (mode == _IONBF)
		set_buffer(file, file->small, sizeof(file->small));
	else if (buffer && size > FILE_PUSHBACK)
		set_buffer(file, (unsigned char *)buffer, size);
	else if (file->buffer == file->small)
		set_buffer(file, file->own ? file->own : error_buffer, BUFSIZ);
	file_unlock(file);
	return 0;
}

void setbuf(FILE *restrict file, char *restrict buffer)
{
	setvbuf(file, buffer, buffer ? _IOFBF : _IONBF, BUFSIZ);
}

void __setlinebuf(FILE *file)
{
	setvbuf(file, NULL, _IOLBF, 0);
}

weak_alias(__setlinebuf, setlinebuf);
