/* Two processes wake each other in turn through pipes; a third yields all the time. */
#include "test.h"
#include <sched.h>

#define ROUNDS	2000

static void exchange(int in, int out, int first)
{
	int value;

	for (int i = 0; i < ROUNDS; i++) {
		if (first)
			CHECK_EQ(write(out, &i, sizeof(i)), sizeof(i));
		CHECK_EQ(read(in, &value, sizeof(value)), sizeof(value));
		CHECK_EQ(value, i);
		if (!first)
			CHECK_EQ(write(out, &i, sizeof(i)), sizeof(i));
	}
}

int main(void)
{
	int there[2], back[2], status;

	CHECK_EQ(pipe(there), 0);
	CHECK_EQ(pipe(back), 0);
	pid_t yielder = fork();
	if (yielder == 0)
		for (;;)
			CHECK_EQ(sched_yield(), 0);
	pid_t child = fork();
	CHECK(child >= 0 && yielder >= 0);
	if (child == 0) {
		exchange(there[0], back[1], 0);
		_exit(0);
	}
	exchange(back[0], there[1], 1);
	CHECK_EQ(waitpid(child, &status, 0), child);
	CHECK_EQ(status, 0);
	CHECK_EQ(kill(yielder, SIGKILL), 0);
	CHECK_EQ(waitpid(yielder, NULL, 0), yielder);
	PASS();
}
