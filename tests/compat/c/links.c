/* Names of files: hard and symbolic links, renaming, rights, times, sizes. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void show(const char *name)
{
	struct stat status;

	if (lstat(name, &status) < 0)
		printf("%s: %s\n", name, strerror(errno));
	else
		printf("%s: %o, %ld links, %ld bytes, changed at %ld\n", name, status.st_mode,
		       (long)status.st_nlink, S_ISDIR(status.st_mode) ? 0 : (long)status.st_size,
		       status.st_mtime < 2000000 ? (long)status.st_mtime : 0);
}

int main(void)
{
	struct timespec times[2] = { { 1000000, 0 }, { 1234567, 0 } };
	char target[100] = "";
	int fd;

	umask(022);
	mkdir("compat-links", 0777);
	chdir("compat-links");
	fd = open("file", O_RDWR | O_CREAT, 0666);
	write(fd, "0123456789", 10);
	show("file");
	link("file", "second");
	symlink("second", "soft");
	show("second");
	show("soft");
	readlink("soft", target, sizeof(target));
	printf("soft points to %s\n", target);
	chmod("soft", 0604);
	ftruncate(fd, 4);
	futimens(fd, times);
	show("file");
	rename("file", "renamed");
	show("file");
	show("renamed");
	unlink("second");
	printf("dangling: %s\n", open("soft", O_RDONLY) < 0 ? strerror(errno) : "opened");
	printf("access: %d %d\n", access("renamed", R_OK | W_OK), access("file", F_OK));
	symlink("loop", "loop");
	printf("loop: %s\n", open("loop", O_RDONLY) < 0 ? strerror(errno) : "opened");
	ftruncate(fd, 1000000);
	printf("sparse: %ld\n", (long)lseek(fd, 0, SEEK_END));
	pwrite(fd, "end", 3, 999997);
	pread(fd, target, 6, 999994);
	printf("its end: %d%d%d%.3s\n", target[0], target[1], target[2], target + 3);
	close(fd);
	printf("%s\n", mkstemp(strcpy(target, "temporary-XXXXXX")) >= 0 ? "temporary file" : strerror(errno));
	unlink(target);
	unlink("renamed");
	unlink("soft");
	unlink("loop");
	printf("real path: %s\n", strrchr(realpath(".", NULL), '/'));
	chdir("..");
	printf("removed: %d\n", rmdir("compat-links"));
	return 0;
}
