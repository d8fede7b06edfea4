/* Barriers: nobody passes before all have come, one of them is told so, and that one may destroy the
 * barrier and its memory at once. Spin locks besides. */
#define _GNU_SOURCE
#include "test.h"
#include <pthread.h>
#include <sys/mman.h>

#define THREADS	5
#define ROUNDS	300

static pthread_barrier_t barrier;
static int arrived, serial;
static pthread_spinlock_t spin;
static int under_spin;

static void *pass(void *argument)
{
	(void)argument;
	for (int round = 1; round <= ROUNDS; round++) {
		__atomic_fetch_add(&arrived, 1, __ATOMIC_SEQ_CST);
		int result = pthread_barrier_wait(&barrier);
		int now = __atomic_load_n(&arrived, __ATOMIC_SEQ_CST);

		CHECK(now >= round * THREADS && now <= round * THREADS + THREADS - 1);
		if (result == PTHREAD_BARRIER_SERIAL_THREAD)
			__atomic_fetch_add(&serial, 1, __ATOMIC_SEQ_CST);
		else
			CHECK_EQ(result, 0);
		CHECK_EQ(pthread_spin_lock(&spin), 0);
		under_spin++;
		CHECK_EQ(pthread_spin_unlock(&spin), 0);
	}
	return NULL;
}

/* Each barrier is used once and unmapped by the one who is told. */
static pthread_barrier_t *volatile once[ROUNDS];

static void *pass_once(void *argument)
{
	(void)argument;
	for (int i = 0; i < ROUNDS; i++) {
		pthread_barrier_t *own = once[i];

		if (pthread_barrier_wait(own) == PTHREAD_BARRIER_SERIAL_THREAD) {
			CHECK_EQ(pthread_barrier_destroy(own), 0);
			CHECK_EQ(munmap((void *)own, 4096), 0);
		}
	}
	return NULL;
}

static void run(void *(*function)(void *))
{
	pthread_t threads[THREADS];

	for (int i = 0; i < THREADS; i++)
		CHECK_EQ(pthread_create(&threads[i], NULL, function, NULL), 0);
	for (int i = 0; i < THREADS; i++)
		CHECK_EQ(pthread_join(threads[i], NULL), 0);
}

int main(void)
{
	CHECK_EQ(pthread_barrier_init(&barrier, NULL, 0), EINVAL);
	CHECK_EQ(pthread_barrier_init(&barrier, NULL, THREADS), 0);
	CHECK_EQ(pthread_spin_init(&spin, PTHREAD_PROCESS_PRIVATE), 0);
	run(pass);
	CHECK_EQ(serial, ROUNDS);
	CHECK_EQ(under_spin, ROUNDS * THREADS);
	CHECK_EQ(pthread_barrier_destroy(&barrier), 0);
	CHECK_EQ(pthread_spin_lock(&spin), 0);
	CHECK_EQ(pthread_spin_trylock(&spin), EBUSY);
	CHECK_EQ(pthread_spin_unlock(&spin), 0);
	CHECK_EQ(pthread_spin_destroy(&spin), 0);

	for (int i = 0; i < ROUNDS; i++) {
		once[i] = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		CHECK(once[i] != MAP_FAILED);
		CHECK_EQ(pthread_barrier_init(once[i], NULL, THREADS), 0);
	}
	run(pass_once);
	PASS();
}
