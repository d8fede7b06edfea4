/* Signals and threads: to one thread, to the process; each thread has its mask, and begins with that
 * of who made it; waiting for signals; the libc's own two cannot be had. */
#define _GNU_SOURCE
#include "test.h"
#include <pthread.h>

static _Thread_local volatile int handled;
static volatile int handled_by_all;
static pthread_barrier_t barrier;

static void handler(int signal)
{
	(void)signal;
	handled++;
	__atomic_fetch_add(&handled_by_all, 1, __ATOMIC_SEQ_CST);
}

static void *wait_for_own(void *argument)
{
	pthread_barrier_wait(&barrier);
	pthread_barrier_wait(&barrier);
	while (argument && !handled)
		usleep(1000);
	CHECK_EQ(handled, argument != NULL);
	return NULL;
}

static void test_kill(void)
{
	pthread_t wanted, other;

	CHECK_EQ(pthread_barrier_init(&barrier, NULL, 3), 0);
	signal(SIGUSR1, handler);
	CHECK_EQ(pthread_create(&wanted, NULL, wait_for_own, "yes"), 0);
	CHECK_EQ(pthread_create(&other, NULL, wait_for_own, NULL), 0);
	pthread_barrier_wait(&barrier);
	CHECK_EQ(pthread_kill(wanted, 0), 0);
	CHECK_EQ(pthread_kill(wanted, NSIG), EINVAL);
	CHECK_EQ(pthread_kill(wanted, 32), EINVAL);
	CHECK_EQ(pthread_kill(wanted, SIGUSR1), 0);
	pthread_barrier_wait(&barrier);
	CHECK_EQ(pthread_join(wanted, NULL), 0);
	CHECK_EQ(pthread_join(other, NULL), 0);
	CHECK_EQ(handled_by_all, 1);
	CHECK_EQ(handled, 0);
	CHECK_EQ(pthread_kill(pthread_self(), SIGUSR1), 0);
	CHECK_EQ(handled, 1);
	CHECK_EQ(raise(SIGUSR1), 0);
	CHECK_EQ(handled, 2);
}

static void *check_mask(void *argument)
{
	sigset_t mask;

	(void)argument;
	CHECK_EQ(pthread_sigmask(SIG_BLOCK, NULL, &mask), 0);
	CHECK(sigismember(&mask, SIGUSR2));
	CHECK(!sigismember(&mask, SIGUSR1));
	sigemptyset(&mask);
	CHECK_EQ(pthread_sigmask(SIG_SETMASK, &mask, NULL), 0);
	return NULL;
}

static void test_mask(void)
{
	struct sigaction action = { .sa_handler = handler };
	pthread_t thread;
	sigset_t set, old;

	sigemptyset(&set);
	sigaddset(&set, SIGUSR2);
	CHECK_EQ(pthread_sigmask(77, &set, NULL), EINVAL);
	CHECK_EQ(pthread_sigmask(SIG_BLOCK, &set, &old), 0);
	CHECK(!sigismember(&old, SIGUSR2));
	CHECK_EQ(pthread_create(&thread, NULL, check_mask, NULL), 0);
	CHECK_EQ(pthread_join(thread, NULL), 0);
	CHECK_EQ(pthread_sigmask(SIG_BLOCK, NULL, &old), 0);
	CHECK(sigismember(&old, SIGUSR2));

	/* What threads need themselves is out of a program's reach. */
	CHECK_ERRNO(sigaction(32, &action, NULL), EINVAL);
	CHECK_ERRNO(sigaction(33, NULL, &action), EINVAL);
	memset(&set, 0xff, sizeof(set));
	CHECK_EQ(pthread_sigmask(SIG_SETMASK, &set, &old), 0);
	CHECK_EQ(pthread_sigmask(SIG_SETMASK, &old, &set), 0);
	CHECK(sigismember(&set, SIGHUP) && sigismember(&set, SIGRTMIN) && sigismember(&set, SIGRTMAX));
	CHECK(!sigismember(&set, 32) && !sigismember(&set, 33));
}

static void *wait_for_signal(void *argument)
{
	int signal = 0;
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGUSR2);
	sigaddset(&set, SIGTERM);
	CHECK_EQ(sigwait(&set, &signal), 0);
	return argument ? argument : (void *)(long)signal;
}

/* All block it; the one that waits gets it. */
static void test_wait(void)
{
	pthread_t thread;
	sigset_t set;
	void *signal;

	sigemptyset(&set);
	sigaddset(&set, SIGUSR2);
	sigaddset(&set, SIGTERM);
	CHECK_EQ(pthread_sigmask(SIG_BLOCK, &set, NULL), 0);
	CHECK_EQ(pthread_create(&thread, NULL, wait_for_signal, NULL), 0);
	CHECK_EQ(kill(getpid(), SIGTERM), 0);
	CHECK_EQ(pthread_join(thread, &signal), 0);
	CHECK_EQ(signal, SIGTERM);
	CHECK_EQ(pthread_create(&thread, NULL, wait_for_signal, NULL), 0);
	CHECK_EQ(pthread_kill(thread, SIGUSR2), 0);
	CHECK_EQ(pthread_join(thread, &signal), 0);
	CHECK_EQ(signal, SIGUSR2);
	CHECK_EQ(sigpending(&set), 0);
	CHECK(!sigismember(&set, SIGUSR2) && !sigismember(&set, SIGTERM));
}

static void *end(void *argument)
{
	return argument;
}

/* One that has ended and is not joined yet can still be named. */
static void test_ended(void)
{
	pthread_t thread;

	CHECK_EQ(pthread_create(&thread, NULL, end, NULL), 0);
	for (int i = 0; i < 100; i++) {
		CHECK_EQ(pthread_kill(thread, 0), 0);
		CHECK_EQ(pthread_kill(thread, SIGUSR1), 0);
		sched_yield();
	}
	CHECK_EQ(pthread_cancel(thread), 0);
	CHECK_EQ(pthread_join(thread, NULL), 0);
}

int main(void)
{
	test_kill();
	test_mask();
	test_wait();
	test_ended();
	PASS();
}
