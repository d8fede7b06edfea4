/* mkdir: [-p] DIRECTORY... makes directories; -p: with those above, and one that is there is no error. */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "paths.h"

static bool parents;

static int make(const char *path)
{
	if (mkdir(path, 0777) == 0 || (parents && is_directory(path)))
		return 0;
	fprintf(stderr, "mkdir: %s: %s\n", path, strerror(errno));
	return 1;
}

/* Makes all that are above path, and then path itself. */
static int make_all(char *path)
{
	/* What is before a slash that comes first is there. */
	for (char *slash = path + strspn(path, "/"); (slash = strchr(slash, '/')); slash++) {
		int status;

		*slash = '\0';
		status = make(path);
		*slash = '/';
		if (status != 0)
			return status;
	}
	return make(path);
}

int main(int argc, char **argv)
{
	int option, status = 0;

	while ((option = getopt(argc, argv, "p")) != -1) {
		if (option == '?')
			return 2;
		parents = true;
	}
	if (optind == argc) {
		fprintf(stderr, "usage: mkdir [-p] DIRECTORY...\n");
		return 2;
	}
	for (int i = optind; i < argc; i++)
		status |= parents ? make_all(argv[i]) : make(argv[i]);
	return status;
}
