/* How threads share the processors: each has its affinity, policy and priority, which it begins with
 * if its attributes say so; what may not be is the error of pthread_create, and there is no thread. */
#define _GNU_SOURCE
#include "test.h"
#include <pthread.h>

static pthread_barrier_t barrier;
static volatile int ran;

static void *wait_twice(void *argument)
{
	pthread_barrier_wait(&barrier);
	pthread_barrier_wait(&barrier);
	return argument;
}

static void test_affinity(pthread_t thread)
{
	cpu_set_t all, one, got;
	int cpu = 0;

	CHECK_EQ(pthread_getaffinity_np(thread, sizeof(all), &all), 0);
	CHECK(CPU_COUNT(&all) > 0);
	while (!CPU_ISSET(cpu, &all))
		cpu++;
	CPU_ZERO(&one);
	CHECK_EQ(pthread_setaffinity_np(thread, sizeof(one), &one), EINVAL);
	CPU_SET(cpu, &one);
	CHECK_EQ(pthread_setaffinity_np(thread, sizeof(one), &one), 0);
	memset(&got, 0xff, sizeof(got));
	CHECK_EQ(pthread_getaffinity_np(thread, sizeof(got), &got), 0);
	CHECK_EQ(memcmp(&got, &one, sizeof(got)), 0);
	CHECK_EQ(pthread_getaffinity_np(pthread_self(), sizeof(got), &got), 0);
	CHECK_EQ(memcmp(&got, &all, sizeof(got)), 0);
}

static void test_policy(pthread_t thread)
{
	struct sched_param parameters = { 5 };
	int policy;

	CHECK_EQ(pthread_setschedparam(thread, SCHED_OTHER, &parameters), EINVAL);
	parameters.sched_priority = 0;
	CHECK_EQ(pthread_setschedparam(thread, SCHED_BATCH, &parameters), 0);
	CHECK_EQ(pthread_setschedprio(thread, 0), 0);
	CHECK_EQ(pthread_setschedprio(thread, 1), EINVAL);
	parameters.sched_priority = 7;
	CHECK_EQ(pthread_getschedparam(thread, &policy, &parameters), 0);
	CHECK_EQ(policy, SCHED_BATCH);
	CHECK_EQ(parameters.sched_priority, 0);
	CHECK_EQ(pthread_getschedparam(pthread_self(), &policy, &parameters), 0);
	CHECK_EQ(policy, SCHED_OTHER);
}

static void *note(void *argument)
{
	ran++;
	return argument;
}

static void test_attributes(void)
{
	struct sched_param parameters = { 0 };
	pthread_attr_t attributes;
	pthread_t thread;

	CHECK_EQ(pthread_attr_init(&attributes), 0);
	CHECK_EQ(pthread_attr_setschedpolicy(&attributes, 77), EINVAL);
	CHECK_EQ(pthread_attr_setinheritsched(&attributes, PTHREAD_EXPLICIT_SCHED), 0);
	CHECK_EQ(pthread_attr_setschedparam(&attributes, &parameters), 0);
	CHECK_EQ(pthread_create(&thread, &attributes, note, NULL), 0);
	CHECK_EQ(pthread_join(thread, NULL), 0);
	CHECK_EQ(ran, 1);

	/* No such priority. */
	CHECK_EQ(pthread_attr_setschedpolicy(&attributes, SCHED_RR), 0);
	CHECK_EQ(pthread_create(&thread, &attributes, note, NULL), EINVAL);
	CHECK_EQ(ran, 1);

	/* Not looked at unless it is asked for. */
	CHECK_EQ(pthread_attr_setinheritsched(&attributes, PTHREAD_INHERIT_SCHED), 0);
	CHECK_EQ(pthread_create(&thread, &attributes, note, NULL), 0);
	CHECK_EQ(pthread_join(thread, NULL), 0);
	CHECK_EQ(ran, 2);
}

int main(void)
{
	pthread_t thread;

	CHECK_EQ(pthread_barrier_init(&barrier, NULL, 2), 0);
	CHECK_EQ(pthread_create(&thread, NULL, wait_twice, NULL), 0);
	pthread_barrier_wait(&barrier);
	test_affinity(thread);
	test_policy(thread);
	pthread_barrier_wait(&barrier);
	CHECK_EQ(pthread_join(thread, NULL), 0);
	test_attributes();
	PASS();
}
