/* O_NONBLOCK, and how much a pipe holds: 64 KiB, in writes of up to PIPE_BUF whole or not at
 * all. */
#define _GNU_SOURCE
#include "test.h"

#include <fcntl.h>

#define CAPACITY	65536
#define ATOMIC		4096

static char data[CAPACITY + 5000], back[CAPACITY + 5000];

int main(void)
{
	int ends[2];

	for (size_t i = 0; i < sizeof(data); i++)
		data[i] = i * 7 + i / 256;
	CHECK_ERRNO(pipe2(ends, 0x1), EINVAL);
	CHECK_EQ(pipe2(ends, O_NONBLOCK | O_CLOEXEC), 0);
	CHECK_ERRNO(read(ends[0], back, 1), EAGAIN);
	for (int i = 0; i < CAPACITY / ATOMIC; i++)
		CHECK_EQ(write(ends[1], data + i * ATOMIC, ATOMIC), ATOMIC);
	CHECK_ERRNO(write(ends[1], data, 1), EAGAIN);
	CHECK_ERRNO(write(ends[1], data, sizeof(data)), EAGAIN);
	CHECK_EQ(read(ends[0], back, ATOMIC), ATOMIC);
	CHECK(memcmp(back, data, ATOMIC) == 0);
	CHECK_EQ(write(ends[1], data + CAPACITY, ATOMIC), ATOMIC);
	CHECK_ERRNO(write(ends[1], data, 1), EAGAIN);
	CHECK_EQ(read(ends[0], back, sizeof(back)), CAPACITY);
	CHECK(memcmp(back, data + ATOMIC, CAPACITY) == 0);
	CHECK_ERRNO(read(ends[0], back, 1), EAGAIN);

	/* A write that is too large for the pipe goes in as far as there is room. */
	CHECK_EQ(write(ends[1], data, sizeof(data)), CAPACITY);
	CHECK_EQ(read(ends[0], back, sizeof(back)), CAPACITY);
	CHECK(memcmp(back, data, CAPACITY) == 0);
	close(ends[1]);
	CHECK_EQ(read(ends[0], back, 1), 0);
	close(ends[0]);
	PASS();
}
