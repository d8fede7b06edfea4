/* Paths, as those programs take them that make names. */
#ifndef PATHS_H
#define PATHS_H

#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static inline bool is_directory(const char *path)
{
	struct stat status;

	return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

/* The path of what is called like the last component of from, in the directory. False, with ENAMETOOLONG, if it is too
 * long. */
static inline bool path_into(char path[PATH_MAX], const char *directory, const char *from)
{
	const char *slash = strrchr(from, '/');

	if (snprintf(path, PATH_MAX, "%s/%s", directory, slash ? slash + 1 : from) < PATH_MAX)
		return true;
	errno = ENAMETOOLONG;
	return false;
}

#endif
