/* The errors of execve, after each of which the caller is as it was. */
#include "test.h"
#include <fcntl.h>
#include <sys/stat.h>

#define STRING_MAX	(128 * 1024)

static char *const arguments[] = { "test", NULL };
static char *const environment[] = { NULL };

static void make(const char *path, const char *contents, size_t size, mode_t mode)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, mode);

	CHECK(fd >= 0);
	CHECK_EQ(write(fd, contents, size), size);
	close(fd);
}

static int exec(const char *path)
{
	return execve(path, arguments, environment);
}

static void bad_files(void)
{
	char path[256];

	strcpy(path, scratch_path("program"));
	CHECK_ERRNO(exec(path), ENOENT);
	CHECK_ERRNO(exec(""), ENOENT);
	CHECK_ERRNO(exec("/tmp"), EACCES);
	CHECK_ERRNO(exec("/dev/null"), EACCES);
	make(path, "\177ELF", 4, 0644);
	CHECK_ERRNO(exec(path), EACCES);
	unlink(path);
	make(path, "\177ELF", 4, 0755);
	CHECK_ERRNO(exec(path), ENOEXEC);
	make(path, "", 0, 0755);
	CHECK_ERRNO(exec(path), ENOEXEC);
	make(path, "echo hello\n", 11, 0755);
	CHECK_ERRNO(exec(path), ENOEXEC);
	strcat(path, "/x");
	CHECK_ERRNO(exec(path), ENOTDIR);
	*strrchr(path, '/') = '\0';
	CHECK_EQ(unlink(path), 0);
}

static void bad_names(void)
{
	static char name[5000];

	memset(name, 'n', sizeof(name) - 1);
	name[0] = '/';
	CHECK_ERRNO(exec(name), ENAMETOOLONG);
	name[300] = '\0';
	CHECK_ERRNO(exec(name), ENAMETOOLONG);
}

static void too_long(char *self)
{
	static char string[STRING_MAX + 1];
	static char *many[64];
	char *one[] = { self, string, NULL };

	memset(string, 's', STRING_MAX);
	CHECK_ERRNO(execve(self, one, environment), E2BIG);
	CHECK_ERRNO(execve(self, arguments, one), E2BIG);
	string[STRING_MAX - 1] = '\0';
	for (int i = 0; i < 63; i++)
		many[i] = string;
	CHECK_ERRNO(execve(self, many, environment), E2BIG);
}

int main(int argc, char **argv)
{
	int fd = open("/dev/null", O_RDONLY | O_CLOEXEC);

	(void)argc;
	bad_files();
	bad_names();
	too_long(argv[0]);
	CHECK_EQ(close(fd), 0);
	PASS();
}
