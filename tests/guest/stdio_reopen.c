/* freopen with a path and without one; what a mode says of the position and of the descriptor; a mode that the descriptor is
 * not open for is refused. */
#include "test.h"
#include <fcntl.h>
#include <stdbool.h>

static char path[256], other[256];

static bool closes_on_exec(FILE *file)
{
	return fcntl(fileno(file), F_GETFD) & FD_CLOEXEC;
}

static void test_append(void)
{
	FILE *file = fopen(path, "a");

	CHECK(file != NULL);
	CHECK_EQ(ftell(file), 6);
	CHECK_EQ(fclose(file), 0);
	file = fopen(path, "a+");
	CHECK(file != NULL);
	CHECK_EQ(fgetc(file), 'a');
	CHECK(freopen(path, "a", file) == file);
	CHECK_EQ(ftell(file), 6);
	CHECK_EQ(fclose(file), 0);
}

static void test_with_path(void)
{
	FILE *file = fopen(path, "re");
	int fd;

	CHECK(file != NULL && closes_on_exec(file));
	fd = fileno(file);
	CHECK(freopen(other, "w", file) == file);
	CHECK_EQ(fileno(file), fd);
	CHECK(!closes_on_exec(file));
	CHECK(freopen(other, "we", file) == file);
	CHECK(closes_on_exec(file));
	CHECK_ERRNO(freopen("/nonexistent/file", "r", file), ENOENT);
	CHECK_ERRNO(fcntl(fd, F_GETFD), EBADF);
}

/* The file is not opened anew: what was read is read, what is in it stays. */
static void test_without_path(void)
{
	FILE *file = fopen(path, "r+");

	CHECK(file != NULL);
	CHECK_EQ(fgetc(file), 'a');
	CHECK(freopen(NULL, "rb", file) == file);
	CHECK_EQ(fgetc(file), 'b');
	CHECK_ERRNO(fputc('x', file) == EOF ? -1 : 1, EBADF);
	CHECK(freopen(NULL, "w", file) == file);
	CHECK_EQ(fputc('C', file), 'C');
	CHECK(freopen(NULL, "ae", file) == file);
	CHECK(closes_on_exec(file));
	CHECK(fputs("end", file) >= 0);
	CHECK_EQ(ftell(file), 9);
	CHECK_EQ(fclose(file), 0);
	file = fopen(path, "r");
	CHECK(file != NULL);
	CHECK_STR(fgets(other, sizeof(other), file), "abCdefend");
	CHECK_ERRNO(freopen(NULL, "w", file), EINVAL);
}

static void test_descriptor(void)
{
	int fd = open(path, O_RDONLY);
	FILE *file;

	CHECK(fd >= 0);
	CHECK_ERRNO(fdopen(fd, "w"), EINVAL);
	CHECK_ERRNO(fdopen(fd, "r+"), EINVAL);
	file = fdopen(fd, "r");
	CHECK(file != NULL);
	CHECK_EQ(fclose(file), 0);
}

int main(void)
{
	FILE *file;

	strcpy(path, scratch_path("reopen"));
	strcpy(other, scratch_path("reopen-other"));
	file = fopen(path, "w");
	CHECK(file != NULL);
	CHECK(fputs("abcdef", file) >= 0);
	CHECK_EQ(fclose(file), 0);
	test_append();
	test_with_path();
	CHECK_EQ(unlink(other), 0);
	test_without_path();
	test_descriptor();
	CHECK_EQ(unlink(path), 0);
	PASS();
}
