/* touch: FILE... makes files that are missing; the others' times are now. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int touch(const char *path)
{
	int fd = open(path, O_CREAT | O_WRONLY | O_NONBLOCK, 0666);

	if (fd >= 0)
		close(fd);
	return utimensat(AT_FDCWD, path, NULL, 0);
}

int main(int argc, char **argv)
{
	int status = 0;

	if (getopt(argc, argv, "") != -1)
		return 2;
	if (optind == argc) {
		fprintf(stderr, "usage: touch FILE...\n");
		return 2;
	}
	for (int i = optind; i < argc; i++) {
		if (touch(argv[i]) < 0) {
			fprintf(stderr, "touch: %s: %s\n", argv[i], strerror(errno));
			status = 1;
		}
	}
	return status;
}
