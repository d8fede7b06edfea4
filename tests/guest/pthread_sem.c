/* Semaphores: as many pass as were posted, between threads and between processes; errors; a
 * semaphore may be destroyed as soon as sem_wait has returned. */
#define _GNU_SOURCE
#include "test.h"
#include <pthread.h>
#include <semaphore.h>
#include <sys/mman.h>
#include <sys/time.h>

#define ITEMS 3000

static sem_t full, room;
static int ring[4], in, out;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static void *produce(void *argument)
{
	(void)argument;
	for (int i = 0; i < ITEMS; i++) {
		CHECK_EQ(sem_wait(&room), 0);
		CHECK_EQ(pthread_mutex_lock(&mutex), 0);
		ring[in++ % 4] = i;
		CHECK_EQ(pthread_mutex_unlock(&mutex), 0);
		CHECK_EQ(sem_post(&full), 0);
	}
	return NULL;
}

static void *consume(void *argument)
{
	long sum = 0;

	(void)argument;
	for (int i = 0; i < ITEMS; i++) {
		while (i % 2 ? sem_wait(&full) : sem_trywait(&full)) {
			CHECK_EQ(errno, EAGAIN);
			sched_yield();
		}
		CHECK_EQ(pthread_mutex_lock(&mutex), 0);
		sum += ring[out++ % 4];
		CHECK_EQ(pthread_mutex_unlock(&mutex), 0);
		CHECK_EQ(sem_post(&room), 0);
	}
	return (void *)sum;
}

static void test_ring(void)
{
	pthread_t threads[4];
	void *sum;
	long total = 0;
	int value;

	CHECK_EQ(sem_init(&full, 0, 0), 0);
	CHECK_EQ(sem_init(&room, 0, 4), 0);
	for (int i = 0; i < 4; i++)
		CHECK_EQ(pthread_create(&threads[i], NULL, i % 2 ? produce : consume, NULL), 0);
	for (int i = 0; i < 4; i++) {
		CHECK_EQ(pthread_join(threads[i], &sum), 0);
		total += (long)sum;
	}
	CHECK_EQ(total, (long)ITEMS * (ITEMS - 1));
	CHECK_EQ(sem_getvalue(&room, &value), 0);
	CHECK_EQ(value, 4);
}

static void test_errors(void)
{
	struct timespec past = { 1, 0 }, wrong = { 1, -1 }, soon;
	sem_t sem;

	CHECK_ERRNO(sem_init(&sem, 0, 0x80000000u), EINVAL);
	CHECK_EQ(sem_init(&sem, 0, 1), 0);
	CHECK_EQ(sem_timedwait(&sem, &past), 0);
	CHECK_ERRNO(sem_trywait(&sem), EAGAIN);
	CHECK_ERRNO(sem_timedwait(&sem, &past), ETIMEDOUT);
	CHECK_ERRNO(sem_timedwait(&sem, &wrong), EINVAL);
	CHECK_EQ(clock_gettime(CLOCK_MONOTONIC, &soon), 0);
	soon.tv_nsec += 2000000;
	soon.tv_sec += soon.tv_nsec / 1000000000;
	soon.tv_nsec %= 1000000000;
	CHECK_ERRNO(sem_clockwait(&sem, CLOCK_MONOTONIC, &soon), ETIMEDOUT);
	CHECK_EQ(sem_init(&sem, 0, SEM_VALUE_MAX), 0);
	CHECK_ERRNO(sem_post(&sem), EOVERFLOW);
	CHECK_EQ(sem_destroy(&sem), 0);
}

static void handler(int signal)
{
	(void)signal;
}

static void test_interrupted(void)
{
	const struct itimerval often = { { 0, 50000 }, { 0, 50000 } }, never = { 0 };
	struct sigaction action = { .sa_handler = handler };
	sem_t sem;

	CHECK_EQ(sigaction(SIGALRM, &action, NULL), 0);
	CHECK_EQ(sem_init(&sem, 0, 0), 0);
	CHECK_EQ(setitimer(ITIMER_REAL, &often, NULL), 0);	/* one may come before it waits */
	CHECK_ERRNO(sem_wait(&sem), EINTR);
	CHECK_EQ(setitimer(ITIMER_REAL, &never, NULL), 0);
}

static void *post(void *argument)
{
	CHECK_EQ(sem_post(argument), 0);
	return NULL;
}

static void test_destroyed(void)
{
	pthread_t thread;

	for (int i = 0; i < 100; i++) {
		sem_t *sem = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

		CHECK(sem != MAP_FAILED);
		CHECK_EQ(sem_init(sem, 0, 0), 0);
		CHECK_EQ(pthread_create(&thread, NULL, post, sem), 0);
		CHECK_EQ(sem_wait(sem), 0);
		CHECK_EQ(sem_destroy(sem), 0);
		CHECK_EQ(munmap(sem, 4096), 0);
		CHECK_EQ(pthread_join(thread, NULL), 0);
	}
}

static void test_shared(void)
{
	sem_t *sem = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	int status;

	CHECK(sem != MAP_FAILED);
	CHECK_EQ(sem_init(&sem[0], 1, 0), 0);
	CHECK_EQ(sem_init(&sem[1], 1, 0), 0);
	pid_t child = fork();
	CHECK(child >= 0);
	for (int i = 0; i < 100; i++) {
		CHECK_EQ(sem_post(&sem[child == 0]), 0);
		CHECK_EQ(sem_wait(&sem[child != 0]), 0);
	}
	if (child == 0)
		_exit(0);
	CHECK_EQ(waitpid(child, &status, 0), child);
	CHECK_EQ(status, 0);
}

int main(void)
{
	test_ring();
	test_errors();
	test_interrupted();
	test_destroyed();
	test_shared();
	PASS();
}
