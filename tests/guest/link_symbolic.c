/* Symbolic links: made, read, followed, and broken. */
#include "scratch.h"

static char text[64];

static const char *target_of(const char *link)
{
	ssize_t length = readlink(link, text, sizeof(text) - 1);

	CHECK(length >= 0);
	text[length] = 0;
	return text;
}

static void reading(void)
{
	CHECK_EQ(symlink("target", "l"), 0);
	CHECK_STR(target_of("l"), "target");
	CHECK_EQ(status_of("l").st_size, 6);
	CHECK_EQ(status_of("l").st_mode, S_IFLNK | 0777);
	memset(text, '#', sizeof(text));
	CHECK_EQ(readlink("l", text, 3), 3);
	CHECK(memcmp(text, "tar#", 4) == 0);
	CHECK_ERRNO(readlink("l", text, 0), EINVAL);
	CHECK_ERRNO(readlink("missing", text, 8), ENOENT);
	CHECK_ERRNO(readlink(".", text, 8), EINVAL);
	CHECK_ERRNO(readlink("", text, 8), ENOENT);
	CHECK_ERRNO(readlink("l/x", text, 8), ENOENT);
	CHECK_ERRNO(symlink("x", "l"), EEXIST);
	CHECK_ERRNO(symlink("", "m"), ENOENT);
	CHECK_ERRNO(symlink("x", "missing/m"), ENOENT);
	CHECK_ERRNO(symlink("x", "m/"), ENOENT);
}

static void following(void)
{
	struct stat status;
	int fd;

	CHECK_ERRNO(open("l", O_RDONLY), ENOENT);
	CHECK_ERRNO(stat("l", &status), ENOENT);
	fd = open("l", O_CREAT | O_WRONLY, 0600);	/* makes what the link names */
	CHECK(fd >= 0);
	close(fd);
	CHECK(S_ISREG(status_of("target").st_mode));
	CHECK_ERRNO(open("l", O_CREAT | O_EXCL | O_WRONLY, 0600), EEXIST);
	CHECK_ERRNO(open("l", O_RDONLY | O_NOFOLLOW), ELOOP);
	fd = open("l", O_PATH | O_NOFOLLOW);
	CHECK(fd >= 0);
	CHECK_EQ(fstat(fd, &status), 0);
	CHECK(S_ISLNK(status.st_mode));
	CHECK_EQ(readlinkat(fd, "", text, sizeof(text)), 6);
	close(fd);
	CHECK_EQ(unlink("l"), 0);	/* the link, not the file */
	CHECK(exists("target"));
	CHECK_EQ(unlink("target"), 0);
}

static void circles(void)
{
	CHECK_EQ(symlink("b", "a"), 0);
	CHECK_EQ(symlink("a", "b"), 0);
	CHECK_ERRNO(open("a", O_RDONLY), ELOOP);
	CHECK_ERRNO(chdir("a/x"), ELOOP);
	CHECK_EQ(unlink("a") | unlink("b"), 0);
}

static void directories(void)
{
	CHECK_EQ(mkdir("d", 0755), 0);
	CHECK_EQ(symlink("d", "s"), 0);
	make_file("s/f", "x");
	check_file("d/f", "x");
	CHECK_ERRNO(rmdir("s"), ENOTDIR);
	CHECK_ERRNO(rmdir("s/"), ENOTDIR);
	CHECK(S_ISLNK(status_of("s").st_mode));
	CHECK(S_ISDIR(status_of("s/").st_mode));
	CHECK_EQ(unlink("s/f") | unlink("s") | rmdir("d"), 0);
}

int main(void)
{
	scratch_enter();
	reading();
	following();
	circles();
	directories();
	scratch_leave();
	PASS();
}
