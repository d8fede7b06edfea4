/* chdir(2) and getcwd(2). */
#include "test.h"

#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#define DEPTH	100

static char cwd[PATH_MAX];

static void check_cwd(const char *expected)
{
	CHECK(getcwd(cwd, sizeof(cwd)) != NULL);
	CHECK_STR(cwd, expected);
}

static void refused(const char *directory)
{
	size_t length = strlen(directory);

	CHECK_ERRNO(chdir("none"), ENOENT);
	CHECK_ERRNO(chdir(""), ENOENT);
	CHECK_ERRNO(chdir("/dev/null"), ENOTDIR);
	check_cwd(directory);
	CHECK_ERRNO(getcwd(cwd, length), ERANGE);
	CHECK(getcwd(cwd, length + 1) != NULL);
	CHECK_EQ(syscall(SYS_getcwd, cwd, sizeof(cwd)), length + 1);
}

/* A child's working directory is its own. */
static void inherited(const char *directory)
{
	int status;

	if (fork() == 0) {
		check_cwd(directory);
		CHECK_EQ(chdir("/"), 0);
		_exit(0);
	}
	CHECK(wait(&status) > 0);
	CHECK_EQ(status, 0);
	check_cwd(directory);
}

static void deep(const char *directory)
{
	char expected[PATH_MAX];

	strcpy(expected, directory);
	for (int i = 0; i < DEPTH; i++) {
		CHECK_EQ(mkdir("sub", 0700), 0);
		CHECK_EQ(chdir("sub"), 0);
		strcat(expected, "/sub");
	}
	check_cwd(expected);
	for (int i = 0; i < DEPTH; i++) {
		CHECK_EQ(chdir(".."), 0);
		CHECK_EQ(rmdir("sub"), 0);
	}
	check_cwd(directory);
}

int main(void)
{
	char directory[256];

	strcpy(directory, scratch_path("cwd"));
	CHECK_EQ(mkdir(directory, 0700), 0);
	CHECK_EQ(chdir(directory), 0);
	check_cwd(directory);
	refused(directory);
	inherited(directory);
	deep(directory);
	CHECK_EQ(close(open("relative", O_CREAT | O_WRONLY, 0600)), 0);
	CHECK_EQ(chdir("/"), 0);
	check_cwd("/");
	CHECK_EQ(chdir(".."), 0);
	check_cwd("/");
	CHECK_ERRNO(unlink("relative"), ENOENT);
	CHECK_EQ(chdir(directory), 0);
	CHECK_EQ(unlink("relative"), 0);
	CHECK_EQ(chdir("/proc/self"), 0);
	CHECK_EQ(chdir("../.."), 0);
	check_cwd("/");
	CHECK_EQ(rmdir(directory), 0);
	PASS();
}
