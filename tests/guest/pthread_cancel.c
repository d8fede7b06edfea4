/* Cancellation: at each cancellation point, asked for before and while the thread waits there, and
 * nowhere else; not while it is disabled; at once where that is allowed; cleanup handlers run from the
 * last, with the mutex of a condition variable held; and what a call has done is never lost. */
#define _GNU_SOURCE
#include "test.h"
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <sys/select.h>
#include <sys/uio.h>

static int ends[2];
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;
static sem_t nothing;
static pthread_t sleeper;
static sigset_t none, some;
static char byte;
static struct iovec vector = { &byte, 1 };
static struct timespec hour = { 3600, 0 }, far = { 1l << 40, 0 };

static void do_read(void) { read(ends[0], &byte, 1); }
static void do_readv(void) { readv(ends[0], &vector, 1); }
static void do_poll(void) { poll(NULL, 0, -1); }
static void do_ppoll(void) { ppoll(NULL, 0, NULL, NULL); }
static void do_select(void) { select(0, NULL, NULL, NULL, NULL); }
static void do_pselect(void) { pselect(0, NULL, NULL, NULL, NULL, NULL); }
static void do_nanosleep(void) { nanosleep(&hour, NULL); }
static void do_clock_nanosleep(void) { clock_nanosleep(CLOCK_MONOTONIC, 0, &hour, NULL); }
static void do_sleep(void) { sleep(3600); }
static void do_usleep(void) { usleep(999999999); }
static void do_pause(void) { pause(); }
static void do_sigsuspend(void) { sigsuspend(&none); }
static void do_sigwait(void) { int signal; sigwait(&some, &signal); }
static void do_sigwaitinfo(void) { sigwaitinfo(&some, NULL); }
static void do_sigtimedwait(void) { sigtimedwait(&some, NULL, &hour); }
static void do_join(void) { pthread_join(sleeper, NULL); }
static void do_sem_wait(void) { sem_wait(&nothing); }
static void do_sem_timedwait(void) { sem_timedwait(&nothing, &far); }
static void do_open(void) { open(scratch_path("fifo"), O_RDONLY); }
static void do_openat(void) { openat(AT_FDCWD, scratch_path("fifo"), O_RDONLY); }

static void unlock(void *argument)
{
	CHECK_EQ(pthread_mutex_trylock(argument), EBUSY);
	CHECK_EQ(pthread_mutex_unlock(argument), 0);
}

static void do_cond_wait(void)
{
	pthread_mutex_lock(&mutex);
	pthread_cleanup_push(unlock, &mutex);
	pthread_cond_wait(&cond, &mutex);
	pthread_cleanup_pop(1);
}

static void do_cond_timedwait(void)
{
	pthread_mutex_lock(&mutex);
	pthread_cleanup_push(unlock, &mutex);
	pthread_cond_timedwait(&cond, &mutex, &far);
	pthread_cleanup_pop(1);
}

/* A child that does not end. */
static void do_waitpid(void) { waitpid(-1, NULL, 0); }
static void do_system(void) { system("kill -STOP $$"); }
static void do_waitid(void) { siginfo_t info; waitid(P_ALL, 0, &info, WEXITED); }

static volatile int started, cleaned;

static void clean(void *argument)
{
	cleaned = cleaned * 10 + (int)(long)argument;
}

static void *run_waiting(void *argument)
{
	void (*wait)(void) = *(void (**)(void))argument;

	pthread_cleanup_push(clean, (void *)1);
	pthread_cleanup_push(clean, (void *)2);
	started = 1;
	wait();
	pthread_cleanup_pop(0);
	pthread_cleanup_pop(0);
	return NULL;
}

static void *run_asked(void *argument)
{
	CHECK_EQ(pthread_cancel(pthread_self()), 0);
	getpid();			/* no cancellation point */
	return run_waiting(argument);
}

static void expect_cancelled(pthread_t thread)
{
	void *result;

	CHECK_EQ(pthread_join(thread, &result), 0);
	CHECK_EQ(result, PTHREAD_CANCELED);
}

static void test_point(void (*wait)(void))
{
	pthread_t thread;

	for (int round = 0; round < 3; round++) {
		started = cleaned = 0;
		CHECK_EQ(pthread_create(&thread, NULL, round ? run_waiting : run_asked, &wait), 0);
		while (!started)
			sched_yield();
		if (round == 2)
			usleep(2000);	/* it sleeps by now, most likely */
		if (round)
			CHECK_EQ(pthread_cancel(thread), 0);
		expect_cancelled(thread);
		CHECK_EQ(cleaned, 21);
	}
}

static void test_points(void)
{
	static void (*const points[])(void) = {
		do_read, do_readv, do_poll, do_ppoll, do_select, do_pselect, do_nanosleep,
		do_clock_nanosleep, do_sleep, do_usleep, do_pause, do_sigsuspend, do_sigwait,
		do_sigwaitinfo, do_sigtimedwait, do_join, do_sem_wait, do_sem_timedwait, do_open,
		do_openat, do_cond_wait, do_cond_timedwait, do_waitpid,
		do_waitid, do_system,
	};
	void (*wait)(void) = do_pause;
	pid_t child = fork();

	CHECK(child >= 0);
	if (child == 0)
		for (;;)
			pause();
	CHECK_EQ(mkfifo(scratch_path("fifo"), 0600), 0);
	CHECK_EQ(pthread_create(&sleeper, NULL, run_waiting, &wait), 0);
	for (size_t i = 0; i < sizeof(points) / sizeof(points[0]); i++)
		test_point(points[i]);
	CHECK_EQ(pthread_mutex_trylock(&mutex), 0);
	CHECK_EQ(pthread_cond_destroy(&cond), 0);
	CHECK_EQ(pthread_cancel(sleeper), 0);
	expect_cancelled(sleeper);
	CHECK_EQ(unlink(scratch_path("fifo")), 0);
	CHECK_EQ(kill(child, SIGKILL), 0);
	CHECK_EQ(waitpid(child, NULL, 0), child);
}

