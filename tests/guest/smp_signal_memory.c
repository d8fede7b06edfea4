/* Real-time signals are sent and taken while an alarm of the same process fires again and again, and another thread takes
 * memory and gives it back: whoever has room for a signal made must not keep the alarm's interrupt waiting for the very
 * lock that the interrupted thread was to get out of the way of. (It was a deadlock of two CPUs.) */
#include <sys/mman.h>
#include <sys/time.h>

#include "thread.h"

#define ROUNDS	60
#define SIGNALS	600	/* more than fit a page */
#define PAGES	300
#define QUEUED	(SIGRTMIN + 3)

static struct thread churner;
static volatile int over, failed, alarms;

static void on_alarm(int signal)
{
	(void)signal;
	alarms++;
}

/* The only one that takes the alarm, so that it is set again, and fires, on this CPU. */
static void churn(void *argument)
{
	unsigned long alarm_bit = 1ul << (SIGALRM - 1);

	(void)argument;
	syscall(SYS_rt_sigprocmask, SIG_UNBLOCK, &alarm_bit, NULL, 8);
	while (!over) {
		char *memory = mmap(NULL, PAGES * 4096ul, PROT_READ | PROT_WRITE,
			MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

		failed |= memory == MAP_FAILED;
		for (int i = 0; i < PAGES && !failed; i++)
			memory[i * 4096] = 1;
		failed |= munmap(memory, PAGES * 4096ul) != 0;
	}
}

static void round_of(void)
{
	unsigned long set = 1ul << (QUEUED - 1);
	struct timespec none = { 0 };
	int taken = 0;

	for (int i = 0; i < SIGNALS; i++)
		CHECK_EQ(kill(getpid(), QUEUED), 0);
	while (syscall(SYS_rt_sigtimedwait, &set, NULL, &none, 8) == QUEUED)
		taken++;
	CHECK_EQ(taken, SIGNALS);
}

int main(void)
{
	const struct itimerval often = { { 0, 200 }, { 0, 200 } }, never = { 0 };
	struct sigaction action = { .sa_handler = on_alarm, .sa_flags = SA_RESTART };
	sigset_t all;

	sigfillset(&all);
	CHECK_EQ(sigaction(SIGALRM, &action, NULL), 0);
	CHECK_EQ(sigprocmask(SIG_SETMASK, &all, NULL), 0);
	CHECK(thread_start(&churner, churn, NULL) > 0);
	CHECK_EQ(setitimer(ITIMER_REAL, &often, NULL), 0);
	for (int i = 0; i < ROUNDS && !failed; i++)
		round_of();
	while (!alarms && !failed)
		syscall(SYS_sched_yield);
	over = 1;
	thread_join(&churner);
	CHECK_EQ(setitimer(ITIMER_REAL, &never, NULL), 0);
	CHECK(!failed);
	PASS();
}
