/* Sleepers wake in the order of their deadlines, whatever the order in which they went to sleep. The
 * deadlines are far enough apart for a sleeper to write before the next one wakes, on a busy machine
 * too. */
#include <time.h>

#include "test.h"

#define SLEEPERS	8
#define SECOND_NS	1000000000

/* Sleeps till tenths of a second after start. */
static void sleep_till(struct timespec start, int tenths)
{
	start.tv_nsec += tenths * (SECOND_NS / 10);
	start.tv_sec += start.tv_nsec / SECOND_NS;
	start.tv_nsec %= SECOND_NS;
	CHECK_EQ(clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &start, NULL), 0);
}

int main(void)
{
	struct timespec start;
	int ends[2];
	char order[SLEEPERS];

	CHECK_EQ(pipe(ends), 0);
	CHECK_EQ(clock_gettime(CLOCK_MONOTONIC, &start), 0);
	for (int i = 0; i < SLEEPERS; i++) {
		int rank = (i * 5 + 3) % SLEEPERS;
		pid_t child = fork();
		CHECK(child >= 0);
		if (child == 0) {
			char name = 'a' + rank;
			sleep_till(start, 2 + rank);
			_exit(write(ends[1], &name, 1) != 1);
		}
	}
	for (int i = 0; i < SLEEPERS; i++) {
		CHECK_EQ(read(ends[0], order + i, 1), 1);
		CHECK_EQ(order[i], 'a' + i);
	}
	while (wait(NULL) > 0)
		;
	PASS();
}
