/* Thread-specific data: values are each thread's own, destructors run at its end and again as long
 * as they set values, a new key has no values. pthread_once: one runs, all wait for it, a cancelled
 * one does not count. */
#define _GNU_SOURCE
#include "test.h"
#include <pthread.h>

static pthread_key_t keys[4];
static int destroyed[4], rounds;

static void count(void *value)
{
	__atomic_fetch_add(&destroyed[(long)value % 10], 1, __ATOMIC_SEQ_CST);
}

static void set_again(void *value)
{
	CHECK_EQ(value, 3);
	CHECK_EQ(pthread_getspecific(keys[3]), NULL);
	__atomic_fetch_add(&rounds, 1, __ATOMIC_SEQ_CST);
	CHECK_EQ(pthread_setspecific(keys[3], value), 0);
}

static void *use(void *argument)
{
	CHECK_EQ(pthread_getspecific(keys[0]), NULL);
	CHECK_EQ(pthread_setspecific(keys[0], argument), 0);
	CHECK_EQ(pthread_setspecific(keys[1], (void *)1), 0);
	CHECK_EQ(pthread_setspecific(keys[2], NULL), 0);
	CHECK_EQ(pthread_setspecific(keys[3], (void *)3), 0);
	sched_yield();
	CHECK_EQ(pthread_getspecific(keys[0]), argument);
	return NULL;
}

static void test_keys(void)
{
	pthread_t threads[3];
	pthread_key_t key, all[PTHREAD_KEYS_MAX];
	int made = 0;

	for (int i = 0; i < 3; i++)
		CHECK_EQ(pthread_key_create(&keys[i], count), 0);
	CHECK_EQ(pthread_key_create(&keys[3], set_again), 0);
	CHECK_EQ(pthread_setspecific(keys[0], (void *)7), 0);
	for (long i = 0; i < 3; i++)
		CHECK_EQ(pthread_create(&threads[i], NULL, use, (void *)(10 * (i + 1))), 0);
	for (int i = 0; i < 3; i++)
		CHECK_EQ(pthread_join(threads[i], NULL), 0);
	CHECK_EQ(destroyed[0], 3);
	CHECK_EQ(destroyed[1], 3);
	CHECK_EQ(destroyed[2], 0);
	CHECK_EQ(rounds, 3 * PTHREAD_DESTRUCTOR_ITERATIONS);
	CHECK_EQ(pthread_getspecific(keys[0]), 7);

	/* A key made anew has no value, whatever the old one had. */
	CHECK_EQ(pthread_key_delete(keys[0]), 0);
	CHECK_EQ(pthread_setspecific(keys[0], (void *)8), EINVAL);
	CHECK_EQ(pthread_key_delete(keys[0]), EINVAL);
	while (pthread_key_create(&key, NULL) == 0) {
		CHECK_EQ(pthread_getspecific(key), NULL);
		all[made++] = key;
	}
	CHECK_EQ(made, PTHREAD_KEYS_MAX - 3);
	CHECK_EQ(pthread_key_create(&key, NULL), EAGAIN);
	while (made > 0)
		CHECK_EQ(pthread_key_delete(all[--made]), 0);
}

static pthread_once_t once = PTHREAD_ONCE_INIT;
static int runs, ready;

static void slow(void)
{
	runs++;
	for (int i = 0; i < 20; i++)
		sched_yield();
	ready = 1;
}

static void *run_once(void *argument)
{
	(void)argument;
	CHECK_EQ(pthread_once(&once, slow), 0);
	CHECK_EQ(ready, 1);
	return NULL;
}

static volatile int in_function;

static void never_ends(void)
{
	in_function = 1;
	for (;;)
		pause();
}

static void ends(void)
{
	ready = 2;
}

static pthread_once_t cancelled_once = PTHREAD_ONCE_INIT;

static void *run_never_ending(void *argument)
{
	(void)argument;
	pthread_once(&cancelled_once, never_ends);
	return NULL;
}

static void fork_in_function(void)
{
	/* In the child the other thread is not there to finish: the function runs again. */
	CHECK_EQ(pthread_once(&cancelled_once, ends), 0);
	CHECK_EQ(ready, 2);
}

static void test_once(void)
{
	pthread_t threads[4];

	for (int i = 0; i < 4; i++)
		CHECK_EQ(pthread_create(&threads[i], NULL, run_once, NULL), 0);
	for (int i = 0; i < 4; i++)
		CHECK_EQ(pthread_join(threads[i], NULL), 0);
	CHECK_EQ(runs, 1);
	CHECK_EQ(pthread_create(&threads[0], NULL, run_never_ending, NULL), 0);
	while (!in_function)
		sched_yield();
	CHECK_EXIT(fork_in_function, 0);
	CHECK_EQ(pthread_cancel(threads[0]), 0);
	CHECK_EQ(pthread_once(&cancelled_once, ends), 0);
	CHECK_EQ(ready, 2);
	CHECK_EQ(pthread_join(threads[0], NULL), 0);
}

int main(void)
{
	test_keys();
	test_once();
	PASS();
}
