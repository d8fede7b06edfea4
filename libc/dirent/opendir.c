/* opendir(3), fdopendir(3), closedir(3), dirfd(3). */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "directory.h"
#include "syscall.h"

static DIR *create(int fd)
{
	DIR *directory = malloc(sizeof(*directory));

	if (!directory)
		return NULL;
	directory->fd = fd;
	directory->next = directory->end = 0;
	directory->position = 0;
	return directory;
}

DIR *opendir(const char *path)
{
	int fd = __open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *directory;

	if (fd < 0)
		return NULL;
	directory = create(fd);
	if (!directory)
		__close(fd);
	return directory;
}

DIR *fdopendir(int fd)
{
	struct stat status;

	if (__fstat(fd, &status) < 0)
		return NULL;
	if (!S_ISDIR(status.st_mode)) {
		errno = ENOTDIR;
		return NULL;
	}
	return create(fd);
}

int closedir(DIR *directory)
{
	int result = __close(directory->fd);

	free(directory);
	return result;
}

int dirfd(DIR *directory)
{
	return directory->fd;
}
