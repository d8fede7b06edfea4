/* What waits until a time goes on soon after it, in the order of the times, also while another process keeps the CPU busy;
 * and what was over before does not wait.
 * counted: elsewhere any of these may be late, since the host may stop the machine at any place */
#include "test.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/select.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <termios.h>
#include <time.h>

#define US		1000ul
#define MS		(1000 * US)
#define SECOND		(1000 * MS)
#define SOON		(200 * US)
#define SLICE		(10 * MS)	/* of who is busy */
#define SLEEPERS	8

static volatile int alarms;

static unsigned long now(void)
{
	struct timespec time;

	CHECK_EQ(clock_gettime(CLOCK_MONOTONIC, &time), 0);
	return time.tv_sec * SECOND + time.tv_nsec;
}

static struct timespec time_of(unsigned long ns)
{
	return (struct timespec){ ns / SECOND, ns % SECOND };
}

static void by_nanosleep(unsigned long ns)
{
	struct timespec time = time_of(ns);

	CHECK_EQ(nanosleep(&time, NULL), 0);
}

static void by_clock(clockid_t clock, unsigned long ns)
{
	struct timespec time;

	CHECK_EQ(clock_gettime(clock, &time), 0);
	time = time_of(time.tv_sec * SECOND + time.tv_nsec + ns);
	CHECK_EQ(clock_nanosleep(clock, TIMER_ABSTIME, &time, NULL), 0);
}

static void by_monotonic(unsigned long ns)
{
	by_clock(CLOCK_MONOTONIC, ns);
}

static void by_realtime(unsigned long ns)
{
	by_clock(CLOCK_REALTIME, ns);
}

static void by_poll(unsigned long ns)
{
	CHECK_EQ(poll(NULL, 0, ns / MS), 0);
}

static void by_select(unsigned long ns)
{
	struct timeval time = { ns / SECOND, ns % SECOND / US };

	CHECK_EQ(select(0, NULL, NULL, NULL, &time), 0);
}

static void by_futex(unsigned long ns)
{
	struct timespec time = time_of(ns);
	int word = 0;

	CHECK_ERRNO(syscall(SYS_futex, &word, 0, 0, &time, NULL, 0), ETIMEDOUT);
}

static void by_sigtimedwait(unsigned long ns)
{
	struct timespec time = time_of(ns);
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	CHECK_ERRNO(sigtimedwait(&set, NULL, &time), EAGAIN);
}

static void on_alarm(int signal)
{
	(void)signal;
	alarms++;
}

static void by_alarm(unsigned long ns)
{
	struct itimerval timer = { { 0, 0 }, { ns / SECOND, ns % SECOND / US } };
	int before = alarms;

	CHECK_EQ(setitimer(ITIMER_REAL, &timer, NULL), 0);
	CHECK_ERRNO(pause(), EINTR);
	CHECK_EQ(alarms, before + 1);
}

/* In tenths of a second. */
static void by_terminal(unsigned long ns)
{
	int fd = open("/dev/console", O_RDWR | O_NOCTTY);
	struct termios saved, raw;
	char byte;

	CHECK_EQ(tcgetattr(fd, &saved), 0);
	raw = saved;
	raw.c_lflag &= ~ICANON;
	raw.c_cc[VMIN] = 0;
	raw.c_cc[VTIME] = ns / (100 * MS);
	CHECK_EQ(tcsetattr(fd, TCSANOW, &raw), 0);
	CHECK_EQ(read(fd, &byte, 1), 0);
	CHECK_EQ(tcsetattr(fd, TCSANOW, &saved), 0);
	close(fd);
}

static const struct {
	const char *name;
	void (*wait)(unsigned long ns);
	unsigned long unit;
} waits[] = {
	{ "nanosleep", by_nanosleep, US }, { "a time of CLOCK_MONOTONIC", by_monotonic, US },
	{ "a time of CLOCK_REALTIME", by_realtime, US }, { "poll", by_poll, MS }, { "select", by_select, US },
	{ "futex", by_futex, US }, { "sigtimedwait", by_sigtimedwait, US }, { "setitimer", by_alarm, US },
	{ "VTIME", by_terminal, 100 * MS },
};

static void check_waits(unsigned long time, unsigned long late)
{
	for (size_t i = 0; i < sizeof(waits) / sizeof(waits[0]); i++) {
		unsigned long start = now(), took;

		if (time < waits[i].unit)
			continue;
		waits[i].wait(time);
		took = now() - start;
		if (took < time || took > time + late)
			test_fail(__FILE__, __LINE__, "%s: %lu ns instead of %lu", waits[i].name, took, time);
	}
}

static void check_past(void)
{
	unsigned long start = now();
	struct timespec past = time_of(start / 2), none = { 0, 0 };

	CHECK_EQ(clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &past, NULL), 0);
	CHECK_EQ(clock_nanosleep(CLOCK_REALTIME, TIMER_ABSTIME, &past, NULL), 0);
	CHECK_EQ(nanosleep(&none, NULL), 0);
	CHECK_EQ(poll(NULL, 0, 0), 0);
	CHECK(now() - start < SOON);
}

/* Half a millisecond apart. */
static void check_order(void)
{
	char order[SLEEPERS + 1] = "";
	unsigned long start = now() + 50 * MS;
	int ends[2];

	CHECK_EQ(pipe(ends), 0);
	for (int i = 0; i < SLEEPERS; i++) {
		int rank = (i * 5 + 3) % SLEEPERS;
		pid_t child = fork();
		CHECK(child >= 0);
		if (child == 0) {
			struct timespec time = time_of(start + rank * MS / 2);
			char name = 'a' + rank;
			CHECK_EQ(clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, NULL), 0);
			_exit(write(ends[1], &name, 1) != 1);
		}
	}
	CHECK(now() < start);
	for (int i = 0; i < SLEEPERS; i++)
		CHECK_EQ(read(ends[0], order + i, 1), 1);
	CHECK_STR(order, "abcdefgh");
	while (wait(NULL) > 0)
		;
}

/* Who has slept for long comes at once, another after a slice at most. */
static void check_busy(void)
{
	pid_t child = fork();

	CHECK(child >= 0);
	if (child == 0)
		for (;;)
			;
	check_waits(100 * US, SLICE + SOON);
	check_waits(30 * MS, SOON);
	CHECK_EQ(kill(child, SIGKILL), 0);
	CHECK_EQ(waitpid(child, NULL, 0), child);
}

int main(void)
{
	CHECK(signal(SIGALRM, on_alarm) != SIG_ERR);
	check_waits(100 * US, SOON);
	check_waits(3 * MS, SOON);
	check_waits(1300 * MS, SOON);
	check_past();
	check_order();
	check_busy();
	PASS();
}
