/* getrandom: as many bytes as asked for, never the same, and its errors. */
#include "test.h"
#include <sys/random.h>

int main(void)
{
	static unsigned char bytes[100000], other[64];
	unsigned counts[256] = { 0 };

	CHECK_EQ(getrandom(bytes, 0, 0), 0);
	CHECK_EQ(getrandom(bytes, sizeof(bytes), 0), sizeof(bytes));
	for (size_t i = 0; i < sizeof(bytes); i++)
		counts[bytes[i]]++;
	for (int i = 0; i < 256; i++)
		CHECK(counts[i] > 250 && counts[i] < 550);
	CHECK_EQ(getrandom(other, sizeof(other), GRND_NONBLOCK), sizeof(other));
	CHECK(memcmp(bytes, other, sizeof(other)) != 0);
	CHECK_EQ(getrandom(other, 16, GRND_RANDOM), 16);
	CHECK_ERRNO(getrandom(other, 16, 0x100), EINVAL);
	CHECK_ERRNO(getrandom(other, 16, GRND_RANDOM | GRND_INSECURE), EINVAL);
	CHECK_ERRNO(getrandom((void *)8, 16, 0), EFAULT);
	PASS();
}
