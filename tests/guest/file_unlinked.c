/* A file without a name lives on as long as it is open, and its name can be another file's. */
#include "test.h"

#include <fcntl.h>
#include <sys/stat.h>

int main(void)
{
	const char *path = scratch_path("unlinked");
	int old = open(path, O_CREAT | O_EXCL | O_RDWR, 0600), new;
	struct stat old_status, new_status;
	char buffer[16];

	CHECK(old >= 0);
	CHECK_EQ(write(old, "old", 3), 3);
	CHECK_EQ(unlink(path), 0);
	CHECK_ERRNO(unlink(path), ENOENT);
	CHECK_EQ(fstat(old, &old_status), 0);
	CHECK_EQ(old_status.st_nlink, 0);
	CHECK_EQ(old_status.st_size, 3);

	new = open(path, O_CREAT | O_EXCL | O_RDWR, 0600);
	CHECK(new >= 0);
	CHECK_EQ(fstat(new, &new_status), 0);
	CHECK(new_status.st_ino != old_status.st_ino);
	CHECK_EQ(write(new, "new contents", 12), 12);
	CHECK_EQ(lseek(old, 8192, SEEK_SET), 8192);
	CHECK_EQ(write(old, "more", 4), 4);
	CHECK_EQ(lseek(old, 0, SEEK_SET), 0);
	CHECK_EQ(read(old, buffer, 3), 3);
	CHECK(memcmp(buffer, "old", 3) == 0);

	/* A child that inherits it is enough. */
	if (fork() == 0) {
		close(new);
		CHECK_EQ(lseek(old, 8192, SEEK_SET), 8192);
		CHECK_EQ(read(old, buffer, 16), 4);
		CHECK(memcmp(buffer, "more", 4) == 0);
		_exit(0);
	}
	close(old);
	int status;
	CHECK(wait(&status) > 0);
	CHECK_EQ(status, 0);
	close(new);
	CHECK_EQ(unlink(path), 0);
	PASS();
}
