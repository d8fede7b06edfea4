/* POSIX threads as the C library makes them of clone and futex: every way to wait for one another, cancellation, what is
 * left by those that die, and the ends of processes with many of them. */
#define _GNU_SOURCE
#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define THREADS 8

static pthread_t threads[THREADS];
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;
static _Thread_local int own = 5;
static volatile int counter, stage;
static sem_t semaphore;

static void start_all(void *(*function)(void *))
{
	for (intptr_t i = 0; i < THREADS; i++)
		if (pthread_create(&threads[i], NULL, function, (void *)i))
			printf("pthread_create fails\n");
}

static intptr_t join_all(void)
{
	intptr_t sum = 0;
	void *result;

	for (int i = 0; i < THREADS; i++) {
		pthread_join(threads[i], &result);
		sum += (intptr_t)result;
	}
	return sum;
}

static void *counts(void *argument)
{
	for (int i = 0; i < 2000; i++) {
		pthread_mutex_lock(&mutex);
		counter++;
		pthread_mutex_unlock(&mutex);
		own++;
	}
	return (void *)((intptr_t)argument + (own == 2005 ? 100 : 0));
}

static void *takes_turns(void *argument)
{
	for (int i = 0; i < 50; i++) {
		pthread_mutex_lock(&mutex);
		while (stage % THREADS != (intptr_t)argument)
			pthread_cond_wait(&cond, &mutex);
		stage++;
		pthread_cond_broadcast(&cond);
		pthread_mutex_unlock(&mutex);
	}
	return NULL;
}

static void *posts(void *argument)
{
	for (int i = 0; i < 100; i++) {
		sem_wait(&semaphore);
		sem_post(&semaphore);
	}
	return argument;
}

static pthread_barrier_t barrier;

static void *meets(void *argument)
{
	int serial = 0;

	for (int i = 0; i < 50; i++)
		serial += pthread_barrier_wait(&barrier) == PTHREAD_BARRIER_SERIAL_THREAD;
	(void)argument;
	return (void *)(intptr_t)serial;
}

static pthread_rwlock_t rwlock = PTHREAD_RWLOCK_INITIALIZER;
static int one, two;

static void *reads_and_writes(void *argument)
{
	intptr_t torn = 0;

	for (int i = 0; i < 500; i++) {
		if (i % 10 == (intptr_t)argument) {
			pthread_rwlock_wrlock(&rwlock);
			one++;
			two++;
		} else {
			pthread_rwlock_rdlock(&rwlock);
			torn += one != two;
		}
		pthread_rwlock_unlock(&rwlock);
	}
	return (void *)torn;
}

static void waits(void)
{
	start_all(counts);
	printf("sum %ld, ", (long)join_all());
	printf("counted %d, own %d\n", counter, own);
	start_all(takes_turns);
	join_all();
	printf("turns %d\n", stage);
	sem_init(&semaphore, 0, 2);
	start_all(posts);
	int value;
	join_all();
	sem_getvalue(&semaphore, &value);
	printf("semaphore %d\n", value);
	pthread_barrier_init(&barrier, NULL, THREADS);
	start_all(meets);
	printf("barrier %ld\n", (long)join_all());
	start_all(reads_and_writes);
	printf("torn %ld, ", (long)join_all());
	printf("written %d\n", one);
}

static struct timespec in_ms(clockid_t clock, int ms)
{
	struct timespec time;

	clock_gettime(clock, &time);
	time.tv_nsec += ms * 1000000;
	time.tv_sec += time.tv_nsec / 1000000000;
	time.tv_nsec %= 1000000000;
	return time;
}

static void timeouts(void)
{
	struct timespec time = in_ms(CLOCK_REALTIME, 20);
	pthread_condattr_t attributes;
	pthread_cond_t monotonic;

	pthread_mutex_lock(&mutex);
	printf("cond %d\n", pthread_cond_timedwait(&cond, &mutex, &time) == ETIMEDOUT);
	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_cond_init(&monotonic, &attributes);
	time = in_ms(CLOCK_MONOTONIC, 20);
	printf("monotonic %d\n", pthread_cond_timedwait(&monotonic, &mutex, &time) == ETIMEDOUT);
	time = in_ms(CLOCK_REALTIME, 20);
	printf("mutex %d\n", pthread_mutex_timedlock(&mutex, &time) == ETIMEDOUT);
	pthread_mutex_unlock(&mutex);
	while (sem_trywait(&semaphore) == 0)
		;
	time = in_ms(CLOCK_REALTIME, 20);
	printf("semaphore %d\n", sem_timedwait(&semaphore, &time) < 0 && errno == ETIMEDOUT);
}

static pthread_key_t key;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static volatile int destroyed, initialised, cleaned;

static void destroy(void *value)
{
	__sync_fetch_and_add(&destroyed, (intptr_t)value);
}

