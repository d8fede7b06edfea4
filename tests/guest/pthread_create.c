/* Threads are created, joined and detached; each has variables, an errno and a canary of the
 * process's; the first may leave before the others, and the process ends with the last. */
#define _GNU_SOURCE
#include "test.h"
#include <pthread.h>
#include <stdint.h>

#define THREADS 4

static _Thread_local int initialised = 5;
static _Thread_local char aligned[3] __attribute__((aligned(256)));
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static long counter;
static pthread_t first;

static unsigned long canary(void)
{
	unsigned long value;

	__asm__("mov %%fs:0x28, %0" : "=r"(value));
	return value;
}

static unsigned long first_canary;

static void *count(void *argument)
{
	CHECK_EQ(initialised, 5);
	initialised = 7;
	CHECK_EQ((uintptr_t)aligned % 256, 0);
	CHECK_EQ(aligned[0] | aligned[1] | aligned[2], 0);
	memset(aligned, 1, sizeof(aligned));
	CHECK_EQ(canary(), first_canary);
	CHECK_EQ(errno, 0);
	CHECK_ERRNO(close(-1), EBADF);
	for (int i = 0; i < 20000; i++) {
		pthread_mutex_lock(&mutex);
		counter++;
		pthread_mutex_unlock(&mutex);
	}
	CHECK_EQ(errno, EBADF);
	return argument;
}

static void test_join(void)
{
	pthread_t threads[THREADS];
	void *result;

	/* The second time stacks are used again. */
	for (int round = 1; round <= 2; round++) {
		for (long i = 0; i < THREADS; i++)
			CHECK_EQ(pthread_create(&threads[i], NULL, count, (void *)i), 0);
		for (long i = 0; i < THREADS; i++) {
			CHECK_EQ(pthread_join(threads[i], &result), 0);
			CHECK_EQ(result, i);
		}
		CHECK_EQ(counter, round * THREADS * 20000);
	}
	CHECK_EQ(initialised, 5);
	CHECK_EQ(errno, 0);
}

static void *join_first(void *argument)
{
	(void)argument;
	return (void *)(long)pthread_join(first, NULL);
}

static void *wait_forever(void *argument)
{
	(void)argument;
	for (;;)
		pause();
	return NULL;
}

static void test_errors(void)
{
	pthread_attr_t attributes;
	pthread_t thread;
	void *result;

	CHECK_EQ(pthread_join(pthread_self(), NULL), EDEADLK);
	CHECK(pthread_equal(pthread_self(), first));

	/* Each waits for the other: the one who comes second is told. */
	CHECK_EQ(pthread_create(&thread, NULL, join_first, NULL), 0);
	int error = pthread_join(thread, &result);
	CHECK(error == EDEADLK || (error == 0 && result == (void *)EDEADLK));

	CHECK_EQ(pthread_attr_init(&attributes), 0);
	CHECK_EQ(pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED), 0);
	CHECK_EQ(pthread_create(&thread, &attributes, wait_forever, NULL), 0);
	CHECK_EQ(pthread_join(thread, NULL), EINVAL);
	CHECK_EQ(pthread_detach(thread), EINVAL);
	CHECK_EQ(pthread_create(&thread, NULL, wait_forever, NULL), 0);
	CHECK_EQ(pthread_tryjoin_np(thread, NULL), EBUSY);
	CHECK_EQ(pthread_detach(thread), 0);
	CHECK_EQ(pthread_attr_setstacksize(&attributes, SIZE_MAX / 2), 0);
	CHECK_EQ(pthread_create(&thread, &attributes, wait_forever, NULL), EAGAIN);
}

static void *last(void *argument)
{
	/* The process goes on until this thread ends. */
	CHECK_EQ(pthread_join(first, &argument), 0);
	CHECK_EQ(argument, 42);
	usleep(1000);
	return NULL;
}

static void say_goodbye(void)
{
	_exit(9);
}

static void leave_first(void)
{
	pthread_t thread;

	first = pthread_self();
	atexit(say_goodbye);
	CHECK_EQ(pthread_create(&thread, NULL, last, NULL), 0);
	pthread_exit((void *)42);
}

int main(void)
{
	first = pthread_self();
	first_canary = canary();
	errno = 0;
	test_join();
	CHECK_EXIT(leave_first, 9);
	test_errors();
	PASS();
}
