/* sem_open(3): a name is one semaphore for all processes, and one address in each.
 * guest-only: it makes a file in /dev/shm. */
#define _GNU_SOURCE
#include "test.h"
#include <fcntl.h>
#include <pthread.h>
#include <semaphore.h>
#include <sys/stat.h>

#define ROUNDS	200
#define THREADS	4

static char name[64], path[80];

static void child(void)
{
	sem_t *semaphore = sem_open(name, 0);

	CHECK(semaphore != SEM_FAILED);
	for (int i = 0; i < ROUNDS; i++)
		CHECK_EQ(sem_post(semaphore), 0);
	/* Once for this process, and once for what fork gave it. */
	CHECK_EQ(sem_close(semaphore), 0);
	CHECK_EQ(sem_close(semaphore), 0);
	CHECK_ERRNO(sem_close(semaphore), EINVAL);
}

/* While others make and remove it: each post is there for the wait behind it. */
static void *opens(void *argument)
{
	for (int i = 0; i < ROUNDS; i++) {
		sem_t *semaphore = sem_open(name, O_CREAT, 0600, 0);

		CHECK(semaphore != SEM_FAILED);
		CHECK_EQ(sem_post(semaphore), 0);
		CHECK_EQ(sem_trywait(semaphore), 0);
		CHECK_EQ(sem_close(semaphore), 0);
		if (i % 8 == 0)
			sem_unlink(name);
	}
	return argument;
}

static void test_threads(void)
{
	pthread_t threads[THREADS];

	for (int i = 0; i < THREADS; i++)
		CHECK_EQ(pthread_create(&threads[i], NULL, opens, NULL), 0);
	for (int i = 0; i < THREADS; i++)
		CHECK_EQ(pthread_join(threads[i], NULL), 0);
	sem_unlink(name);
}

/* What it was doing when this process began is not left half done. */
static void child_opens(void)
{
	sem_t *semaphore = sem_open(name, O_CREAT, 0600, 0);

	CHECK(semaphore != SEM_FAILED);
	CHECK_EQ(sem_close(semaphore), 0);
}

static void test_forks(void)
{
	pthread_t threads[THREADS];

	for (int i = 0; i < THREADS; i++)
		CHECK_EQ(pthread_create(&threads[i], NULL, opens, NULL), 0);
	for (int i = 0; i < ROUNDS / 4; i++)
		CHECK_EXIT(child_opens, 0);
	for (int i = 0; i < THREADS; i++)
		CHECK_EQ(pthread_join(threads[i], NULL), 0);
	sem_unlink(name);
}

static volatile int came_through;

static void *cancelled(void *argument)
{
	(void)argument;
	CHECK_EQ(pthread_cancel(pthread_self()), 0);
	sem_t *semaphore = sem_open(name, O_CREAT | O_EXCL, 0600, 1);
	CHECK(semaphore != SEM_FAILED);
	CHECK(sem_open(name, 0) == semaphore);
	CHECK_EQ(sem_close(semaphore), 0);
	CHECK_EQ(sem_close(semaphore), 0);
	CHECK_EQ(sem_unlink(name), 0);
	came_through = 1;
	pthread_testcancel();
	return NULL;
}

static void test_cancel(void)
{
	pthread_t thread;
	void *result;

	CHECK_EQ(pthread_create(&thread, NULL, cancelled, NULL), 0);
	CHECK_EQ(pthread_join(thread, &result), 0);
	CHECK_EQ(result, PTHREAD_CANCELED);
	CHECK_EQ(came_through, 1);
}

int main(void)
{
	struct stat status;
	int value;

	snprintf(name, sizeof(name), "/synos-test-%d", (int)getpid());
	snprintf(path, sizeof(path), "/dev/shm/sem.%s", name + 1);
	CHECK(sem_open(name, 0) == SEM_FAILED);
	CHECK_EQ(errno, ENOENT);
	umask(022);
	sem_t *semaphore = sem_open(name, O_CREAT | O_EXCL, 0666, 3);
	CHECK(semaphore != SEM_FAILED);
	CHECK_EQ(stat(path, &status), 0);
	CHECK_EQ(status.st_mode, S_IFREG | 0644);
	CHECK_EQ(sem_getvalue(semaphore, &value), 0);
	CHECK_EQ(value, 3);
	CHECK(sem_open(name, O_CREAT | O_EXCL, 0600, 0) == SEM_FAILED);
	CHECK_EQ(errno, EEXIST);
	CHECK(sem_open(name, O_CREAT, 0600, 9) == semaphore);
	CHECK_EQ(sem_getvalue(semaphore, &value), 0);
	CHECK_EQ(value, 3);
	CHECK_EQ(sem_close(semaphore), 0);
	CHECK_EXIT(child, 0);
	for (int i = 0; i < ROUNDS + 3; i++)
		CHECK_EQ(sem_trywait(semaphore), 0);
	CHECK_ERRNO(sem_trywait(semaphore), EAGAIN);
	/* The name is gone, the semaphore is not. */
	CHECK_EQ(sem_unlink(name), 0);
	CHECK_ERRNO(sem_unlink(name), ENOENT);
	CHECK_EQ(sem_post(semaphore), 0);
	CHECK_EQ(sem_close(semaphore), 0);

	CHECK(sem_open("/", O_CREAT, 0600, 0) == SEM_FAILED);
	CHECK(sem_open("/a/b", O_CREAT, 0600, 0) == SEM_FAILED);
	CHECK_EQ(errno, EINVAL);
	CHECK(sem_open(name, O_CREAT, 0600, 0x80000000u) == SEM_FAILED);
	CHECK_EQ(errno, EINVAL);
	test_threads();
	test_forks();
	test_cancel();
	CHECK_EQ(access(path, F_OK), -1);
	PASS();
}
