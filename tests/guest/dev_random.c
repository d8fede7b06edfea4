/* random(4): bytes that differ, in any amount, from both devices. */
#include "test.h"

#include <fcntl.h>

static unsigned char first[10001], second[10001];

static void check_device(const char *path)
{
	unsigned counts[256] = { 0 }, bits = 0;
	int fd = open(path, O_RDWR);

	CHECK(fd >= 0);
	memset(first, 0, sizeof(first));
	CHECK_EQ(read(fd, first, sizeof(first) - 1), sizeof(first) - 1);
	CHECK_EQ(first[sizeof(first) - 1], 0);
	CHECK_EQ(read(fd, second, sizeof(second) - 1), sizeof(second) - 1);
	CHECK(memcmp(first, second, 16) != 0);
	for (size_t i = 0; i < sizeof(first) - 1; i++) {
		counts[first[i]]++;
		bits += __builtin_popcount(first[i]);
	}
	/* 80,000 bits: half of them, give or take ten standard deviations of 141. */
	CHECK(bits > 40000 - 1414 && bits < 40000 + 1414);
	for (int i = 0; i < 256; i++)
		CHECK(counts[i] > 0 && counts[i] < 120);
	CHECK_EQ(write(fd, first, 1000), 1000);
	CHECK_EQ(read(fd, first, 1), 1);
	close(fd);
}

int main(void)
{
	check_device("/dev/urandom");
	check_device("/dev/random");
	PASS();
}
