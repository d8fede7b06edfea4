/* dmesg: prints the kernel's log. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/klog.h>
#include <unistd.h>

#include "output.h"

#define ACTION_READ_ALL		3
#define ACTION_SIZE_BUFFER	10

int main(int argc, char **argv)
{
	if (getopt(argc, argv, "") != -1)
		return 2;
	if (optind < argc) {
		fprintf(stderr, "usage: dmesg\n");
		return 2;
	}
	int size = klogctl(ACTION_SIZE_BUFFER, NULL, 0);
	char *log = size < 0 ? NULL : malloc((size_t)size);

	if (!log || (size = klogctl(ACTION_READ_ALL, log, size)) < 0) {
		perror("dmesg");
		return 1;
	}
	if (fwrite(log, 1, (size_t)size, stdout) < (size_t)size) {
		perror("dmesg: standard output");
		return 1;
	}
	return !output_written("dmesg");
}
