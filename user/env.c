/* env [-i] [NAME=VALUE]... [COMMAND [ARGUMENT]...]: runs the command in the environment with the changes, from an empty
 * one with -i; without a command prints it, a line each. Status 127 if the command is not found, 126 if it cannot be
 * run, 125 for what is wrong with env itself. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "output.h"

int main(int argc, char **argv)
{
	int option;

	opterr = 0;
	while ((option = getopt(argc, argv, "+i")) != -1) {
		if (option != 'i') {
			fprintf(stderr, "usage: env [-i] [NAME=VALUE]... [COMMAND [ARGUMENT]...]\n");
			return 125;
		}
		clearenv();
	}
	for (argv += optind; *argv && strchr(*argv, '='); argv++) {
		if (putenv(*argv) != 0) {
			fprintf(stderr, "env: %s: %s\n", *argv, strerror(errno));
			return 125;
		}
	}
	if (!*argv) {
		for (char **entry = environ; entry && *entry; entry++)
			puts(*entry);
		return output_written("env") ? 0 : 125;
	}
	execvp(*argv, argv);
	int error = errno;
	fprintf(stderr, "env: %s: %s\n", *argv, strerror(error));
	return error == ENOENT ? 127 : 126;
}
