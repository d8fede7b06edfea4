/* /proc/self/fd: a link for each descriptor; opening one opens the file anew, by whatever name or none. */
#define _GNU_SOURCE
#include "scratch.h"

#include <dirent.h>

static char path[64], text[512];

static const char *fd_path(int fd)
{
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	return path;
}

static int count_entries(void)
{
	DIR *directory = opendir("/dev/fd/");
	int count = 0;

	CHECK(directory != NULL);
	for (struct dirent *entry; (entry = readdir(directory)); )
		count += entry->d_name[0] != '.';
	closedir(directory);
	return count;
}

int main(void)
{
	char byte;
	int ends[2];
	struct stat status, other;

	scratch_enter();
	int before = count_entries();
	make_file("f", "abc");
	int fd = open("f", O_RDWR);
	CHECK_EQ(count_entries(), before + 1);
	ssize_t length = readlink(fd_path(fd), text, sizeof(text));
	CHECK(length > 2 && memcmp(text + length - 2, "/f", 2) == 0);
	CHECK_EQ(lstat(fd_path(fd), &status), 0);
	CHECK_EQ(status.st_mode, S_IFLNK | 0700);
	CHECK_EQ(read(fd, &byte, 1), 1);
	CHECK_EQ(unlink("f"), 0);
	int again = open(fd_path(fd), O_RDONLY);	/* without a name, at a position of its own */
	CHECK(again >= 0);
	CHECK_EQ(read(again, &byte, 1), 1);
	CHECK_EQ(byte, 'a');
	CHECK_EQ(lstat(fd_path(again), &status), 0);
	CHECK_EQ(status.st_mode, S_IFLNK | 0500);
	CHECK_EQ(fstat(again, &status), 0);
	CHECK_EQ(stat(fd_path(fd), &other), 0);
	CHECK_EQ(status.st_ino, other.st_ino);
	length = readlink(fd_path(fd), text, sizeof(text) - 1);
	text[length] = 0;
	CHECK(strstr(text, "(deleted)") != NULL);
	close(again);
	close(fd);
	CHECK_ERRNO(open(fd_path(fd), O_RDONLY), ENOENT);

	/* A pipe has no name, but it can be opened all the same. */
	CHECK_EQ(pipe(ends), 0);
	length = readlink(fd_path(ends[0]), text, sizeof(text) - 1);
	text[length] = 0;
	CHECK(strncmp(text, "pipe:[", 6) == 0);
	int writer = open(fd_path(ends[1]), O_WRONLY);
	CHECK(writer >= 0);
	close(ends[1]);
	CHECK_EQ(write(writer, "x", 1), 1);
	CHECK_EQ(read(ends[0], &byte, 1), 1);
	close(writer);
	CHECK_EQ(read(ends[0], &byte, 1), 0);
	CHECK_ERRNO(open("/proc/self/fd/00", O_RDONLY), ENOENT);
	CHECK_ERRNO(open(fd_path(ends[0]), O_RDONLY | O_NOFOLLOW), ELOOP);
	CHECK_ERRNO(unlink(fd_path(ends[0])), EPERM);
	scratch_leave();
	PASS();
}
