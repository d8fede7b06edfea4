/* The timers of setitimer that count CPU time, and RLIMIT_CPU: they go only while the process runs. */
#include "test.h"

#include <sys/resource.h>
#include <sys/time.h>
#include <time.h>

static volatile int calls, code;

static void handler(int signal, siginfo_t *info, void *context)
{
	(void)signal;
	(void)context;
	calls++;
	code = info->si_code;
}

static void handle(int signal)
{
	struct sigaction action = { .sa_sigaction = handler, .sa_flags = SA_SIGINFO };

	calls = 0;
	CHECK_EQ(sigaction(signal, &action, NULL), 0);
}

static long us_of(const struct timeval *time)
{
	return time->tv_sec * 1000000 + time->tv_usec;
}

static long left(int which)
{
	struct itimerval timer;

	CHECK_EQ(getitimer(which, &timer), 0);
	return us_of(&timer.it_value);
}

static void set(int which, long us, long interval)
{
	struct itimerval timer = { { interval / 1000000, interval % 1000000 }, { us / 1000000, us % 1000000 } };

	CHECK_EQ(setitimer(which, &timer, NULL), 0);
}

/* CPU time used, as the timer counts it, a little behind what it is. */
static long used(int which)
{
	struct rusage usage;

	CHECK_EQ(getrusage(RUSAGE_SELF, &usage), 0);
	return us_of(&usage.ru_utime) + (which == ITIMER_PROF ? us_of(&usage.ru_stime) : 0);
}

static void once(int which, int signal)
{
	long begin = used(which);

	handle(signal);
	set(which, 50000, 0);
	CHECK(left(which) > 0 || calls > 0);
	while (calls == 0)
		;
	/* Both count in ticks, but not in the same. */
	CHECK(used(which) - begin >= 20000);
	CHECK_EQ(code, SI_KERNEL);
	CHECK_EQ(left(which), 0);
	CHECK_EQ(calls, 1);
}

static void again_and_again(int which, int signal)
{
	struct itimerval old, none = { { 0, 0 }, { 0, 0 } };

	handle(signal);
	set(which, 1000, 20000);
	while (calls < 3)
		;
	CHECK_EQ(setitimer(which, &none, &old), 0);
	CHECK_EQ(us_of(&old.it_interval), 20000);
	CHECK(us_of(&old.it_value) > 0 && us_of(&old.it_value) <= 40000);
	CHECK_EQ(left(which), 0);
}

/* Who sleeps uses nothing, however long, unless a CPU that is emulated stood still while it was on it: then again. Who
 * computes uses something. */
static void only_what_is_used(int which)
{
	struct timespec time = { 0, 100000000 };
	long before;

	do {
		set(which, 1000000000, 0);
		CHECK_EQ(nanosleep(&time, NULL), 0);
		before = left(which);
	} while (before <= 1000000000 - 90000);
	while (left(which) == before)
		;
	CHECK(left(which) < before);
}

static void child_has_none(void)
{
	CHECK_EQ(left(ITIMER_PROF), 0);
	CHECK_EQ(left(ITIMER_VIRTUAL), 0);
}

static void burn(void)
{
	for (;;)
		;
}

static void limit(rlim_t soft, rlim_t hard)
{
	struct rlimit limit = { soft, hard };

	CHECK_EQ(setrlimit(RLIMIT_CPU, &limit), 0);
}

static void soft_limit(void)
{
	limit(0, RLIM_INFINITY);
	burn();
}

static void hard_limit(void)
{
	limit(0, 0);
	handle(SIGXCPU);
	burn();
}

/* It moves on by a second with each signal. */
static void handled_limit(void)
{
	struct rlimit now;

	handle(SIGXCPU);
	limit(0, RLIM_INFINITY);
	while (calls == 0)
		;
	CHECK_EQ(getrlimit(RLIMIT_CPU, &now), 0);
	CHECK(now.rlim_cur >= 1 && (long)now.rlim_cur <= used(ITIMER_PROF) / 1000000 + 1);
	CHECK_EQ(code, SI_KERNEL);
	limit(RLIM_INFINITY, RLIM_INFINITY);
}

static sigset_t blocked;

static void burn_unblocked(void)
{
	CHECK_EQ(sigprocmask(SIG_UNBLOCK, &blocked, NULL), 0);
	burn();
}

static void inherited_limit(void)
{
	sigemptyset(&blocked);
	sigaddset(&blocked, SIGXCPU);
	CHECK_EQ(sigprocmask(SIG_BLOCK, &blocked, NULL), 0);
	limit(0, RLIM_INFINITY);
	CHECK_SIGNAL(burn_unblocked, SIGXCPU);
}

int main(void)
{
	struct itimerval timer;

	CHECK_ERRNO(getitimer(3, &timer), EINVAL);
	memset(&timer, 0, sizeof(timer));
	CHECK_ERRNO(setitimer(3, &timer, NULL), EINVAL);
	timer.it_value.tv_usec = 1000000;
	CHECK_ERRNO(setitimer(ITIMER_PROF, &timer, NULL), EINVAL);

	once(ITIMER_PROF, SIGPROF);
	once(ITIMER_VIRTUAL, SIGVTALRM);
	again_and_again(ITIMER_PROF, SIGPROF);
	again_and_again(ITIMER_VIRTUAL, SIGVTALRM);
	only_what_is_used(ITIMER_PROF);
	only_what_is_used(ITIMER_VIRTUAL);
	CHECK_EXIT(child_has_none, 0);
	CHECK_SIGNAL(soft_limit, SIGXCPU);
	CHECK_SIGNAL(hard_limit, SIGKILL);
	CHECK_EXIT(handled_limit, 0);
	CHECK_EXIT(inherited_limit, 0);
	PASS();
}
