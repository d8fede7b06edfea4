/* ln: [-s] TARGET NAME gives a file another name; -s: makes a symbolic link. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	int symbolic = argc > 1 && strcmp(argv[1], "-s") == 0;
	const char *target, *name;

	if (argc != 3 + symbolic) {
		fprintf(stderr, "usage: ln [-s] TARGET NAME\n");
		return 2;
	}
	target = argv[1 + symbolic];
	name = argv[2 + symbolic];
	if ((symbolic ? symlink(target, name) : link(target, name)) < 0) {
		fprintf(stderr, "ln: %s: %s\n", name, strerror(errno));
		return 1;
	}
	return 0;
}