static void *end_at_once(void *argument)
{
	return argument;
}

/* One that is asked before is cancelled where it would not wait, too, and leaves the other to be joined. */
static void test_ended(void)
{
	void (*wait)(void) = do_join;
	pthread_t thread;

	cleaned = 0;
	CHECK_EQ(pthread_create(&sleeper, NULL, end_at_once, NULL), 0);
	usleep(2000);		/* it is gone by now, most likely */
	CHECK_EQ(pthread_create(&thread, NULL, run_asked, &wait), 0);
	expect_cancelled(thread);
	CHECK_EQ(cleaned, 21);
	CHECK_EQ(pthread_join(sleeper, NULL), 0);
}

static void *disable(void *argument)
{
	int old;

	(void)argument;
	CHECK_EQ(pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &old), 0);
	CHECK_EQ(old, PTHREAD_CANCEL_ENABLE);
	CHECK_EQ(pthread_setcancelstate(99, NULL), EINVAL);
	CHECK_EQ(pthread_setcanceltype(99, NULL), EINVAL);
	started = 1;
	CHECK_EQ(read(ends[0], &byte, 1), 1);	/* cancelled meanwhile, and yet it reads */
	pthread_testcancel();
	started = 2;
	CHECK_EQ(pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, &old), 0);
	CHECK_EQ(old, PTHREAD_CANCEL_DISABLE);
	started = 3;
	pthread_testcancel();
	started = 4;
	return NULL;
}

static void test_disabled(void)
{
	pthread_t thread;

	started = 0;
	CHECK_EQ(pthread_create(&thread, NULL, disable, NULL), 0);
	while (!started)
		sched_yield();
	CHECK_EQ(pthread_cancel(thread), 0);
	usleep(2000);
	CHECK_EQ(write(ends[1], "x", 1), 1);
	expect_cancelled(thread);
	CHECK_EQ(started, 3);
}

static void *spin(void *argument)
{
	int old;

	pthread_cleanup_push(clean, (void *)3);
	CHECK_EQ(pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, &old), 0);
	CHECK_EQ(old, PTHREAD_CANCEL_DEFERRED);
	started = 1;
	for (;;)
		__asm__ volatile("" : : "r"(argument) : "memory");
	pthread_cleanup_pop(0);
	return NULL;
}

static void test_async(void)
{
	pthread_t thread;

	for (int i = 0; i < 20; i++) {
		started = cleaned = 0;
		CHECK_EQ(pthread_create(&thread, NULL, spin, NULL), 0);
		while (!started)
			sched_yield();
		CHECK_EQ(pthread_cancel(thread), 0);
		expect_cancelled(thread);
		CHECK_EQ(cleaned, 3);
	}
}

/* Bytes that are read by a thread cancelled at any moment: what it has not said to have read is
 * still there. */
static volatile int got;

static void *read_all(void *argument)
{
	char c;

	(void)argument;
	started = 1;
	for (;;)
		if (read(ends[0], &c, 1) == 1)
			got++;
	return NULL;
}

static void test_nothing_lost(void)
{
	pthread_t thread;

	for (int i = 0; i < 300; i++) {
		int left = 0;

		started = got = 0;
		CHECK_EQ(pthread_create(&thread, NULL, read_all, NULL), 0);
		while (!started)
			sched_yield();
		CHECK_EQ(write(ends[1], "abcdef", 6), 6);
		for (volatile int spins = 0; spins < i * 10; spins++)
			;
		CHECK_EQ(pthread_cancel(thread), 0);
		expect_cancelled(thread);
		while (poll(&(struct pollfd){ ends[0], POLLIN, 0 }, 1, 0) == 1) {
			CHECK_EQ(read(ends[0], &byte, 1), 1);
			left++;
		}
		CHECK_EQ(got + left, 6);
	}
}

/* A signal's handler runs in the midst of a read, and there the thread is asked to end: it ends
 * when the handler has returned, in the read. */
static volatile int in_handler, handler_left;

static void handler(int signal)
{
	(void)signal;
	in_handler = 1;
	for (int i = 0; i < 50; i++)
		sched_yield();
	handler_left = 1;
}

static void test_in_handler(void)
{
	struct sigaction action = { .sa_handler = handler, .sa_flags = SA_RESTART };
	void (*wait)(void) = do_read;
	pthread_t thread;

	CHECK_EQ(sigaction(SIGUSR1, &action, NULL), 0);
	started = 0;
	CHECK_EQ(pthread_create(&thread, NULL, run_waiting, &wait), 0);
	while (!started)
		sched_yield();
	usleep(2000);
	CHECK_EQ(pthread_kill(thread, SIGUSR1), 0);
	while (!in_handler)
		sched_yield();
	CHECK_EQ(pthread_cancel(thread), 0);
	expect_cancelled(thread);
	CHECK_EQ(handler_left, 1);
}

int main(void)
{
	sigemptyset(&none);
	sigemptyset(&some);
	sigaddset(&some, SIGUSR2);
	CHECK_EQ(sigprocmask(SIG_BLOCK, &some, NULL), 0);
	CHECK_EQ(sem_init(&nothing, 0, 0), 0);
	CHECK_EQ(pipe(ends), 0);
	test_points();
	test_ended();
	test_disabled();
	test_async();
	test_nothing_lost();
	test_in_handler();
	PASS();
}
