/* mv: FROM TO, or FROM... DIRECTORY, renames files; within one file system. */
#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "paths.h"

static int complain(const char *from)
{
	fprintf(stderr, "mv: %s: %s\n", from, strerror(errno));
	return 1;
}

/* Also two names of it, with which rename does nothing and says nothing. */
static bool is_same(const char *from, const char *to)
{
	struct stat from_status, to_status;

	return lstat(from, &from_status) == 0 && lstat(to, &to_status) == 0 &&
		from_status.st_dev == to_status.st_dev && from_status.st_ino == to_status.st_ino;
}

static int move(const char *from, const char *to)
{
	if (is_same(from, to)) {
		fprintf(stderr, "mv: %s and %s are the same file\n", from, to);
		return 1;
	}
	return rename(from, to) == 0 ? 0 : complain(from);
}

static int move_into(const char *from, const char *directory)
{
	char to[PATH_MAX];

	return path_into(to, directory, from) ? move(from, to) : complain(from);
}

int main(int argc, char **argv)
{
	const char *to = argv[argc - 1];
	int status = 0;

	if (getopt(argc, argv, "") != -1)
		return 2;
	if (argc - optind < 2 || (argc - optind > 2 && !is_directory(to))) {
		fprintf(stderr, "usage: mv FROM TO, or mv FROM... DIRECTORY\n");
		return 2;
	}
	if (!is_directory(to))
		return move(argv[optind], to);
	for (int i = optind; i < argc - 1; i++)
		status |= move_into(argv[i], to);
	return status;
}
