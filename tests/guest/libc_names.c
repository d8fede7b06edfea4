/* Names that the standard headers leave to programs can be defined anew; those that a header owes are there with no other
 * header than it (the modes of open in fcntl.h). */
#include "test.h"
#include <fcntl.h>
#include <time.h>

struct option {
	int mine;
};

#define no_argument 77

/* Not the libc's: nothing in it may come to call these. */
int isatty(int fd)
{
	return fd + 1000;
}

size_t strnlen(const char *text, size_t size)
{
	(void)text;
	return size + 1000;
}

int main(void)
{
	struct option option = { no_argument };
	mode_t mode = S_IRUSR | S_IWUSR;
	char text[16];

	CHECK_EQ(sizeof(int_fast16_t), sizeof(long));
	CHECK_EQ(option.mine, 77);
	CHECK_EQ(mode, 0600);
	CHECK_EQ(isatty(1), 1001);
	CHECK_EQ(strnlen("", 1), 1001);
	CHECK_EQ(snprintf(text, sizeof(text), "%.3s", "abcdef"), 3);
	CHECK_STR(text, "abc");
	CHECK_EQ(getopt(1, (char *[]){ "test", NULL }, "a"), -1);
	PASS();
}
