/* readdir(3), rewinddir(3), telldir(3), seekdir(3). */
#include <errno.h>
#include <unistd.h>

#include "directory.h"
#include "syscall.h"

/* NULL at the end with errno as it was, or NULL with errno set. A directory that was removed has no
 * entries. */
struct dirent *readdir(DIR *directory)
{
	struct dirent *entry;

	if (directory->next == directory->end) {
		int before = errno;
		ssize_t size =
			__getdents64(directory->fd, directory->buffer, sizeof(directory->buffer));

		if (size <= 0) {
			if (size == 0 || errno == ENOENT)
				errno = before;
			return NULL;
		}
		directory->next = 0;
		directory->end = (size_t)size;
	}
	entry = (struct dirent *)(directory->buffer + directory->next);
	directory->next += entry->d_reclen;
	directory->position = entry->d_off;
	return entry;
}

void seekdir(DIR *directory, long position)
{
	directory->position = __lseek(directory->fd, position, SEEK_SET);
	directory->next = directory->end = 0;
}

void rewinddir(DIR *directory)
{
	seekdir(directory, 0);
}

long telldir(DIR *directory)
{
	return directory->position;
}
