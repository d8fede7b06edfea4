/* The directories of other processes: listed while they are there, and dead with them. */
#define _GNU_SOURCE
#include "scratch.h"

#include <dirent.h>

static char path[64], text[512];

static const char *child_path(pid_t child, const char *name)
{
	snprintf(path, sizeof(path), "/proc/%d/%s", child, name);
	return path;
}

static bool listed(pid_t child)
{
	DIR *directory = opendir("/proc");
	bool found = false;

	CHECK(directory != NULL);
	for (struct dirent *entry; (entry = readdir(directory)); )
		found |= atoi(entry->d_name) == child;
	closedir(directory);
	return found;
}

int main(void)
{
	int ends[2], status;
	char byte, state;

	CHECK_EQ(pipe(ends), 0);
	pid_t child = fork();
	if (child == 0) {
		close(ends[1]);
		_exit(read(ends[0], &byte, 1) == 0 ? 0 : 1);
	}
	close(ends[0]);
	CHECK(listed(child));
	int fd = open(child_path(child, "stat"), O_RDONLY);
	CHECK(fd >= 0);
	CHECK(read(fd, text, sizeof(text)) > 0);
	int directory = open(child_path(child, ""), O_RDONLY);
	CHECK(directory >= 0);
	CHECK(readlink(child_path(child, "exe"), text, sizeof(text)) > 0);
	close(ends[1]);
	/* A zombie is still there, without files and memory. */
	do {
		CHECK_EQ(lseek(fd, 0, SEEK_SET), 0);
		CHECK(read(fd, text, sizeof(text) - 1) > 0);
		CHECK_EQ(sscanf(text, "%*d (%*[^)]) %c", &state), 1);
	} while (state != 'Z');
	CHECK_ERRNO(readlink(child_path(child, "exe"), text, sizeof(text)), ENOENT);
	CHECK_EQ(waitpid(child, &status, 0), child);
	CHECK_EQ(status, 0);
	CHECK(!listed(child));
	CHECK_EQ(lseek(fd, 0, SEEK_SET), 0);
	CHECK_ERRNO(read(fd, text, sizeof(text)), ESRCH);
	CHECK(openat(directory, "stat", O_RDONLY) < 0);
	close(directory);
	close(fd);
	CHECK_ERRNO(open(child_path(child, "stat"), O_RDONLY), ENOENT);
	PASS();
}
