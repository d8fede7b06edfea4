/* poll: descriptors that are none, arrays that are none, and a count beyond the limit. */
#define _GNU_SOURCE
#include "test.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>

int main(void)
{
	struct pollfd asked[3] = {
		{ .fd = -1, .events = POLLIN, .revents = 0x55 },
		{ .fd = 1000, .events = POLLIN, .revents = 0x55 },
		{ .fd = -5, .events = POLLIN, .revents = 0x55 },
	};
	int path = open("/", O_PATH);

	close(1000);
	CHECK_EQ(poll(asked, 3, -1), 1);
	CHECK_EQ(asked[0].revents, 0);
	CHECK_EQ(asked[1].revents, POLLNVAL);
	CHECK_EQ(asked[2].revents, 0);
	CHECK(path >= 0);
	asked[0].fd = path;
	CHECK_EQ(poll(asked, 1, -1), 1);
	CHECK_EQ(asked[0].revents, POLLNVAL);

	CHECK_EQ(poll(NULL, 0, 0), 0);
	CHECK_ERRNO(poll(NULL, 1, 0), EFAULT);
	CHECK_ERRNO(poll((void *)-8L, 1, 0), EFAULT);
	CHECK_ERRNO(poll(asked, 1u << 30, 0), EINVAL);
	CHECK_ERRNO(poll(asked, -1u, 0), EINVAL);

	/* It reads the whole array before it looks, and writes the answers. */
	char *pages = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	CHECK(pages != MAP_FAILED);
	CHECK_EQ(munmap(pages + 4096, 4096), 0);
	struct pollfd *last = (void *)(pages + 4096 - sizeof(*last));
	*last = (struct pollfd){ .fd = 1000 };
	CHECK_EQ(poll(last, 1, 0), 1);
	CHECK_EQ(last->revents, POLLNVAL);
	last->revents = 0;
	CHECK_ERRNO(poll(last, 2, 0), EFAULT);
	CHECK_EQ(last->revents, 0);
	CHECK_EQ(mprotect(pages, 4096, PROT_READ), 0);
	CHECK_ERRNO(poll(last, 1, 0), EFAULT);
	PASS();
}
