/* Threads of the C standard: creation and results, mutexes, condition variables, storage of each
 * thread, call_once. */
#define _GNU_SOURCE
#include "test.h"
#include <stdatomic.h>
#include <threads.h>

static mtx_t mutex;
static cnd_t cond;
static tss_t key;
static once_flag once = ONCE_FLAG_INIT;
static atomic_int calls, destroyed;
static thread_local int local = 3;
static int turn;

static void call(void)
{
	calls++;
}

static void destroy(void *value)
{
	destroyed += (int)(long)value;
}

static int run(void *argument)
{
	int own = (int)(long)argument;

	call_once(&once, call);
	CHECK_EQ(local, 3);
	local = own;
	CHECK_EQ(tss_get(key), NULL);
	CHECK_EQ(tss_set(key, (void *)10), thrd_success);
	CHECK_EQ(mtx_lock(&mutex), thrd_success);
	while (turn != own)
		CHECK_EQ(cnd_wait(&cond, &mutex), thrd_success);
	turn++;
	CHECK_EQ(cnd_broadcast(&cond), thrd_success);
	CHECK_EQ(mtx_unlock(&mutex), thrd_success);
	thrd_yield();
	CHECK_EQ(local, own);
	if (own % 2)
		thrd_exit(-own);
	return -own;
}

static void test_threads(void)
{
	thrd_t threads[5];
	int result;

	CHECK_EQ(mtx_init(&mutex, mtx_plain), thrd_success);
	CHECK_EQ(cnd_init(&cond), thrd_success);
	CHECK_EQ(tss_create(&key, destroy), thrd_success);
	for (long i = 4; i >= 0; i--)
		CHECK_EQ(thrd_create(&threads[i], run, (void *)i), thrd_success);
	for (int i = 0; i < 5; i++) {
		CHECK_EQ(thrd_join(threads[i], &result), thrd_success);
		CHECK_EQ(result, -i);
	}
	CHECK_EQ(calls, 1);
	CHECK_EQ(destroyed, 50);
	CHECK_EQ(local, 3);
	CHECK(thrd_equal(thrd_current(), thrd_current()));
	tss_delete(key);
	cnd_destroy(&cond);
	mtx_destroy(&mutex);
}

static int try_lock(void *argument)
{
	struct timespec past = { 1, 0 };

	(void)argument;
	CHECK_EQ(mtx_timedlock(&mutex, &past), thrd_timedout);
	return mtx_trylock(&mutex);
}

static void test_mutexes(void)
{
	struct timespec past = { 1, 0 }, short_time = { 0, 1000 };
	thrd_t thread;
	int result;

	CHECK_EQ(mtx_init(&mutex, 99), thrd_error);
	CHECK_EQ(mtx_init(&mutex, mtx_timed | mtx_recursive), thrd_success);
	CHECK_EQ(cnd_init(&cond), thrd_success);
	CHECK_EQ(mtx_lock(&mutex), thrd_success);
	CHECK_EQ(mtx_trylock(&mutex), thrd_success);
	CHECK_EQ(mtx_unlock(&mutex), thrd_success);
	CHECK_EQ(thrd_create(&thread, try_lock, NULL), thrd_success);
	CHECK_EQ(thrd_join(thread, &result), thrd_success);
	CHECK_EQ(result, thrd_busy);
	CHECK_EQ(cnd_timedwait(&cond, &mutex, &past), thrd_timedout);
	CHECK_EQ(cnd_signal(&cond), thrd_success);
	CHECK_EQ(mtx_unlock(&mutex), thrd_success);
	CHECK_EQ(mtx_unlock(&mutex), thrd_error);
	CHECK_EQ(thrd_sleep(&short_time, NULL), 0);
	short_time.tv_nsec = -1;
	CHECK(thrd_sleep(&short_time, NULL) < -1);
}

int main(void)
{
	test_threads();
	test_mutexes();
	PASS();
}
