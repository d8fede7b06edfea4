/* shm_open(3): shared memory by name is a file in a file system that has only memory. */
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "shm_path.h"
#include "syscall.h"

int shm_open(const char *name, int flags, mode_t mode)
{
	char path[SHM_PATH_SIZE];

	if (!__shm_path(path, "", name))
		return -1;
	return __open(path, flags | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, mode);
}

int shm_unlink(const char *name)
{
	char path[SHM_PATH_SIZE];

	return __shm_path(path, "", name) ? unlink(path) : -1;
}
