/* CPU time by getrusage, times and the CPU-time clock: it grows with work and not with sleep, user and system time
 * are told apart, neither ever shrinks, and the children's comes with waiting for them.
 *
 * While an emulated CPU stands still, the time of whoever is on it goes by, and all for the one mode. So what is used in
 * which mode, or not used, is waited for: it never comes if it is told wrong. */
#include "clock.h"

#include <sys/resource.h>
#include <sys/times.h>
#include <time.h>

static double seconds(struct timeval time)
{
	CHECK(time.tv_usec >= 0 && time.tv_usec < 1000000);
	return time.tv_sec + time.tv_usec / 1e6;
}

static void usage(int who, double *user, double *system)
{
	struct rusage usage;

	CHECK_EQ(getrusage(who, &usage), 0);
	*user = seconds(usage.ru_utime);
	*system = seconds(usage.ru_stime);
}

static double cpu_clock(void)
{
	return clock_seconds(CLOCK_PROCESS_CPUTIME_ID);
}

static volatile unsigned long sum;

/* For 0.3 s, and until the user time is that much more. */
static void compute(void)
{
	double user, system, until = cpu_clock() + 0.3;

	do {
		for (int i = 0; i < 200000; i++)
			sum += i;
		usage(RUSAGE_SELF, &user, &system);
	} while (cpu_clock() < until || user < system + 0.2);
}

/* Spends nearly all time in the kernel, until the system time is that much. */
static void call(double until)
{
	static char bytes[60000];
	double user, system;
	int ends[2];

	CHECK_EQ(pipe(ends), 0);
	do {
		CHECK_EQ(write(ends[1], bytes, sizeof(bytes)), sizeof(bytes));
		CHECK_EQ(read(ends[0], bytes, sizeof(bytes)), sizeof(bytes));
		usage(RUSAGE_SELF, &user, &system);
	} while (system < until);
}

static void sleep_for_nothing(void)
{
	double before;

	do {
		before = cpu_clock();
		usleep(100000);
	} while (cpu_clock() - before >= 0.09);
}

static void begin_anew(void)
{
	_exit(cpu_clock() < 0.2 ? 0 : 1);
}

int main(void)
{
	double user, system, user2, system2, last_user = 0, last_system = 0;
	struct tms ticks;

	compute();
	double before = cpu_clock();
	usage(RUSAGE_SELF, &user, &system);
	CHECK(user + system >= before - 0.01 && user + system <= cpu_clock() + 0.01);
	call(system + 0.3);
	usage(RUSAGE_SELF, &user2, &system2);
	CHECK(user2 >= user && system2 >= system);

	for (double until = cpu_clock() + 0.2; cpu_clock() < until;) {
		usage(RUSAGE_SELF, &user, &system);
		CHECK(user >= last_user && system >= last_system);
		last_user = user;
		last_system = system;
	}

	sleep_for_nothing();
	clock_t now = times(&ticks);
	CHECK(now > 0);
	usage(RUSAGE_SELF, &user, &system);
	CHECK(ticks.tms_utime >= 100 * last_user - 2 && ticks.tms_utime <= 100 * user + 2);
	CHECK(ticks.tms_stime >= 100 * last_system - 2 && ticks.tms_stime <= 100 * system + 2);
	CHECK_EQ(ticks.tms_cutime + ticks.tms_cstime, 0);

	pid_t child = fork();
	CHECK(child >= 0);
	if (child == 0) {
		compute();
		_exit(0);
	}
	usage(RUSAGE_CHILDREN, &user, &system);
	CHECK(user + system == 0);
	CHECK_EQ(waitpid(child, NULL, 0), child);
	usage(RUSAGE_CHILDREN, &user, &system);
	CHECK(user + system >= 0.28 && user > system);
	CHECK(times(&ticks) >= now);
	CHECK(ticks.tms_cutime + ticks.tms_cstime >= 25);
	while (child_status(begin_anew) != 0)
		;
	PASS();
}
