/* uname: [-a] prints the name of the system; -a: also host, release, version and machine. */
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>

int main(int argc, char **argv)
{
	struct utsname name;

	if (argc > 2 || (argc == 2 && strcmp(argv[1], "-a") != 0)) {
		fprintf(stderr, "usage: uname [-a]\n");
		return 2;
	}
	if (uname(&name) < 0) {
		perror("uname");
		return 1;
	}
	if (argc == 2)
		printf("%s %s %s %s %s\n", name.sysname, name.nodename, name.release, name.version, name.machine);
	else
		puts(name.sysname);
	return fflush(stdout) != 0;
}
