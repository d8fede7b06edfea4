/* cp: FROM TO, or FROM... DIRECTORY, copies files with their rights. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "paths.h"

static int complain(const char *path)
{
	fprintf(stderr, "cp: %s: %s\n", path, strerror(errno));
	return 1;
}

static int copy_bytes(int in, const char *from, int out, const char *to)
{
	static char buffer[64 * 1024];
	ssize_t count;

	while ((count = read(in, buffer, sizeof(buffer))) > 0) {
		for (ssize_t done = 0, written; done < count; done += written) {
			written = write(out, buffer + done, count - done);
			if (written < 0)
				return complain(to);
		}
	}
	return count < 0 ? complain(from) : 0;
}

/* Opening TO would empty FROM if they are one file. */
static bool is_same(int in, const char *to)
{
	struct stat from_status, to_status;

	return fstat(in, &from_status) == 0 && stat(to, &to_status) == 0 &&
		from_status.st_dev == to_status.st_dev && from_status.st_ino == to_status.st_ino;
}

static int copy_open(int in, const char *from, const char *to)
{
	struct stat status;
	int out, result;

	if (fstat(in, &status) < 0)
		return complain(from);
	/* Before TO is made or emptied for it. */
	if (S_ISDIR(status.st_mode)) {
		errno = EISDIR;
		return complain(from);
	}
	if (is_same(in, to)) {
		fprintf(stderr, "cp: %s and %s are the same file\n", from, to);
		return 1;
	}
	out = open(to, O_CREAT | O_WRONLY | O_TRUNC, status.st_mode & 0777);
	if (out < 0)
		return complain(to);
	result = copy_bytes(in, from, out, to);
	close(out);
	return result;
}

static int copy(const char *from, const char *to)
{
	int in = open(from, O_RDONLY), result;

	if (in < 0)
		return complain(from);
	result = copy_open(in, from, to);
	close(in);
	return result;
}

static int copy_into(const char *from, const char *directory)
{
	char to[PATH_MAX];

	return path_into(to, directory, from) ? copy(from, to) : complain(from);
}

int main(int argc, char **argv)
{
	const char *to = argv[argc - 1];
	int status = 0;

	if (getopt(argc, argv, "") != -1)
		return 2;
	if (argc - optind < 2 || (argc - optind > 2 && !is_directory(to))) {
		fprintf(stderr, "usage: cp FROM TO, or cp FROM... DIRECTORY\n");
		return 2;
	}
	if (!is_directory(to))
		return copy(argv[optind], to);
	for (int i = optind; i < argc - 1; i++)
		status |= copy_into(argv[i], to);
	return status;
}
