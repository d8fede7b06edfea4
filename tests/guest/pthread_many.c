/* Hundreds of threads, joined and detached, many at a time: none is lost, and memory does not
 * grow without end. */
#define _GNU_SOURCE
#include "test.h"
#include <pthread.h>
#include <semaphore.h>

#define ROUNDS	40
#define AT_ONCE	20

static sem_t ended;
static int sum;

static void *add(void *argument)
{
	char stack[2000];

	memset(stack, 1, sizeof(stack));
	__asm__ volatile("" : : "r"(stack) : "memory");
	__atomic_fetch_add(&sum, (int)(long)argument, __ATOMIC_RELAXED);
	return NULL;
}

static void *add_and_post(void *argument)
{
	add(argument);
	CHECK_EQ(sem_post(&ended), 0);
	return NULL;
}

int main(void)
{
	pthread_t threads[AT_ONCE], thread;

	CHECK_EQ(sem_init(&ended, 0, 0), 0);
	for (int round = 0; round < ROUNDS; round++) {
		for (int i = 0; i < AT_ONCE; i++)
			CHECK_EQ(pthread_create(&threads[i], NULL, add, (void *)1), 0);
		for (int i = 0; i < AT_ONCE / 2; i++) {
			CHECK_EQ(pthread_create(&thread, NULL, add_and_post, (void *)1000), 0);
			CHECK_EQ(pthread_detach(thread), 0);
		}
		for (int i = 0; i < AT_ONCE; i++)
			CHECK_EQ(pthread_join(threads[i], NULL), 0);
		for (int i = 0; i < AT_ONCE / 2; i++)
			CHECK_EQ(sem_wait(&ended), 0);
	}
	CHECK_EQ(sum, ROUNDS * (AT_ONCE + AT_ONCE / 2 * 1000));
	PASS();
}
