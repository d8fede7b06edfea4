/* ln: [-s] TARGET NAME gives a file another name; -s: makes a symbolic link. */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	bool symbolic = false;
	const char *target, *name;
	int option;

	while ((option = getopt(argc, argv, "s")) != -1) {
		if (option == '?')
			return 2;
		symbolic = true;
	}
	if (argc - optind != 2) {
		fprintf(stderr, "usage: ln [-s] TARGET NAME\n");
		return 2;
	}
	target = argv[optind];
	name = argv[optind + 1];
	if ((symbolic ? symlink(target, name) : link(target, name)) < 0) {
		fprintf(stderr, "ln: %s: %s\n", name, strerror(errno));
		return 1;
	}
	return 0;
}
