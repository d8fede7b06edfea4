/* A folder of the test's own in /tmp, which is the working directory from then on: short names in the tests, nothing
 * left behind. */
#ifndef SCRATCH_H
#define SCRATCH_H

#include "test.h"

#include <fcntl.h>
#include <stdbool.h>
#include <sys/stat.h>

static char scratch_folder[256];

__attribute__((unused))
static void scratch_enter(void)
{
	strcpy(scratch_folder, "/tmp/synos-test-XXXXXX");
	CHECK(mkdtemp(scratch_folder) != NULL);
	CHECK_EQ(chmod(scratch_folder, 0755), 0);
	CHECK_EQ(chdir(scratch_folder), 0);
}

/* It has to be empty: a test removes what it makes. */
__attribute__((unused))
static void scratch_leave(void)
{
	CHECK_EQ(chdir("/"), 0);
	CHECK_EQ(rmdir(scratch_folder), 0);
}

/* A new file with that text. */
__attribute__((unused))
static void make_file(const char *name, const char *text)
{
	int fd = open(name, O_CREAT | O_EXCL | O_WRONLY, 0644);

	CHECK(fd >= 0);
	CHECK_EQ(write(fd, text, strlen(text)), strlen(text));
	CHECK_EQ(close(fd), 0);
}

__attribute__((unused))
static void check_file(const char *name, const char *text)
{
	char buffer[256];
	int fd = open(name, O_RDONLY);
	ssize_t length;

	CHECK(fd >= 0);
	length = read(fd, buffer, sizeof(buffer) - 1);
	CHECK(length >= 0);
	buffer[length] = 0;
	CHECK_STR(buffer, text);
	close(fd);
}

__attribute__((unused))
static struct stat status_of(const char *name)
{
	struct stat status;

	CHECK_EQ(lstat(name, &status), 0);
	return status;
}

__attribute__((unused))
static bool exists(const char *name)
{
	struct stat status;

	return lstat(name, &status) == 0;
}

#endif
