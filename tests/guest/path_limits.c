/* path_resolution(7): limits of length, slashes, dots, and what is no directory. */
#include "test.h"

#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>

static char path[PATH_MAX + 100];

static void name_limit(void)
{
	size_t start;

	strcpy(path, "/tmp/");
	start = strlen(path);
	memset(path + start, 'n', 255);
	path[start + 255] = 0;
	CHECK_EQ(close(open(path, O_CREAT | O_WRONLY, 0600)), 0);
	CHECK_EQ(unlink(path), 0);
	path[start + 255] = 'n';
	path[start + 256] = 0;
	CHECK_ERRNO(open(path, O_CREAT | O_WRONLY, 0600), ENAMETOOLONG);
	CHECK_ERRNO(open(path, O_RDONLY), ENAMETOOLONG);
	CHECK_ERRNO(mkdir(path, 0700), ENAMETOOLONG);
	CHECK_ERRNO(unlink(path), ENAMETOOLONG);
}

static void path_limit(void)
{
	struct stat status;

	memset(path, '/', sizeof(path));
	memcpy(path + PATH_MAX - 1 - 3, "tmp", 3);
	path[PATH_MAX - 1] = 0;		/* PATH_MAX bytes with the NUL */
	CHECK_EQ(stat(path, &status), 0);
	path[0] = '/';
	memmove(path + 1, path, PATH_MAX);
	CHECK_ERRNO(stat(path, &status), ENAMETOOLONG);
	CHECK_ERRNO(chdir(path), ENAMETOOLONG);
	CHECK_ERRNO(open(path, O_RDONLY), ENAMETOOLONG);
}

static void shapes(const char *file)
{
	struct stat status, root;
	char longer[512];

	CHECK_EQ(stat("/", &root), 0);
	CHECK_EQ(stat("/../../..", &status), 0);
	CHECK(status.st_ino == root.st_ino && status.st_dev == root.st_dev);
	CHECK_EQ(stat("//tmp//..//", &status), 0);
	CHECK_EQ(status.st_ino, root.st_ino);
	CHECK_EQ(stat("/./././tmp/./.", &status), 0);
	CHECK_EQ(stat(file, &status), 0);
	CHECK(S_ISREG(status.st_mode));
	snprintf(longer, sizeof(longer), "%s/", file);
	CHECK_ERRNO(stat(longer, &status), ENOTDIR);
	CHECK_ERRNO(open(longer, O_RDONLY), ENOTDIR);
	CHECK_ERRNO(open(longer, O_RDONLY | O_CREAT, 0600), EISDIR);
	snprintf(longer, sizeof(longer), "%s/.", file);
	CHECK_ERRNO(stat(longer, &status), ENOTDIR);
	snprintf(longer, sizeof(longer), "%s/..", file);
	CHECK_ERRNO(stat(longer, &status), ENOTDIR);
	snprintf(longer, sizeof(longer), "%s/below", file);
	CHECK_ERRNO(stat(longer, &status), ENOTDIR);
	snprintf(longer, sizeof(longer), "%s-none/below", file);
	CHECK_ERRNO(stat(longer, &status), ENOENT);
	CHECK_ERRNO(stat("/tmp/none-of-this/..", &status), ENOENT);
	CHECK_ERRNO(stat("", &status), ENOENT);
}

int main(void)
{
	const char *file = scratch_path("shapes");

	name_limit();
	path_limit();
	CHECK_EQ(close(open(file, O_CREAT | O_WRONLY, 0600)), 0);
	shapes(file);
	CHECK_EQ(unlink(file), 0);
	PASS();
}
