/* Thread-local variables: their initial values, their alignment, and errno in its place. */
#include "test.h"
#include <stdint.h>

static _Thread_local int initialised = 42;
static _Thread_local int zero;
static _Thread_local char aligned[64] __attribute__((aligned(64))) = "aligned";

static void child(void)
{
	if (initialised != 43 || zero != 7)
		_exit(1);
	initialised = 44;
}

int main(void)
{
	CHECK_EQ(initialised, 42);
	CHECK_EQ(zero, 0);
	CHECK_EQ((uintptr_t)aligned % 64, 0);
	CHECK_STR(aligned, "aligned");
	initialised++;
	zero = 7;
	CHECK_EXIT(child, 0);
	CHECK_EQ(initialised, 43);
	errno = 5;
	CHECK_EQ(errno, 5);
	CHECK_ERRNO(close(-1), EBADF);
	PASS();
}
