/* mkdir(2), rmdir(2), unlink(2): what they make and take away, and every way to be refused. */
#include "test.h"

#include <fcntl.h>
#include <sys/stat.h>

static const char *below(const char *name)
{
	static char path[2][512];
	static int turn;

	turn = !turn;
	snprintf(path[turn], sizeof(path[turn]), "%s%s", scratch_path("dir"), name);
	return path[turn];
}

static void made(void)
{
	struct stat status;

	CHECK_EQ(mkdir(below(""), 0750), 0);
	CHECK_EQ(stat(below(""), &status), 0);
	CHECK_EQ(status.st_mode, S_IFDIR | 0750);
	CHECK_ERRNO(mkdir(below(""), 0700), EEXIST);
	CHECK_EQ(mkdir(below("/sub/"), 0700), 0);
	CHECK_EQ(mkdir(below("/sub/deeper///"), 0700), 0);
	CHECK_EQ(close(open(below("/file"), O_CREAT | O_WRONLY, 0600)), 0);
	CHECK_ERRNO(mkdir(below("/file"), 0700), EEXIST);
	CHECK_ERRNO(mkdir(below("/file/x"), 0700), ENOTDIR);
	CHECK_ERRNO(mkdir(below("/none/x"), 0700), ENOENT);
	CHECK_ERRNO(mkdir("", 0700), ENOENT);
	CHECK_ERRNO(mkdir("/", 0700), EEXIST);
	CHECK_ERRNO(mkdir(below("/sub/."), 0700), EEXIST);
	CHECK_ERRNO(mkdir(below("/sub/.."), 0700), EEXIST);
}

static void refused(void)
{
	CHECK_ERRNO(unlink(below("/sub")), EISDIR);
	CHECK_ERRNO(unlink(below("/sub/")), EISDIR);
	CHECK_ERRNO(unlink(below("/sub/.")), EISDIR);
	CHECK_ERRNO(unlink("/"), EISDIR);
	CHECK_ERRNO(unlink(below("/file/")), ENOTDIR);
	CHECK_ERRNO(unlink(below("/file/x")), ENOTDIR);
	CHECK_ERRNO(unlink(below("/none")), ENOENT);
	CHECK_ERRNO(unlink(""), ENOENT);
	CHECK_ERRNO(rmdir(below("/file")), ENOTDIR);
	CHECK_ERRNO(rmdir(below("/none")), ENOENT);
	CHECK_ERRNO(rmdir(below("/sub")), ENOTEMPTY);
	CHECK_ERRNO(rmdir(below("/sub/deeper/.")), EINVAL);
	CHECK_ERRNO(rmdir(below("/sub/deeper/..")), ENOTEMPTY);
	CHECK_ERRNO(rmdir("/"), EBUSY);
	CHECK_ERRNO(rmdir("/proc"), EBUSY);
	CHECK_ERRNO(rmdir(""), ENOENT);
}

static void removed(void)
{
	CHECK_EQ(rmdir(below("/sub/deeper/")), 0);
	CHECK_EQ(rmdir(below("/sub")), 0);
	CHECK_ERRNO(rmdir(below("/sub")), ENOENT);
	CHECK_EQ(unlink(below("/file")), 0);
	CHECK_EQ(rmdir(below("")), 0);
	CHECK_ERRNO(open(below(""), O_RDONLY), ENOENT);
}

int main(void)
{
	made();
	refused();
	removed();
	PASS();
}
