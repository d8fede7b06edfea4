/* execve with bad pointers for the arguments, the environment, and the strings in them. */
#include "pointers.h"

static char *self;

static void check_bad(void *bad)
{
	char *good[] = { "x", NULL }, *strings[] = { "x", bad, NULL };

	if (bad) {
		CHECK_ERRNO(execve(self, bad, good + 1), EFAULT);
		CHECK_ERRNO(execve(self, good, bad), EFAULT);
		CHECK_ERRNO(execve(self, strings, good + 1), EFAULT);
		CHECK_ERRNO(execve(self, good, strings), EFAULT);
	}
}

int main(int argc, char **argv)
{
	char *good[] = { "x", NULL };

	(void)argc;
	self = argv[0];
	pointers_init();
	pointers_unreadable(check_bad);
	/* A string without an end, and an array without one. */
	char *open_ended[] = { "x", pointers_edge + PAGE - 3, NULL };
	CHECK_ERRNO(execve(self, open_ended, good + 1), EFAULT);
	char **array = (char **)(pointers_edge + PAGE) - 2;
	array[0] = array[1] = "x";
	CHECK_ERRNO(execve(self, array, good + 1), EFAULT);
	PASS();
}
