/* Mutexes: what each kind says when its owner, another thread or nobody locks or unlocks it; waiting
 * with an end; and that only one thread at a time has one. */
#define _GNU_SOURCE
#include "test.h"
#include <pthread.h>

#define THREADS	4
#define ROUNDS	5000

static pthread_mutex_t mutex;

static struct timespec in_ms(clockid_t clock, long ms)
{
	struct timespec time;

	CHECK_EQ(clock_gettime(clock, &time), 0);
	time.tv_nsec += ms * 1000000;
	time.tv_sec += time.tv_nsec / 1000000000;
	time.tv_nsec %= 1000000000;
	return time;
}

static void *try_lock(void *argument)
{
	(void)argument;
	int error = pthread_mutex_trylock(&mutex);

	if (error == 0)
		CHECK_EQ(pthread_mutex_unlock(&mutex), 0);
	return (void *)(long)error;
}

static void *unlock(void *argument)
{
	(void)argument;
	return (void *)(long)pthread_mutex_unlock(&mutex);
}

static int in_thread(void *(*function)(void *))
{
	pthread_t thread;
	void *result;

	CHECK_EQ(pthread_create(&thread, NULL, function, NULL), 0);
	CHECK_EQ(pthread_join(thread, &result), 0);
	return (int)(long)result;
}

static void init(int type)
{
	pthread_mutexattr_t attributes;
	int got;

	CHECK_EQ(pthread_mutexattr_init(&attributes), 0);
	CHECK_EQ(pthread_mutexattr_settype(&attributes, type), 0);
	CHECK_EQ(pthread_mutexattr_gettype(&attributes, &got), 0);
	CHECK_EQ(got, type);
	CHECK_EQ(pthread_mutex_init(&mutex, &attributes), 0);
	CHECK_EQ(pthread_mutexattr_destroy(&attributes), 0);
}

static void *timed(void *argument)
{
	struct timespec past = { 1, 0 }, soon = in_ms(CLOCK_REALTIME, 2), wrong = { 1, 1000000000 };
	struct timespec later = in_ms(CLOCK_MONOTONIC, 2);

	(void)argument;
	CHECK_EQ(pthread_mutex_timedlock(&mutex, &past), ETIMEDOUT);
	CHECK_EQ(pthread_mutex_timedlock(&mutex, &wrong), EINVAL);
	CHECK_EQ(pthread_mutex_timedlock(&mutex, &soon), ETIMEDOUT);
	soon = in_ms(CLOCK_REALTIME, 0);
	CHECK_EQ(pthread_mutex_clocklock(&mutex, CLOCK_MONOTONIC, &later), ETIMEDOUT);
	later = in_ms(CLOCK_MONOTONIC, 0);
	CHECK_EQ(pthread_mutex_clocklock(&mutex, CLOCK_PROCESS_CPUTIME_ID, &later), EINVAL);
	return NULL;
}

static void test_kind(int type, int again, int again_try, int not_owner)
{
	init(type);
	CHECK_EQ(pthread_mutex_lock(&mutex), 0);
	CHECK_EQ(in_thread(try_lock), EBUSY);
	CHECK_EQ(pthread_mutex_destroy(&mutex), EBUSY);
	CHECK_EQ(pthread_mutex_trylock(&mutex), again_try);
	if (again == 0) {
		CHECK_EQ(pthread_mutex_unlock(&mutex), 0);
		CHECK_EQ(pthread_mutex_lock(&mutex), 0);
		CHECK_EQ(pthread_mutex_unlock(&mutex), 0);
		CHECK_EQ(in_thread(try_lock), EBUSY);
	} else if (again > 0) {
		CHECK_EQ(pthread_mutex_lock(&mutex), again);
	}
	CHECK_EQ(in_thread(timed), 0);
	if (not_owner)
		CHECK_EQ(in_thread(unlock), not_owner);
	CHECK_EQ(pthread_mutex_unlock(&mutex), 0);
	if (not_owner)
		CHECK_EQ(pthread_mutex_unlock(&mutex), not_owner);
	CHECK_EQ(in_thread(try_lock), 0);
	CHECK_EQ(pthread_mutex_destroy(&mutex), 0);
}

static volatile long inside, total;

static void *contend(void *argument)
{
	pthread_mutex_t *shared = argument;

	for (int i = 0; i < ROUNDS; i++) {
		struct timespec soon = in_ms(CLOCK_REALTIME, 50);

		if (i % 3 == 0) {
			while (pthread_mutex_timedlock(shared, &soon) != 0)
				soon = in_ms(CLOCK_REALTIME, 50);
		} else if (i % 3 == 1) {
			CHECK_EQ(pthread_mutex_lock(shared), 0);
		} else if (pthread_mutex_trylock(shared) != 0) {
			i--;
			sched_yield();
			continue;
		}
		CHECK_EQ(inside++, 0);
		total++;
		if (i % 64 == 0)
			sched_yield();		/* the others find it held */
		inside--;
		CHECK_EQ(pthread_mutex_unlock(shared), 0);
	}
	return NULL;
}

static void test_contended(pthread_mutex_t *shared)
{
	pthread_t threads[THREADS];

	total = 0;
	for (int i = 0; i < THREADS; i++)
		CHECK_EQ(pthread_create(&threads[i], NULL, contend, shared), 0);
	for (int i = 0; i < THREADS; i++)
		CHECK_EQ(pthread_join(threads[i], NULL), 0);
	CHECK_EQ(total, THREADS * ROUNDS);
}

int main(void)
{
	static pthread_mutex_t normal = PTHREAD_MUTEX_INITIALIZER;
	static pthread_mutex_t recursive = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
	static pthread_mutex_t checking = PTHREAD_ERRORCHECK_MUTEX_INITIALIZER_NP;
	pthread_mutexattr_t attributes;

	test_kind(PTHREAD_MUTEX_NORMAL, -1, EBUSY, 0);
	test_kind(PTHREAD_MUTEX_RECURSIVE, 0, 0, EPERM);
	test_kind(PTHREAD_MUTEX_ERRORCHECK, EDEADLK, EBUSY, EPERM);
	test_contended(&normal);
	test_contended(&recursive);
	test_contended(&checking);
	CHECK_EQ(pthread_mutexattr_init(&attributes), 0);
	CHECK_EQ(pthread_mutexattr_settype(&attributes, 77), EINVAL);
	CHECK_EQ(pthread_mutexattr_setpshared(&attributes, 77), EINVAL);
	CHECK_EQ(pthread_mutexattr_setrobust(&attributes, 77), EINVAL);
	PASS();
}
