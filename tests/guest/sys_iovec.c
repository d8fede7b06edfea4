/* readv and writev: the array's edges. */
#include "test.h"
#include <fcntl.h>
#include <sys/uio.h>

#define MANY	1024	/* IOV_MAX */

static struct iovec vec[MANY + 1];
static int ends[2];

static void edges_of_count(void)
{
	static char bytes[MANY];

	CHECK_EQ(writev(ends[1], vec, 0), 0);
	CHECK_EQ(writev(ends[1], NULL, 0), 0);
	CHECK_ERRNO(writev(ends[1], vec, -1), EINVAL);
	for (int i = 0; i <= MANY; i++)
		vec[i] = (struct iovec){ .iov_base = "x", .iov_len = 1 };
	CHECK_ERRNO(writev(ends[1], vec, MANY + 1), EINVAL);
	CHECK_EQ(writev(ends[1], vec, MANY), MANY);
	for (int i = 0; i < MANY; i++)
		vec[i].iov_base = bytes + i;
	CHECK_EQ(readv(ends[0], vec, MANY), MANY);
	for (int i = 0; i < MANY; i++)
		CHECK_EQ(bytes[i], 'x');
}

static void edges_of_length(void)
{
	vec[0] = (struct iovec){ .iov_base = "ab", .iov_len = 2 };
	vec[1] = (struct iovec){ .iov_base = "c", .iov_len = (size_t)-1 };
	CHECK_ERRNO(writev(ends[1], vec, 2), EINVAL);
	vec[1].iov_len = (size_t)1 << 63;
	CHECK_ERRNO(writev(ends[1], vec, 2), EINVAL);
	vec[1].iov_base = NULL;
	vec[1].iov_len = 0;
	vec[2] = (struct iovec){ .iov_base = "d", .iov_len = 1 };
	CHECK_EQ(writev(ends[1], vec, 3), 3);
}

static void scattered_read(void)
{
	char first[2] = "", second[8] = "";

	vec[0] = (struct iovec){ .iov_base = first, .iov_len = 1 };
	vec[1] = (struct iovec){ .iov_base = second, .iov_len = sizeof(second) };
	CHECK_EQ(readv(ends[0], vec, 2), 3);
	CHECK_STR(first, "a");
	CHECK_STR(second, "bd");
}

static void bad_addresses(void)
{
	vec[0] = (struct iovec){ .iov_base = "ab", .iov_len = 2 };
	CHECK_ERRNO(writev(ends[1], (struct iovec *)8, 1), EFAULT);
	CHECK_ERRNO(writev(ends[1], (struct iovec *)0xffffffff80000000, 1), EFAULT);
	vec[1] = (struct iovec){ .iov_base = (void *)0xffffffff80000000, .iov_len = 1 };
	CHECK_ERRNO(writev(ends[1], vec, 2), EFAULT);
	vec[0].iov_base = (void *)8;
	CHECK_ERRNO(writev(ends[1], vec, 1), EFAULT);
	CHECK_ERRNO(writev(-1, vec, 1), EBADF);
	CHECK_ERRNO(writev(ends[0], vec, 1), EBADF);
	CHECK_ERRNO(readv(ends[1], vec, 1), EBADF);
}

/* Nothing to read is no error where reading is one; a bad address comes before that. */
static void edges_of_directories(void)
{
	int directory = open(".", O_RDONLY | O_DIRECTORY);
	char byte;

	CHECK(directory >= 0);
	vec[0] = (struct iovec){ .iov_base = &byte, .iov_len = 1 };
	CHECK_EQ(readv(directory, vec, 0), 0);
	CHECK_ERRNO(readv(directory, vec, 1), EISDIR);
	CHECK_ERRNO(pread(directory, &byte, 1, 0), EISDIR);
	CHECK_ERRNO(pread(directory, (void *)-1l, 1, 0), EFAULT);
	CHECK_ERRNO(writev(directory, vec, 0), EBADF);
	close(directory);
}

int main(void)
{
	CHECK_EQ(pipe(ends), 0);
	edges_of_count();
	edges_of_length();
	scattered_read();
	bad_addresses();
	edges_of_directories();
	PASS();
}
