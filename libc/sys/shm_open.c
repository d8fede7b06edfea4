/* shm_open(3): shared memory by name is a file in a file system that has only memory. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define FOLDER "/dev/shm/"

/* The path of a name: one component, with any number of slashes before it. False, and errno, if it
 * cannot be one. */
static int shm_path(char *path, size_t size, const char *name)
{
	while (*name == '/')
		name++;
	if (*name == '\0' || strchr(name, '/') || strcmp(name, ".") == 0 ||
		strcmp(name, "..") == 0) {
		errno = EINVAL;
		return 0;
	}
	if (strlen(name) > NAME_MAX) {
		errno = ENAMETOOLONG;
		return 0;
	}
	snprintf(path, size, FOLDER "%s", name);
	return 1;
}

int shm_open(const char *name, int flags, mode_t mode)
{
	char path[sizeof(FOLDER) + NAME_MAX];

	if (!shm_path(path, sizeof(path), name))
		return -1;
	return open(path, flags | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, mode);
}

int shm_unlink(const char *name)
{
	char path[sizeof(FOLDER) + NAME_MAX];

	return shm_path(path, sizeof(path), name) ? unlink(path) : -1;
}
