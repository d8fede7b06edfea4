/* rm: [-f] [-r] FILE... removes files; -f: one that is not there is no error; -r: directories with all that is in them. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static bool force, recursive;

static int complain(const char *name)
{
	if (force && errno == ENOENT)
		return 0;
	fprintf(stderr, "rm: %s: %s\n", name, strerror(errno));
	return 1;
}

static int remove_at(int directory, const char *name);

/* Empties a directory. What is removed does not change where readdir stands. */
static int empty(int directory, const char *name)
{
	int fd = openat(directory, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
	DIR *entries = fd < 0 ? NULL : fdopendir(fd);
	struct dirent *entry;
	int status = 0;

	if (!entries)
		return complain(name);
	while ((entry = readdir(entries)))
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			status |= remove_at(fd, entry->d_name);
	closedir(entries);
	return status;
}

static int remove_at(int directory, const char *name)
{
	int status;

	if (unlinkat(directory, name, 0) == 0)
		return 0;
	if (errno != EISDIR || !recursive)
		return complain(name);
	status = empty(directory, name);
	return unlinkat(directory, name, AT_REMOVEDIR) == 0 ? status : complain(name);
}

/* "/", and what ends with "." or "..": rm(1p). */
static bool is_refused(const char *path)
{
	size_t length = strlen(path);
	const char *last;

	while (length > 0 && path[length - 1] == '/')
		length--;
	if (length == 0)
		return *path == '/';
	last = path + length;
	while (last > path && last[-1] != '/')
		last--;
	length = (size_t)(path + length - last);
	return (length == 1 || length == 2) && strncmp(last, "..", length) == 0;
}

int main(int argc, char **argv)
{
	int option, status = 0;

	while ((option = getopt(argc, argv, "fr")) != -1) {
		if (option == '?')
			return 2;
		force |= option == 'f';
		recursive |= option == 'r';
	}
	if (optind == argc && !force) {
		fprintf(stderr, "usage: rm [-f] [-r] FILE...\n");
		return 2;
	}
	for (int i = optind; i < argc; i++) {
		if (is_refused(argv[i])) {
			fprintf(stderr, "rm: %s: not removed, whatever is in it\n", argv[i]);
			status = 1;
		} else {
			status |= remove_at(AT_FDCWD, argv[i]);
		}
	}
	return status;
}
