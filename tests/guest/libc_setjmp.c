/* setjmp and longjmp: back out of nested calls, with the value given (0 becomes 1). */
#include "test.h"
#include <setjmp.h>

static jmp_buf place;

__attribute__((noinline)) static void inner(int value)
{
	char room[100];

	memset(room, value, sizeof(room));
	longjmp(place, value);
}

__attribute__((noinline)) static void outer(int value)
{
	inner(value);
	CHECK(!"longjmp returned");
}

int main(void)
{
	volatile int rounds = 0;
	int value = setjmp(place);

	if (value == 0)
		outer(5);
	if (rounds++ == 0) {
		CHECK_EQ(value, 5);
		outer(0);
	}
	CHECK_EQ(value, 1);
	CHECK_EQ(rounds, 2);
	PASS();
}
