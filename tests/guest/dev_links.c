/* /dev/fd and /dev/stdin, stdout, stderr lead to the reader's own descriptors. */
#include "scratch.h"

int main(void)
{
	char text[64];
	int ends[2];

	CHECK_EQ(readlink("/dev/fd", text, sizeof(text)), 13);
	CHECK(memcmp(text, "/proc/self/fd", 13) == 0);
	CHECK_EQ(readlink("/dev/stderr", text, sizeof(text)), 15);
	CHECK_EQ(pipe(ends), 0);
	CHECK_EQ(dup2(ends[0], 0), 0);
	CHECK_EQ(write(ends[1], "hello", 5), 5);
	int fd = open("/dev/stdin", O_RDONLY);
	CHECK(fd >= 0);
	CHECK_EQ(read(fd, text, sizeof(text)), 5);
	CHECK(memcmp(text, "hello", 5) == 0);
	snprintf(text, sizeof(text), "/dev/fd/%d", ends[1]);
	int writer = open(text, O_WRONLY);
	CHECK_EQ(write(writer, "x", 1), 1);
	CHECK_EQ(read(0, text, sizeof(text)), 1);
	PASS();
}
