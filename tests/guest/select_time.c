/* select's time limit, and what it leaves of it. */
#include "clock.h"
#include "proc_stat.h"

#include <sys/select.h>
#include <time.h>

static double seconds(const struct timeval *time)
{
	return time->tv_sec + time->tv_usec / 1e6;
}

int main(void)
{
	struct timeval limit = { .tv_usec = 40000 };
	fd_set set;
	int ends[2];

	double start = now();
	CHECK_EQ(select(0, NULL, NULL, NULL, &limit), 0);
	CHECK(now() - start >= 0.040);
	CHECK(limit.tv_sec == 0 && limit.tv_usec == 0);

	/* More microseconds than a second has. */
	limit = (struct timeval){ .tv_usec = 1010000 };
	start = now();
	CHECK_EQ(select(0, NULL, NULL, NULL, &limit), 0);
	CHECK(now() - start >= 1.010);

	/* Something comes before: the rest of the time is told, and the sets are not those asked. The child's time begins
	 * when this process waits. */
	CHECK_EQ(pipe(ends), 0);
	if (fork() == 0) {
		proc_await(getppid(), 'S');
		usleep(50000);
		_exit(write(ends[1], "x", 1) != 1);
	}
	FD_ZERO(&set);
	FD_SET(ends[0], &set);
	limit = (struct timeval){ .tv_sec = 1000 };
	start = now();
	CHECK_EQ(select(ends[0] + 1, &set, NULL, NULL, &limit), 1);
	CHECK(seconds(&limit) >= 999.99 - (now() - start) && seconds(&limit) < 999.96);
	CHECK(limit.tv_usec >= 0 && limit.tv_usec < 1000000);
	CHECK(FD_ISSET(ends[0], &set));
	CHECK(wait(NULL) > 0);
	PASS();
}
