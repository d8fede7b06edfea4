/* Condition variables: no wake-up is lost between threads that take turns, also when waiters give up
 * all the time; a broadcast wakes all; times of both clocks; one may be destroyed as soon as its
 * waiters are woken. */
#define _GNU_SOURCE
#include "test.h"
#include <pthread.h>
#include <sys/mman.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;
static int turn, waiting, go;

static struct timespec in_us(clockid_t clock, long us)
{
	struct timespec time;

	CHECK_EQ(clock_gettime(clock, &time), 0);
	time.tv_nsec += us * 1000;
	time.tv_sec += time.tv_nsec / 1000000000;
	time.tv_nsec %= 1000000000;
	return time;
}

/* Two threads take turns; who signals knows that the other waits. */
static void *take_turns(void *argument)
{
	int own = (int)(long)argument;

	CHECK_EQ(pthread_mutex_lock(&mutex), 0);
	for (int i = 0; i < 2000; i++) {
		while (turn != own)
			CHECK_EQ(pthread_cond_wait(&cond, &mutex), 0);
		turn = !own;
		CHECK_EQ(pthread_cond_signal(&cond), 0);
	}
	CHECK_EQ(pthread_mutex_unlock(&mutex), 0);
	return NULL;
}

static void test_turns(void)
{
	pthread_t threads[2];

	for (long i = 0; i < 2; i++)
		CHECK_EQ(pthread_create(&threads[i], NULL, take_turns, (void *)i), 0);
	for (int i = 0; i < 2; i++)
		CHECK_EQ(pthread_join(threads[i], NULL), 0);
}

/* Items are handed to consumers that wait for a very short time: what a signal was for is always
 * taken, by whom it woke or by one that was not asleep. */
static int items, taken;
static volatile int produced;

static void *consume(void *argument)
{
	long *timeouts = argument;

	CHECK_EQ(pthread_mutex_lock(&mutex), 0);
	while (!produced || items > 0) {
		struct timespec soon = in_us(CLOCK_REALTIME, 30);

		if (items == 0) {
			int error = pthread_cond_timedwait(&cond, &mutex, &soon);

			CHECK(error == 0 || error == ETIMEDOUT);
			*timeouts += error == ETIMEDOUT;
			continue;
		}
		items--;
		taken++;
	}
	CHECK_EQ(pthread_mutex_unlock(&mutex), 0);
	return NULL;
}

static void test_giving_up(void)
{
	pthread_t threads[3];
	long timeouts[3] = { 0 };

	for (int i = 0; i < 3; i++)
		CHECK_EQ(pthread_create(&threads[i], NULL, consume, &timeouts[i]), 0);
	for (int i = 0; i < 1000; i++) {
		CHECK_EQ(pthread_mutex_lock(&mutex), 0);
		items++;
		CHECK_EQ(pthread_cond_signal(&cond), 0);
		CHECK_EQ(pthread_mutex_unlock(&mutex), 0);
		if (i % 10 == 0)
			sched_yield();
	}
	CHECK_EQ(pthread_mutex_lock(&mutex), 0);
	produced = 1;
	CHECK_EQ(pthread_mutex_unlock(&mutex), 0);
	for (int i = 0; i < 3; i++)
		CHECK_EQ(pthread_join(threads[i], NULL), 0);
	CHECK_EQ(taken, 1000);
	CHECK_EQ(pthread_cond_destroy(&cond), 0);
}

static void *wait_to_go(void *argument)
{
	pthread_cond_t *own = argument;

	CHECK_EQ(pthread_mutex_lock(&mutex), 0);
	waiting++;
	while (!go)
		CHECK_EQ(pthread_cond_wait(own, &mutex), 0);
	waiting--;
	CHECK_EQ(pthread_mutex_unlock(&mutex), 0);
	return NULL;
}

static void test_broadcast(pthread_cond_t *own)
{
	pthread_t threads[8];

	go = 0;
	for (int i = 0; i < 8; i++)
		CHECK_EQ(pthread_create(&threads[i], NULL, wait_to_go, own), 0);
	for (int ready = 0; ready < 8;) {
		CHECK_EQ(pthread_mutex_lock(&mutex), 0);
		ready = waiting;
		if (ready == 8) {
			go = 1;
			CHECK_EQ(pthread_cond_broadcast(own), 0);
			CHECK_EQ(pthread_cond_destroy(own), 0);
			memset(own, 0x5a, sizeof(*own));
		}
		CHECK_EQ(pthread_mutex_unlock(&mutex), 0);
	}
	for (int i = 0; i < 8; i++)
		CHECK_EQ(pthread_join(threads[i], NULL), 0);
	CHECK_EQ(waiting, 0);
	for (size_t i = 0; i < sizeof(*own); i++)
		CHECK_EQ(((unsigned char *)own)[i], 0x5a);	/* nobody has touched it since */
}

