/* Reader-writer locks: readers share, a writer is alone, waiting may have an end, and what a thread
 * asks that already has it is answered. */
#define _GNU_SOURCE
#include "test.h"
#include <pthread.h>

#define THREADS	4
#define ROUNDS	3000

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
static volatile int readers_inside, writers_inside;
static int written;

static void *other(void *argument)
{
	struct timespec past = { 1, 0 }, wrong = { 1, 1000000000 };

	(void)argument;
	CHECK_EQ(pthread_rwlock_timedwrlock(&lock, &past), ETIMEDOUT);
	CHECK_EQ(pthread_rwlock_timedwrlock(&lock, &wrong), EINVAL);
	CHECK_EQ(pthread_rwlock_clockwrlock(&lock, CLOCK_MONOTONIC, &(struct timespec){ 0, 1 }), ETIMEDOUT);
	CHECK_EQ(pthread_rwlock_trywrlock(&lock), EBUSY);
	int error = pthread_rwlock_tryrdlock(&lock);
	if (error == EBUSY) {
		CHECK_EQ(pthread_rwlock_timedrdlock(&lock, &past), ETIMEDOUT);
		CHECK_EQ(pthread_rwlock_clockrdlock(&lock, CLOCK_MONOTONIC, &(struct timespec){ 0, 1 }), ETIMEDOUT);
	} else {
		CHECK_EQ(error, 0);
		CHECK_EQ(pthread_rwlock_unlock(&lock), 0);
	}
	return (void *)(long)error;
}

static int tried_by_other(void)
{
	pthread_t thread;
	void *result;

	CHECK_EQ(pthread_create(&thread, NULL, other, NULL), 0);
	CHECK_EQ(pthread_join(thread, &result), 0);
	return (int)(long)result;
}

static void test_one(void)
{
	CHECK_EQ(pthread_rwlock_rdlock(&lock), 0);
	CHECK_EQ(pthread_rwlock_rdlock(&lock), 0);
	CHECK_EQ(tried_by_other(), 0);
	CHECK_EQ(pthread_rwlock_trywrlock(&lock), EBUSY);
	CHECK_EQ(pthread_rwlock_unlock(&lock), 0);
	CHECK_EQ(pthread_rwlock_trywrlock(&lock), EBUSY);
	CHECK_EQ(pthread_rwlock_unlock(&lock), 0);
	CHECK_EQ(pthread_rwlock_wrlock(&lock), 0);
	CHECK_EQ(pthread_rwlock_wrlock(&lock), EDEADLK);
	CHECK_EQ(pthread_rwlock_rdlock(&lock), EDEADLK);
	CHECK_EQ(tried_by_other(), EBUSY);
	CHECK_EQ(pthread_rwlock_unlock(&lock), 0);
	CHECK_EQ(pthread_rwlock_destroy(&lock), 0);
	CHECK_EQ(pthread_rwlock_init(&lock, NULL), 0);
}

static void read_it(void)
{
	CHECK_EQ(pthread_rwlock_rdlock(&lock), 0);
	int now = __atomic_add_fetch(&readers_inside, 1, __ATOMIC_SEQ_CST);
	CHECK_EQ(writers_inside, 0);
	if (now == 1)
		sched_yield();
	__atomic_sub_fetch(&readers_inside, 1, __ATOMIC_SEQ_CST);
	CHECK_EQ(pthread_rwlock_unlock(&lock), 0);
}

static void write_it(int i)
{
	CHECK_EQ(pthread_rwlock_wrlock(&lock), 0);
	CHECK_EQ(readers_inside, 0);
	CHECK_EQ(writers_inside++, 0);
	written++;
	if (i % 32 == 0)
		sched_yield();
	writers_inside--;
	CHECK_EQ(pthread_rwlock_unlock(&lock), 0);
}

static void *mix(void *argument)
{
	(void)argument;
	for (int i = 0; i < ROUNDS; i++) {
		if (i % 3 == 0)
			write_it(i);
		else
			read_it();
	}
	return NULL;
}

int main(void)
{
	pthread_t threads[THREADS];

	test_one();
	for (int i = 0; i < THREADS; i++)
		CHECK_EQ(pthread_create(&threads[i], NULL, mix, NULL), 0);
	for (int i = 0; i < THREADS; i++)
		CHECK_EQ(pthread_join(threads[i], NULL), 0);
	CHECK_EQ(written, THREADS * ROUNDS / 3);
	PASS();
}
