/* A directory that has been removed while it was somebody's working directory. */
#define _GNU_SOURCE
#include "test.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

int main(void)
{
	char outer[256], inner[300], buffer[512];
	struct stat status;
	int fd;

	strcpy(outer, scratch_path("removed"));
	snprintf(inner, sizeof(inner), "%s/inner", outer);
	CHECK_EQ(mkdir(outer, 0700), 0);
	CHECK_EQ(mkdir(inner, 0700), 0);
	CHECK_EQ(chdir(inner), 0);
	fd = open(".", O_RDONLY);
	CHECK(fd >= 0);
	CHECK_EQ(rmdir(inner), 0);

	CHECK_ERRNO(getcwd(buffer, sizeof(buffer)), ENOENT);
	CHECK_ERRNO(open("file", O_CREAT | O_WRONLY, 0600), ENOENT);
	CHECK_ERRNO(mkdir("sub", 0700), ENOENT);
	CHECK_ERRNO(getdents64(fd, buffer, sizeof(buffer)), ENOENT);
	CHECK_EQ(stat(".", &status), 0);
	CHECK_EQ(status.st_nlink, 0);
	CHECK_EQ(fstat(fd, &status), 0);
	close(fd);

	/* Its parent is where it was. */
	CHECK_EQ(chdir(".."), 0);
	CHECK(getcwd(buffer, sizeof(buffer)) != NULL);
	CHECK_STR(buffer, outer);
	CHECK_EQ(chdir("/"), 0);
	CHECK_EQ(rmdir(outer), 0);
	PASS();
}
