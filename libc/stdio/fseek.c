/* fseek(3), ftell(3), rewind(3), fgetpos(3). */
#include "alias.h"
#include "file.h"
#include "syscall.h"

static int seek(FILE *file, off_t offset, int whence)
{
	if ((file->flags & FILE_WRITING) && __file_flush(file) == EOF)
		return -1;
	/* The file's position is ahead of the program's by what is buffered, which stays if the
	 * call fails. */
	if (whence == SEEK_CUR)
		offset = (off_t)((size_t)offset - (file->end - file->start));
	if (__lseek(file->fd, offset, whence) < 0)
		return -1;
	__file_reset(file);
	file->flags &= ~FILE_AT_END;
	return 0;
}

int __fseeko(FILE *file, off_t offset, int whence)
{
	int result;

	file_lock(file);
	result = seek(file, offset, whence);
	file_unlock(file);
	return result;
}

weak_alias(__fseeko, fseeko);

static off_t tell(FILE *file)
{
	off_t position;

	/* Buffered output of a file opened to append goes to its end, wherever that is by then. */
	if ((file->flags & FILE_WRITING) && __file_flush(file) == EOF)
		return -1;
	position = __lseek(file->fd, 0, SEEK_CUR);
	return position < 0 ? -1 : position - (off_t)(file->end - file->start);
}

off_t __ftello(FILE *file)
{
	off_t position;

	file_lock(file);
	position = tell(file);
	file_unlock(file);
	return position;
}

weak_alias(__ftello, ftello);

int fseek(FILE *file, long offset, int whence)
{
	return __fseeko(file, offset, whence);
}

long ftell(FILE *file)
{
	return __ftello(file);
}

void rewind(FILE *file)
{
	file_lock(file);
	seek(file, 0, SEEK_SET);
	file->flags &= ~FILE_FAILED;
	file_unlock(file);
}

int fgetpos(FILE *restrict file, fpos_t *restrict position)
{
	position->__offset = __ftello(file);
	return position->__offset < 0 ? -1 : 0;
}

int fsetpos(FILE *file, const fpos_t *position)
{
	return __fseeko(file, position->__offset, SEEK_SET);
}
