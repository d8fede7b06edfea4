/* mkdir: DIRECTORY... makes directories. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

int main(int argc, char **argv)
{
	int status = argc > 1 ? 0 : 2;

	if (argc < 2)
		fprintf(stderr, "usage: mkdir DIRECTORY...\n");
	for (int i = 1; i < argc; i++) {
		if (mkdir(argv[i], 0777) < 0) {
			fprintf(stderr, "mkdir: %s: %s\n", argv[i], strerror(errno));
			status = 1;
		}
	}
	return status;
}
