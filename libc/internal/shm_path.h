/* The files of what has a name in memory: shared memory and semaphores. */
#ifndef INTERNAL_SHM_PATH_H
#define INTERNAL_SHM_PATH_H

#include <limits.h>
#include <stdbool.h>

#define SHM_FOLDER	"/dev/shm/"
#define SHM_PATH_SIZE	(sizeof(SHM_FOLDER) + NAME_MAX)

/* The path of a name, which is one component with any number of slashes before it; in its folder
 * the prefix stands before it. False, and errno, if it cannot be a name. */
bool __shm_path(char path[SHM_PATH_SIZE], const char *prefix, const char *name);

#endif
