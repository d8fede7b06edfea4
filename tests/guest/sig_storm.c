/* Signals from a timer as fast as they come, while the program calls the kernel and counts with all registers. */
#include "test.h"

#include <sys/time.h>

static volatile int calls;

static void handler(int signal)
{
	(void)signal;
	calls++;
	getppid();
}

int main(void)
{
	struct itimerval timer = { { 0, 200 }, { 0, 200 } }, none = { { 0, 0 }, { 0, 0 } };
	unsigned long sum = 0, expected = 0;
	volatile double real = 0;
	int ends[2];

	signal(SIGALRM, handler);
	CHECK_EQ(pipe(ends), 0);
	CHECK_EQ(setitimer(ITIMER_REAL, &timer, NULL), 0);
	for (unsigned long i = 0; calls < 200; i++) {
		char c = i;
		CHECK_EQ(write(ends[1], &c, 1), 1);
		CHECK_EQ(read(ends[0], &c, 1), 1);
		CHECK_EQ(c, (char)i);
		sum += i * 3;
		expected += i;
		real = real + 0.5;
		CHECK(real == (double)(i + 1) / 2);
	}
	CHECK_EQ(setitimer(ITIMER_REAL, &none, NULL), 0);
	CHECK_EQ(sum, expected * 3);
	PASS();
}
