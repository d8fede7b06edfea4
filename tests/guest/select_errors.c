/* select's errors, and that an error leaves the sets alone. */
#include "test.h"

#include <sys/mman.h>
#include <sys/select.h>

int main(void)
{
	struct timeval none = { 0 }, bad = { 0 };
	fd_set set;
	int ends[2];

	FD_ZERO(&set);
	CHECK_EQ(pipe(ends), 0);
	FD_SET(ends[1], &set);
	close(40);
	FD_SET(40, &set);
	CHECK_ERRNO(select(41, NULL, &set, NULL, NULL), EBADF);
	CHECK(FD_ISSET(ends[1], &set) && FD_ISSET(40, &set));
	CHECK_EQ(select(40, NULL, &set, NULL, NULL), 1);
	CHECK_ERRNO(select(-1, NULL, NULL, NULL, NULL), EINVAL);
	CHECK_ERRNO(select(1, (void *)8, NULL, NULL, &none), EFAULT);
	CHECK_ERRNO(select(0, NULL, NULL, NULL, (void *)8), EFAULT);
	bad.tv_sec = -1;
	CHECK_ERRNO(select(0, NULL, NULL, NULL, &bad), EINVAL);
	bad = (struct timeval){ .tv_usec = -1 };
	CHECK_ERRNO(select(0, NULL, NULL, NULL, &bad), EINVAL);
	CHECK_EQ(select(0, (void *)8, (void *)16, (void *)24, &none), 0);

	/* A set may end with the last word that is needed; Linux needs no more of them than its table
	 * of descriptors has, so that has to be longer here. */
	CHECK_EQ(dup2(ends[0], 64), 64);
	char *pages = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	CHECK(pages != MAP_FAILED);
	CHECK_EQ(munmap(pages + 4096, 4096), 0);
	fd_set *last = (void *)(pages + 4096 - 8);
	FD_SET(ends[1], last);
	CHECK_EQ(select(64, NULL, last, NULL, NULL), 1);
	CHECK_ERRNO(select(65, NULL, last, NULL, NULL), EFAULT);
	CHECK_EQ(mprotect(pages, 4096, PROT_READ), 0);
	CHECK_ERRNO(select(64, NULL, last, NULL, NULL), EFAULT);
	PASS();
}
