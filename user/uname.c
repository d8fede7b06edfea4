/* uname: [-a] prints the name of the system; -a: also host, release, version and machine. */
#include <stdbool.h>
#include <stdio.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "output.h"

int main(int argc, char **argv)
{
	struct utsname name;
	bool all = false;
	int option;

	while ((option = getopt(argc, argv, "a")) != -1) {
		if (option == '?')
			return 2;
		all = true;
	}
	if (optind < argc) {
		fprintf(stderr, "usage: uname [-a]\n");
		return 2;
	}
	if (uname(&name) < 0) {
		perror("uname");
		return 1;
	}
	if (all)
		printf("%s %s %s %s %s\n", name.sysname, name.nodename, name.release, name.version, name.machine);
	else
		puts(name.sysname);
	return !output_written("uname");
}
