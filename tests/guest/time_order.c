/* Sleepers wake in the order of their deadlines, whatever the order in which they went to sleep. The deadlines are far
 * enough apart for a sleeper to write before the next one's; where one does not, since the host has stopped the machine
 * or a CPU, it says so, and all is done again. A machine that is stopped all the time shows no order (time_late does). */
#include <stdbool.h>
#include <time.h>

#include "test.h"

#define SLEEPERS	8
#define SECOND_NS	1000000000

#define LATE		3	/* exit code */

static struct timespec start;
static int ends[2];

/* So many tenths of a second after the start. */
static struct timespec tenths(int count)
{
	struct timespec time = start;

	time.tv_nsec += count * (SECOND_NS / 10);
	time.tv_sec += time.tv_nsec / SECOND_NS;
	time.tv_nsec %= SECOND_NS;
	return time;
}

static bool is_past(struct timespec time)
{
	struct timespec now;

	CHECK_EQ(clock_gettime(CLOCK_MONOTONIC, &now), 0);
	return now.tv_sec > time.tv_sec || (now.tv_sec == time.tv_sec && now.tv_nsec >= time.tv_nsec);
}

static void sleeper(int rank)
{
	struct timespec deadline = tenths(2 + rank);
	char name = 'a' + rank;

	CHECK_EQ(clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &deadline, NULL), 0);
	CHECK(is_past(deadline));
	CHECK_EQ(write(ends[1], &name, 1), 1);
	_exit(is_past(tenths(3 + rank)) ? LATE : 0);
}

/* Whether none was late. */
static bool all_sleep(void)
{
	char order[SLEEPERS + 1] = "";
	bool late = false;
	int status;

	CHECK_EQ(clock_gettime(CLOCK_MONOTONIC, &start), 0);
	for (int i = 0; i < SLEEPERS; i++) {
		pid_t child = fork();
		CHECK(child >= 0);
		if (child == 0)
			sleeper((i * 5 + 3) % SLEEPERS);
	}
	for (int i = 0; i < SLEEPERS; i++) {
		CHECK(wait(&status) > 0);
		CHECK(status == 0 || status == LATE << 8);
		late |= status != 0;
	}
	CHECK_EQ(read(ends[0], order, sizeof(order)), SLEEPERS);
	if (!late)
		CHECK_STR(order, "abcdefgh");
	return !late;
}

int main(void)
{
	CHECK_EQ(pipe(ends), 0);
	for (int tries = 0; tries < 5 && !all_sleep(); tries++)
		;
	PASS();
}
