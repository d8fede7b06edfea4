/* memfd_create(2): a file without a name, shared by its descriptor, and what seals forbid. */
#include "mapping.h"

static int sealed(unsigned flags)
{
	int fd = memfd_create("sealed", flags);

	CHECK(fd >= 0);
	CHECK_EQ(write(fd, "0123456789", 10), 10);
	return fd;
}

static void plain(void)
{
	char text[64], link[64];
	int fd = memfd_create("some name", MFD_CLOEXEC);

	CHECK(fd >= 0);
	CHECK_EQ(fcntl(fd, F_GETFD), FD_CLOEXEC);
	CHECK_EQ(fcntl(fd, F_GETFL) & O_ACCMODE, O_RDWR);
	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	ssize_t length = readlink(link, text, sizeof(text) - 1);
	CHECK(length > 0);
	text[length] = '\0';
	CHECK_STR(text, "/memfd:some name (deleted)");
	CHECK_EQ(fcntl(fd, F_GET_SEALS), F_SEAL_SEAL);
	CHECK_ERRNO(fcntl(fd, F_ADD_SEALS, F_SEAL_GROW), EPERM);
	CHECK_EQ(ftruncate(fd, 2 * PAGE), 0);
	char *shared = mmap(NULL, 2 * PAGE, RW, MAP_SHARED, fd, 0);
	CHECK(shared != MAP_FAILED);
	shared[PAGE] = 'm';
	CHECK_EQ(pread(fd, text, 1, PAGE), 1);
	CHECK_EQ(text[0], 'm');
	struct mapping mapping;
	CHECK(mapping_at(shared, &mapping));
	CHECK_STR(mapping.name, "/memfd:some name (deleted)");
	CHECK_EQ(munmap(shared, 2 * PAGE), 0);
	CHECK_EQ(close(fd), 0);
}

static void errors(void)
{
	static char name[260];

	memset(name, 'n', 250);
	CHECK_ERRNO(memfd_create(name, 0), EINVAL);
	name[249] = '\0';
	int fd = memfd_create(name, 0);
	CHECK(fd >= 0);
	CHECK_EQ(close(fd), 0);
	CHECK_ERRNO(memfd_create("a", 0x40000000), EINVAL);
	CHECK_ERRNO(memfd_create((char *)8, 0), EFAULT);
	CHECK_ERRNO(fcntl(open("/dev/null", O_RDWR), F_GET_SEALS), EINVAL);
	CHECK_ERRNO(fcntl(-1, F_GET_SEALS), EBADF);
	fd = sealed(MFD_ALLOW_SEALING);
	CHECK_ERRNO(fcntl(fd, F_ADD_SEALS, 0x1000), EINVAL);
	CHECK_EQ(close(fd), 0);
}

static void sizes(void)
{
	int fd = sealed(MFD_ALLOW_SEALING);

	CHECK_EQ(fcntl(fd, F_GET_SEALS), 0);
	CHECK_EQ(fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK), 0);
	CHECK_ERRNO(ftruncate(fd, 9), EPERM);
	CHECK_EQ(ftruncate(fd, 10), 0);
	CHECK_EQ(ftruncate(fd, 11), 0);
	CHECK_EQ(fcntl(fd, F_ADD_SEALS, F_SEAL_GROW), 0);
	CHECK_EQ(fcntl(fd, F_GET_SEALS), F_SEAL_SHRINK | F_SEAL_GROW);
	CHECK_ERRNO(ftruncate(fd, 12), EPERM);
	CHECK_ERRNO(pwrite(fd, "xx", 2, 10), EPERM);
	CHECK_EQ(pwrite(fd, "x", 1, 10), 1);
	CHECK_ERRNO(fallocate(fd, 0, 0, PAGE), EPERM);
	CHECK_EQ(fcntl(fd, F_ADD_SEALS, F_SEAL_SEAL), 0);
	CHECK_ERRNO(fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE), EPERM);
	CHECK_EQ(close(fd), 0);
}

static void writing(void)
{
	int fd = sealed(MFD_ALLOW_SEALING);
	char *shared = mmap(NULL, PAGE, RW, MAP_SHARED, fd, 0), *private, *reader, byte;

	CHECK(shared != MAP_FAILED);
	CHECK_ERRNO(fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE), EBUSY);
	CHECK_EQ(fcntl(fd, F_GET_SEALS), 0);
	/* It might become writable again. */
	CHECK_EQ(mprotect(shared, PAGE, PROT_READ), 0);
	CHECK_ERRNO(fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE), EBUSY);
	CHECK_EQ(munmap(shared, PAGE), 0);
	CHECK_EQ(fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE), 0);
	CHECK_ERRNO(pwrite(fd, "x", 1, 0), EPERM);
	CHECK_ERRNO(fallocate(fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 0, 1), EPERM);
	CHECK_ERRNO(mmap(NULL, PAGE, RW, MAP_SHARED, fd, 0), EPERM);
	reader = mmap(NULL, PAGE, PROT_READ, MAP_SHARED, fd, 0);
	CHECK(reader != MAP_FAILED);
	CHECK_ERRNO(mprotect(reader, PAGE, RW), EACCES);
	private = mmap(NULL, PAGE, RW, MAP_PRIVATE, fd, 0);
	CHECK(private != MAP_FAILED);
	private[1] = 'p';
	CHECK_EQ(reader[1], '1');
	CHECK_EQ(pread(fd, &byte, 1, 1), 1);
	CHECK_EQ(byte, '1');
	CHECK_EQ(munmap(private, PAGE), 0);
	CHECK_EQ(munmap(reader, PAGE), 0);
	CHECK_EQ(close(fd), 0);

	/* What is mapped already may go on. */
	fd = sealed(MFD_ALLOW_SEALING);
	shared = mmap(NULL, PAGE, RW, MAP_SHARED, fd, 0);
	CHECK_EQ(fcntl(fd, F_ADD_SEALS, F_SEAL_FUTURE_WRITE), 0);
	CHECK_ERRNO(pwrite(fd, "x", 1, 0), EPERM);
	CHECK_ERRNO(mmap(NULL, PAGE, RW, MAP_SHARED, fd, 0), EPERM);
	shared[0] = 'w';
	CHECK_EQ(pread(fd, &byte, 1, 0), 1);
	CHECK_EQ(byte, 'w');
	CHECK_EQ(munmap(shared, PAGE), 0);
	CHECK_EQ(close(fd), 0);
}

int main(void)
{
	plain();
	errors();
	sizes();
	writing();
	PASS();
}
