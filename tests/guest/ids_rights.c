/* Who is not user 0 may do with files what their rights say. On Linux it needs to be run by root. */
#include "test.h"

#include <fcntl.h>
#include <sys/stat.h>

static char path[300], folder[256];

static void try(void)
{
	CHECK_EQ(setuid(1234), 0);
	CHECK_ERRNO(open(path, O_RDONLY), EACCES);
	CHECK_ERRNO(open(path, O_WRONLY), EACCES);
	CHECK_ERRNO(unlink(path), EACCES);
	CHECK_ERRNO(mkdir(folder, 0700), EEXIST);
	CHECK_ERRNO(rmdir(folder), EPERM);
}

int main(void)
{
	if (geteuid() != 0)
		PASS();
	snprintf(folder, sizeof(folder), "%s", scratch_path("folder"));
	snprintf(path, sizeof(path), "%s/file", folder);
	CHECK_EQ(mkdir(folder, 0755), 0);
	int fd = open(path, O_CREAT | O_RDWR, 0600);
	CHECK(fd >= 0);
	CHECK_EXIT(try, 0);
	CHECK_EQ(unlink(path), 0);
	CHECK_EQ(rmdir(folder), 0);
	PASS();
}
