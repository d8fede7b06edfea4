/* A megabyte through a pipe, in chunks of all sizes on both sides, each side waiting for the other
 * in turn. */
#include "test.h"

#define TOTAL	(1 << 20)

static unsigned char chunk[70000];

static unsigned char byte_at(unsigned at)
{
	return at * 31 + at / 1000;
}

static void send_all(int fd)
{
	unsigned at = 0, size = 1;

	while (at < TOTAL) {
		size = size * 5 % 69997 + 1;
		if (size > TOTAL - at)
			size = TOTAL - at;
		for (unsigned i = 0; i < size; i++)
			chunk[i] = byte_at(at + i);
		CHECK_EQ(write(fd, chunk, size), size);
		at += size;
	}
}

int main(void)
{
	unsigned at = 0, size = 3;
	int ends[2], status;
	ssize_t got;

	CHECK_EQ(pipe(ends), 0);
	if (fork() == 0) {
		close(ends[0]);
		send_all(ends[1]);
		_exit(0);
	}
	close(ends[1]);
	while ((got = read(ends[0], chunk, size)) > 0) {
		for (ssize_t i = 0; i < got; i++)
			CHECK_EQ(chunk[i], byte_at(at + i));
		at += got;
		size = size * 7 % 9973 + 1;
	}
	CHECK_EQ(got, 0);
	CHECK_EQ(at, TOTAL);
	CHECK(wait(&status) > 0);
	CHECK_EQ(status, 0);
	close(ends[0]);
	PASS();
}