static void test_times(void)
{
	struct timespec past = { 1, 0 }, negative = { -1, 0 }, wrong = { 1, -1 }, before, after;
	struct timespec soon = in_us(CLOCK_MONOTONIC, 3000);
	pthread_condattr_t attributes;
	pthread_cond_t monotonic, real;
	clockid_t clock;

	CHECK_EQ(pthread_cond_init(&real, NULL), 0);
	CHECK_EQ(pthread_condattr_init(&attributes), 0);
	CHECK_EQ(pthread_condattr_setclock(&attributes, CLOCK_PROCESS_CPUTIME_ID), EINVAL);
	CHECK_EQ(pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC), 0);
	CHECK_EQ(pthread_condattr_getclock(&attributes, &clock), 0);
	CHECK_EQ(clock, CLOCK_MONOTONIC);
	CHECK_EQ(pthread_cond_init(&monotonic, &attributes), 0);
	CHECK_EQ(pthread_mutex_lock(&mutex), 0);
	CHECK_EQ(pthread_cond_timedwait(&real, &mutex, &past), ETIMEDOUT);
	CHECK_EQ(pthread_cond_timedwait(&real, &mutex, &negative), ETIMEDOUT);
	CHECK_EQ(pthread_cond_timedwait(&real, &mutex, &wrong), EINVAL);
	CHECK_EQ(pthread_mutex_trylock(&mutex), EBUSY);
	CHECK_EQ(pthread_cond_timedwait(&monotonic, &mutex, &soon), ETIMEDOUT);
	CHECK_EQ(clock_gettime(CLOCK_MONOTONIC, &after), 0);
	CHECK(after.tv_sec > soon.tv_sec || (after.tv_sec == soon.tv_sec && after.tv_nsec >= soon.tv_nsec));
	before = in_us(CLOCK_REALTIME, 3000);
	CHECK_EQ(pthread_cond_clockwait(&monotonic, &mutex, CLOCK_REALTIME, &before), ETIMEDOUT);
	CHECK_EQ(clock_gettime(CLOCK_REALTIME, &after), 0);
	CHECK(after.tv_sec > before.tv_sec || (after.tv_sec == before.tv_sec && after.tv_nsec >= before.tv_nsec));
	CHECK_EQ(pthread_mutex_unlock(&mutex), 0);
	CHECK_EQ(pthread_cond_destroy(&monotonic), 0);
}

/* Between processes. */
struct shared {
	pthread_mutex_t mutex;
	pthread_cond_t cond;
	int turn;
};

static void take_shared_turns(struct shared *shared, int own)
{
	CHECK_EQ(pthread_mutex_lock(&shared->mutex), 0);
	for (int i = 0; i < 200; i++) {
		while (shared->turn != own)
			CHECK_EQ(pthread_cond_wait(&shared->cond, &shared->mutex), 0);
		shared->turn = !own;
		CHECK_EQ(pthread_cond_signal(&shared->cond), 0);
	}
	CHECK_EQ(pthread_mutex_unlock(&shared->mutex), 0);
}

static void test_shared(void)
{
	struct shared *shared =
		mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	pthread_mutexattr_t of_mutex;
	pthread_condattr_t of_cond;
	int status;

	CHECK(shared != MAP_FAILED);
	pthread_mutexattr_init(&of_mutex);
	pthread_condattr_init(&of_cond);
	CHECK_EQ(pthread_mutexattr_setpshared(&of_mutex, PTHREAD_PROCESS_SHARED), 0);
	CHECK_EQ(pthread_condattr_setpshared(&of_cond, PTHREAD_PROCESS_SHARED), 0);
	CHECK_EQ(pthread_mutex_init(&shared->mutex, &of_mutex), 0);
	CHECK_EQ(pthread_cond_init(&shared->cond, &of_cond), 0);
	pid_t child = fork();
	CHECK(child >= 0);
	take_shared_turns(shared, child == 0);
	if (child == 0)
		_exit(0);
	CHECK_EQ(waitpid(child, &status, 0), child);
	CHECK_EQ(status, 0);
	CHECK_EQ(munmap(shared, 4096), 0);
}

int main(void)
{
	pthread_cond_t own = PTHREAD_COND_INITIALIZER;

	test_turns();
	test_giving_up();
	for (int i = 0; i < 20; i++) {
		CHECK_EQ(pthread_cond_init(&own, NULL), 0);
		test_broadcast(&own);
	}
	test_times();
	test_shared();
	PASS();
}