static void initialise(void)
{
	initialised++;
}

static void *has_value(void *argument)
{
	pthread_once(&once, initialise);
	pthread_setspecific(key, (void *)((intptr_t)argument + 1));
	if ((intptr_t)argument & 1)
		pthread_exit(argument);
	return argument;
}

static void clean(void *argument)
{
	__sync_fetch_and_add(&cleaned, (intptr_t)argument);
}

static void *sleeps_for_ever(void *argument)
{
	pthread_cleanup_push(clean, (void *)1);
	if ((intptr_t)argument % 2)
		pause();
	sem_wait(&semaphore);
	pthread_cleanup_pop(0);
	return NULL;
}

static void *spins(void *argument)
{
	pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, NULL);
	for (;;)
		;
	return argument;
}

static void ends(void)
{
	pthread_key_create(&key, destroy);
	start_all(has_value);
	printf("ends %ld, ", (long)join_all());
	printf("destroyed %d, initialised %d\n", destroyed, initialised);
	start_all(sleeps_for_ever);
	usleep(10000);
	for (int i = 0; i < THREADS; i++)
		pthread_cancel(threads[i]);
	printf("cancelled %d, ", join_all() == THREADS * (intptr_t)PTHREAD_CANCELED);
	printf("cleaned %d\n", cleaned);
	start_all(spins);
	for (int i = 0; i < THREADS; i++)
		pthread_cancel(threads[i]);
	printf("stopped %d\n", join_all() == THREADS * (intptr_t)PTHREAD_CANCELED);
}

static pthread_mutex_t robust;

static void *dies_holding(void *argument)
{
	pthread_mutex_lock(&robust);
	return argument;
}

static void robustness(void)
{
	pthread_mutexattr_t attributes;

	pthread_mutexattr_init(&attributes);
	pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
	pthread_mutex_init(&robust, &attributes);
	pthread_create(&threads[0], NULL, dies_holding, NULL);
	pthread_join(threads[0], NULL);
	printf("owner dead %d, ", pthread_mutex_lock(&robust) == EOWNERDEAD);
	printf("consistent %d, ", pthread_mutex_consistent(&robust));
	printf("unlock %d, ", pthread_mutex_unlock(&robust));
	printf("lock %d\n", pthread_mutex_lock(&robust));
}

static volatile pthread_t handled_by;

static void handle(int signal)
{
	(void)signal;
	handled_by = pthread_self();
}

static void *waits_for_signal(void *argument)
{
	sigset_t set;
	int signal;

	sigemptyset(&set);
	sigaddset(&set, SIGUSR2);
	sigwait(&set, &signal);
	while (!handled_by)
		usleep(1000);
	(void)argument;
	return (void *)(intptr_t)(signal == SIGUSR2 && pthread_equal(handled_by, pthread_self()));
}

static void signals(void)
{
	sigset_t set;
	void *result;

	signal(SIGUSR1, handle);
	sigemptyset(&set);
	sigaddset(&set, SIGUSR2);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
	pthread_create(&threads[0], NULL, waits_for_signal, NULL);
	kill(getpid(), SIGUSR2);
	pthread_kill(threads[0], SIGUSR1);
	pthread_join(threads[0], &result);
	printf("signals %ld\n", (long)(intptr_t)result);
}

static void *exits(void *argument)
{
	usleep(1000);
	exit(20 + (argument != NULL));
}

static const char *path;

static void *executes(void *argument)
{
	execl(path, "threads", "program", NULL);
	return argument;
}

static void *forks(void *argument)
{
	pid_t child = fork();
	int status;

	if (child == 0)
		_exit(7);
	if (waitpid(child, &status, 0) != child || status != 7 << 8)
		printf("fork: %x\n", status);
	return argument;
}

/* A child that starts threads and then does that; its status. */
static void child(const char *name, void *(*others)(void *), void *(*one)(void *), int main_exits)
{
	int status;

	fflush(stdout);
	pid_t pid = fork();
	if (pid == 0) {
		start_all(others);
		pthread_create(&threads[0], NULL, one, NULL);
		if (main_exits)
			pthread_exit(NULL);
		for (;;)
			pause();
	}
	waitpid(pid, &status, 0);
	printf("%s %x\n", name, status);
}

int main(int argc, char **argv)
{
	if (argc > 1) {
		printf("%s %d\n", argv[1], getpid() == gettid());
		return 33;
	}
	path = argv[0];
	waits();
	timeouts();
	ends();
	robustness();
	signals();
	child("exit", spins, exits, 0);
	child("exit without main", spins, exits, 1);
	child("exec", spins, executes, 0);
	child("exec without main", sleeps_for_ever, executes, 1);
	start_all(forks);
	printf("forks %ld\n", (long)join_all());
	return 0;
}
