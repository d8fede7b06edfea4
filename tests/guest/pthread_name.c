/* Names of threads: a thread begins with its maker's, and has one of its own, by which others know it. */
#define _GNU_SOURCE
#include "test.h"
#include <pthread.h>
#include <sys/prctl.h>

static pthread_barrier_t barrier;
static pthread_t first;

static void *have_name(void *argument)
{
	char name[16];

	CHECK_EQ(pthread_getname_np(pthread_self(), name, sizeof(name)), 0);
	CHECK_STR(name, "the first");
	CHECK_EQ(pthread_setname_np(pthread_self(), "the second"), 0);
	pthread_barrier_wait(&barrier);
	pthread_barrier_wait(&barrier);
	CHECK_EQ(pthread_getname_np(pthread_self(), name, sizeof(name)), 0);
	CHECK_STR(name, "fifteen bytes!!");
	CHECK_EQ(pthread_getname_np(first, name, sizeof(name)), 0);
	CHECK_STR(name, "the first");
	return argument;
}

int main(void)
{
	pthread_t thread;
	char name[16];

	first = pthread_self();
	CHECK_EQ(pthread_barrier_init(&barrier, NULL, 2), 0);
	CHECK_EQ(pthread_setname_np(first, "the first"), 0);
	CHECK_EQ(pthread_setname_np(first, "sixteen bytes!!!"), ERANGE);
	CHECK_EQ(pthread_getname_np(first, name, 15), ERANGE);
	CHECK_EQ(pthread_create(&thread, NULL, have_name, NULL), 0);
	pthread_barrier_wait(&barrier);
	CHECK_EQ(pthread_getname_np(thread, name, sizeof(name)), 0);
	CHECK_STR(name, "the second");
	CHECK_EQ(pthread_setname_np(thread, "fifteen bytes!!"), 0);
	pthread_barrier_wait(&barrier);
	CHECK_EQ(pthread_join(thread, NULL), 0);
	CHECK_EQ(prctl(PR_GET_NAME, name), 0);
	CHECK_STR(name, "the first");
	PASS();
}
