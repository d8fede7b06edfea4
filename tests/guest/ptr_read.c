/* read into bad memory: EFAULT, and what was not delivered is still there. */
#include "pointers.h"

#include <fcntl.h>

static int ends[2], zero;

static void check_bad(void *bad)
{
	CHECK_ERRNO(read(ends[0], bad, 4), EFAULT);
	CHECK_ERRNO(read(zero, bad, 4), EFAULT);
}

int main(void)
{
	char text[8] = "";

	pointers_init();
	CHECK_EQ(pipe(ends), 0);
	zero = open("/dev/zero", O_RDONLY);
	CHECK(zero >= 0);
	CHECK_EQ(write(ends[1], "abcd", 4), 4);
	/* What cannot be copied to lies at the start here: nothing is taken out of the pipe. */
	pointers_unwritable(check_bad);
	CHECK_EQ(read(ends[0], text, 4), 4);
	CHECK_STR(text, "abcd");
	/* The last two bytes of a page: device files deliver as much as fits. */
	CHECK_EQ(read(zero, pointers_edge + PAGE - 2, 2), 2);
	CHECK(pointers_edge[PAGE - 2] == 0 && pointers_edge[PAGE - 3] == 'p');
	long got = read(zero, pointers_edge + PAGE - 6, 12);
	CHECK(got == 6 || (got == -1 && errno == EFAULT));
	/* A length that wraps around. */
	CHECK_ERRNO(read(zero, text, (size_t)-1), EFAULT);
	PASS();
}
