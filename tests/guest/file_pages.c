/* Contents against a model in memory, over page boundaries: written, overwritten, cut and written
 * again. */
#include "test.h"

#include <fcntl.h>

#define SIZE	60000

static unsigned char model[SIZE], buffer[SIZE];

static unsigned random_below(unsigned bound)
{
	static unsigned state = 12345;

	state = state * 1103515245 + 12345;
	return (state >> 8) % bound;
}

int main(void)
{
	const char *path = scratch_path("pages");
	int fd = open(path, O_CREAT | O_EXCL | O_RDWR, 0600);
	unsigned size = 0;

	CHECK(fd >= 0);
	for (int round = 0; round < 1500; round++) {
		unsigned at = random_below(SIZE),
			 length = random_below(round % 4 ? 300 : SIZE) % (SIZE - at);

		CHECK_EQ(lseek(fd, at, SEEK_SET), at);
		if (round % 100 == 99) {
			close(open(path, O_WRONLY | O_TRUNC));
			memset(model, 0, SIZE);
			size = 0;
		} else if (round % 3) {
			for (unsigned i = 0; i < length; i++)
				model[at + i] = round + i;
			CHECK_EQ(write(fd, model + at, length), length);
			if (length && at + length > size)
				size = at + length;
		} else {
			unsigned expected = at >= size ? 0
				: length < size - at   ? length
						       : size - at;

			CHECK_EQ(read(fd, buffer, length), expected);
			CHECK(memcmp(buffer, model + at, expected) == 0);
		}
		CHECK_EQ(lseek(fd, 0, SEEK_END), size);
	}
	close(fd);
	CHECK_EQ(unlink(path), 0);
	PASS();
}
