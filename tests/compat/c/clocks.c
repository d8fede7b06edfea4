/* Clocks, of which nobody knows what they say but everybody how they behave, and the calendar. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static double now(clockid_t clock)
{
	struct timespec time;

	clock_gettime(clock, &time);
	return time.tv_sec + time.tv_nsec / 1e9;
}

int main(void)
{
	struct timespec nap = { 0, 30000000 }, resolution;
	struct timeval of_day;
	struct tm broken = { .tm_year = 100, .tm_mon = 1, .tm_mday = 29, .tm_hour = 12 };
	time_t moment = 1700000000, seconds;
	double before, real, real_after, between;
	char text[100];

	before = now(CLOCK_MONOTONIC);
	nanosleep(&nap, NULL);
	printf("slept long enough: %d\n", now(CLOCK_MONOTONIC) - before >= 0.03);
	for (int i = 0; i < 1000; i++) {
		double after = now(CLOCK_MONOTONIC);

		if (after < before)
			printf("the clock went back\n");
		before = after;
	}
	real = now(CLOCK_REALTIME);
	gettimeofday(&of_day, NULL);
	seconds = time(NULL);
	between = of_day.tv_sec + of_day.tv_usec / 1e6 - real;
	real_after = now(CLOCK_REALTIME);
	printf("three clocks agree: %d %d\n", between > -0.001 && between < real_after - real + 0.001,
	       seconds >= (time_t)real - 1 && seconds <= (time_t)real_after + 1);
	printf("after 2023: %d\n", seconds > moment);
	clock_getres(CLOCK_MONOTONIC, &resolution);
	printf("resolution: %ld s\n", (long)resolution.tv_sec);
	printf("processor time: %d\n", clock() != (clock_t)-1);
	strftime(text, sizeof(text), "%A %Y-%m-%d %H:%M:%S %j %U", gmtime(&moment));
	printf("%s\n", text);
	moment = mktime(&broken);
	printf("%ld %s", (long)moment, ctime(&moment));
	return 0;
}
