/* fopen(3), fdopen(3), freopen(3), fclose(3). */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "alias.h"
#include "file.h"
#include "syscall.h"

#define CREATE_MODE 0666

int __file_parse_mode(const char *mode, unsigned *file_flags)
{
	bool both = strchr(mode, '+') != NULL;
	int flags;

	switch (mode[0]) {
	case 'r':
		flags = 0;
		*file_flags = FILE_CAN_READ;
		break;
	case 'w':
		flags = O_CREAT | O_TRUNC;
		*file_flags = FILE_CAN_WRITE;
		break;
	case 'a':
		flags = O_CREAT | O_APPEND;
		*file_flags = FILE_CAN_WRITE;
		break;
	default:
		errno = EINVAL;
		return -1;
	}
	flags |= both ? O_RDWR : mode[0] == 'r' ? O_RDONLY : O_WRONLY;
	if (both)
		*file_flags = FILE_CAN_READ | FILE_CAN_WRITE;
	if (strchr(mode, 'x'))
		flags |= O_EXCL;
	if (strchr(mode, 'e'))
		flags |= O_CLOEXEC;
	return flags;
}

/* One block of memory holds the stream and its buffer. */
FILE *__file_create(int fd, unsigned flags)
{
	FILE *file = malloc(sizeof(*file) + BUFSIZ);

	if (!file)
		return NULL;
	*file = (FILE) {
		.fd = fd,
		.flags = flags,
		.buffering = FILE_UNDECIDED,
		.buffer = (unsigned char *)(file + 1),
		.own = (unsigned char *)(file + 1),
		.size = BUFSIZ,
	};
	__file_link(file);
	return file;
}

/* A stream that only appends begins at the end of its file, and says so if it is asked. */
static int open_file(const char *path, int flags)
{
	int fd = __open(path, flags, CREATE_MODE);

	if (fd >= 0 && (flags & (O_APPEND | O_ACCMODE)) == (O_APPEND | O_WRONLY))
		__lseek(fd, 0, SEEK_END);
	return fd;
}

FILE *fopen(const char *restrict path, const char *restrict mode)
{
	unsigned file_flags;
	int flags = __file_parse_mode(mode, &file_flags);
	FILE *file;
	int fd;

	if (flags < 0)
		return NULL;
	fd = open_file(path, flags);
	if (fd < 0)
		return NULL;
	file = __file_create(fd, file_flags);
	if (!file)
		__close(fd);
	return file;
}

/* Makes a mode good on an open descriptor, which must be for as much: what others do with the same
 * open file is not to change, so nothing is cut off it, and it appends still if it did. */
static bool set_mode(int fd, int wanted)
{
	int flags = __fcntl(fd, F_GETFL);

	if (flags < 0)
		return false;
	if ((flags & O_ACCMODE) != O_RDWR && (flags & O_ACCMODE) != (wanted & O_ACCMODE)) {
		errno = EINVAL;
		return false;
	}
	if ((wanted & ~flags & O_APPEND) && __fcntl(fd, F_SETFL, flags | O_APPEND) < 0)
		return false;
	return !(wanted & O_CLOEXEC) || __fcntl(fd, F_SETFD, FD_CLOEXEC) == 0;
}

FILE *__fdopen(int fd, const char *mode)
{
	unsigned file_flags;
	int wanted = __file_parse_mode(mode, &file_flags);

	if (wanted < 0 || !set_mode(fd, wanted))
		return NULL;
	return __file_create(fd, file_flags);
}

weak_alias(__fdopen, fdopen);

int fclose(FILE *file)
{
	int result;

	file_lock(file);
	result = __file_flush(file);
	if (__close(file->fd) < 0)
		result = EOF;
	__file_reset(file);
	file_unlock(file);
	__file_destroy(file);
	return result;
}

/* The new file gets the old one's descriptor, as programs expect of a stdout opened anew. */
static bool replace(int old, const char *path, int flags)
{
	int fd = open_file(path, flags), moved = fd;

	if (fd < 0)
		return false;
	if (fd != old) {
		moved = __dup3(fd, old, flags & O_CLOEXEC);
		__close(fd);
	}
	return moved >= 0;
}

/* Without a path the file stays, at its place, and the mode changes. */
static bool reopen(FILE *file, const char *path, const char *mode)
{
	unsigned file_flags;
	int flags = __file_parse_mode(mode, &file_flags);

	__file_flush(file);
	__file_reset(file);
	if (flags < 0 || !(path ? replace(file->fd, path, flags) : set_mode(file->fd, flags))) {
		__close(file->fd);
		return false;
	}
	file->flags = (file->flags & FILE_STANDARD) | file_flags;
	return true;
}

FILE *freopen(const char *restrict path, const char *restrict mode, FILE *restrict file)
{
	bool opened;

	file_lock(file);
	opened = reopen(file, path, mode);
	file_unlock(file);
	if (opened)
		return file;
	__file_destroy(file);
	return NULL;
}
