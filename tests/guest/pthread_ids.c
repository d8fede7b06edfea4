/* A thread that changes the process's user and group changes them for all threads, also those that
 * wait or spin; and while threads come and go. */
#define _GNU_SOURCE
#include "test.h"
#include <grp.h>
#include <pthread.h>
#include <stdbool.h>

#define THREADS 4

static pthread_barrier_t before, after;
static int ends[2];
static volatile bool changed, stop;

static void check_ids(void)
{
	uid_t user[3];
	gid_t group[3];

	CHECK_EQ(getresuid(&user[0], &user[1], &user[2]), 0);
	CHECK_EQ(getresgid(&group[0], &group[1], &group[2]), 0);
	for (int i = 0; i < 3; i++) {
		CHECK_EQ(user[i], 1234);
		CHECK_EQ(group[i], 567);
	}
	CHECK_EQ(getgroups(0, NULL), 0);
}

static void *wait_or_spin(void *argument)
{
	char byte;

	pthread_barrier_wait(&before);
	if (argument)
		CHECK_EQ(read(ends[0], &byte, 1), 1);
	else
		while (!changed)
			;
	check_ids();
	pthread_barrier_wait(&after);
	return NULL;
}

static void *end(void *argument)
{
	return argument;
}

static void *come_and_go(void *argument)
{
	pthread_t thread;

	while (!stop) {
		CHECK_EQ(pthread_create(&thread, NULL, end, argument), 0);
		CHECK_EQ(pthread_join(thread, NULL), 0);
	}
	check_ids();
	return NULL;
}

static void change(void)
{
	pthread_t threads[THREADS], busy;

	CHECK_EQ(pipe(ends), 0);
	CHECK_EQ(pthread_barrier_init(&before, NULL, THREADS + 1), 0);
	CHECK_EQ(pthread_barrier_init(&after, NULL, THREADS + 1), 0);
	CHECK_EQ(pthread_create(&busy, NULL, come_and_go, NULL), 0);
	for (long i = 0; i < THREADS; i++)
		CHECK_EQ(pthread_create(&threads[i], NULL, wait_or_spin, (void *)(i % 2)), 0);
	pthread_barrier_wait(&before);
	for (int i = 0; i < 20; i++)
		CHECK_EQ(setgroups(0, NULL), 0);
	CHECK_EQ(setgid(567), 0);
	CHECK_EQ(setresuid(1234, 1234, 1234), 0);
	changed = true;
	CHECK_EQ(write(ends[1], "xx", 2), 2);
	check_ids();
	CHECK_ERRNO(setuid(0), EPERM);
	stop = true;
	pthread_barrier_wait(&after);
	for (int i = 0; i < THREADS; i++)
		CHECK_EQ(pthread_join(threads[i], NULL), 0);
	CHECK_EQ(pthread_join(busy, NULL), 0);
}

int main(void)
{
	if (geteuid() == 0)
		CHECK_EXIT(change, 0);
	PASS();
}
