/* shm_open(3): two mappings of one name are one memory.
 * guest-only: it makes a file in /dev/shm. */
#include "mapping.h"

#include <sys/stat.h>

static char name[64];

static void child(void)
{
	int fd = shm_open(name, O_RDWR, 0);

	CHECK(fd >= 0);
	CHECK_EQ(fcntl(fd, F_GETFD), FD_CLOEXEC);
	char *shared = mmap(NULL, PAGE, RW, MAP_SHARED, fd, 0);
	CHECK(shared != MAP_FAILED);
	CHECK_STR(shared, "from the parent");
	strcpy(shared, "from the child");
	CHECK_ERRNO(shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0600), EEXIST);
}

int main(void)
{
	struct stat stat_shm;

	CHECK_EQ(stat("/dev/shm", &stat_shm), 0);
	CHECK_EQ(stat_shm.st_mode, S_IFDIR | 01777);
	snprintf(name, sizeof(name), "/synos-test-%d", (int)getpid());
	CHECK_ERRNO(shm_open(name, O_RDWR, 0), ENOENT);
	int fd = shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0600);
	CHECK(fd >= 0);
	CHECK_EQ(ftruncate(fd, PAGE), 0);
	char *shared = mmap(NULL, PAGE, RW, MAP_SHARED, fd, 0);
	CHECK(shared != MAP_FAILED);
	strcpy(shared, "from the parent");
	CHECK_EXIT(child, 0);
	CHECK_STR(shared, "from the child");
	CHECK_EQ(shm_unlink(name), 0);
	CHECK_ERRNO(shm_unlink(name), ENOENT);
	CHECK_STR(shared, "from the child");
	CHECK_ERRNO(shm_open("/", O_RDWR, 0), EINVAL);
	CHECK_ERRNO(shm_open("/a/b", O_RDWR, 0), EINVAL);
	CHECK_ERRNO(shm_open("/..", O_RDWR, 0), EINVAL);
	PASS();
}
