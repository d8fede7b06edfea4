/* The path of a name in memory (shm_open(3), sem_open(3)). */
#include "shm_path.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

bool __shm_path(char path[SHM_PATH_SIZE], const char *prefix, const char *name)
{
	bool folder;

	while (*name == '/')
		name++;
	folder = !*prefix && (strcmp(name, ".") == 0 || strcmp(name, "..") == 0);
	if (*name == '\0' || strchr(name, '/') || folder) {
		errno = EINVAL;
		return false;
	}
	if (strlen(prefix) + strlen(name) > NAME_MAX) {
		errno = ENAMETOOLONG;
		return false;
	}
	snprintf(path, SHM_PATH_SIZE, SHM_FOLDER "%s%s", prefix, name);
	return true;
}
