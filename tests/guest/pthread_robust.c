/* Robust mutexes: who gets one whose owner has ended is told, and may make it consistent; if he does
 * not, nobody gets it any more. Owners that end are threads and processes, also while others wait. */
#define _GNU_SOURCE
#include "test.h"
#include <pthread.h>
#include <sys/mman.h>

static pthread_mutex_t *mutexes;

static void init(int count, int shared)
{
	pthread_mutexattr_t attributes;

	CHECK_EQ(pthread_mutexattr_init(&attributes), 0);
	CHECK_EQ(pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST), 0);
	CHECK_EQ(pthread_mutexattr_setpshared(&attributes, shared), 0);
	for (int i = 0; i < count; i++)
		CHECK_EQ(pthread_mutex_init(&mutexes[i], &attributes), 0);
}

static volatile int locked, may_end;

static void *lock_and_end(void *argument)
{
	for (long i = 0; i < (long)argument; i++)
		CHECK_EQ(pthread_mutex_lock(&mutexes[i]), 0);
	/* One from the middle is given back. */
	if ((long)argument > 2)
		CHECK_EQ(pthread_mutex_unlock(&mutexes[1]), 0);
	locked = 1;
	while (!may_end)
		sched_yield();
	return NULL;
}

static void run(void *(*function)(void *), void *argument)
{
	pthread_t thread;

	CHECK_EQ(pthread_create(&thread, NULL, function, argument), 0);
	CHECK_EQ(pthread_join(thread, NULL), 0);
}

static void test_dead_thread(void)
{
	init(3, PTHREAD_PROCESS_PRIVATE);
	may_end = 1;
	run(lock_and_end, (void *)3);
	CHECK_EQ(pthread_mutex_lock(&mutexes[1]), 0);
	CHECK_EQ(pthread_mutex_consistent(&mutexes[1]), EINVAL);
	CHECK_EQ(pthread_mutex_unlock(&mutexes[1]), 0);

	CHECK_EQ(pthread_mutex_lock(&mutexes[0]), EOWNERDEAD);
	CHECK_EQ(pthread_mutex_consistent(&mutexes[0]), 0);
	CHECK_EQ(pthread_mutex_unlock(&mutexes[0]), 0);
	CHECK_EQ(pthread_mutex_lock(&mutexes[0]), 0);
	CHECK_EQ(pthread_mutex_unlock(&mutexes[0]), 0);

	CHECK_EQ(pthread_mutex_trylock(&mutexes[2]), EOWNERDEAD);
	CHECK_EQ(pthread_mutex_unlock(&mutexes[2]), 0);
	CHECK_EQ(pthread_mutex_lock(&mutexes[2]), ENOTRECOVERABLE);
	CHECK_EQ(pthread_mutex_trylock(&mutexes[2]), ENOTRECOVERABLE);
	CHECK_EQ(pthread_mutex_destroy(&mutexes[2]), 0);
}

/* Waiters of one that gets lost are all told. */
static void *wait_for_it(void *argument)
{
	(void)argument;
	int error = pthread_mutex_lock(&mutexes[0]);

	if (error == EOWNERDEAD) {
		usleep(2000);
		CHECK_EQ(pthread_mutex_unlock(&mutexes[0]), 0);
	}
	return (void *)(long)error;
}

static void test_waiters(void)
{
	pthread_t owner, waiters[3];
	int dead = 0, lost = 0;
	void *result;

	locked = may_end = 0;
	init(1, PTHREAD_PROCESS_PRIVATE);
	CHECK_EQ(pthread_create(&owner, NULL, lock_and_end, (void *)1), 0);
	while (!locked)
		sched_yield();
	for (int i = 0; i < 3; i++)
		CHECK_EQ(pthread_create(&waiters[i], NULL, wait_for_it, NULL), 0);
	usleep(2000);		/* they sleep by now, most likely */
	may_end = 1;
	for (int i = 0; i < 3; i++) {
		CHECK_EQ(pthread_join(waiters[i], &result), 0);
		dead += result == (void *)EOWNERDEAD;
		lost += result == (void *)ENOTRECOVERABLE;
	}
	CHECK_EQ(pthread_join(owner, NULL), 0);
	CHECK_EQ(dead, 1);
	CHECK_EQ(lost, 2);
}

static void test_dead_process(void)
{
	int status;

	init(2, PTHREAD_PROCESS_SHARED);
	for (int round = 0; round < 2; round++) {
		pid_t child = fork();

		CHECK(child >= 0);
		if (child == 0) {
			if (pthread_mutex_lock(&mutexes[0]) || pthread_mutex_lock(&mutexes[1]))
				_exit(1);
			raise(SIGKILL);
		}
		CHECK_EQ(waitpid(child, &status, 0), child);
		CHECK(WIFSIGNALED(status));
		for (int i = 0; i < 2; i++) {
			CHECK_EQ(pthread_mutex_lock(&mutexes[i]), EOWNERDEAD);
			CHECK_EQ(pthread_mutex_consistent(&mutexes[i]), 0);
			CHECK_EQ(pthread_mutex_unlock(&mutexes[i]), 0);
		}
	}
}

int main(void)
{
	mutexes = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	CHECK(mutexes != MAP_FAILED);
	test_dead_thread();
	test_waiters();
	test_dead_process();
	PASS();
}
