/* fork in a process of threads: the child has the caller alone, and heap, streams, environment and
 * threads work there, whatever the others were doing; handlers of pthread_atfork run in order. */
#define _GNU_SOURCE
#include "test.h"
#include <pthread.h>
#include <stdbool.h>

#define ROUNDS 4	/* by each of two threads */

static char order[16];
static volatile bool stop;

static void before_1(void) { strcat(order, "1"); }
static void before_2(void) { strcpy(order, "2"); }
static void parent_1(void) { strcat(order, "p"); }
static void parent_2(void) { strcat(order, "P"); }
static void child_1(void) { strcat(order, "c"); }
static void child_2(void) { strcat(order, "C"); }

static void check_child_order(void)
{
	CHECK_STR(order, "21cC");
}

static void test_handlers(void)
{
	CHECK_EQ(pthread_atfork(before_1, parent_1, child_1), 0);
	CHECK_EQ(pthread_atfork(before_2, parent_2, child_2), 0);
	CHECK_EQ(pthread_atfork(NULL, NULL, NULL), 0);
	CHECK_EXIT(check_child_order, 0);
	CHECK_STR(order, "21pP");
}

/* These are always in the midst of something. */
static void *use_heap(void *argument)
{
	while (!stop)
		free(malloc((size_t)argument));
	return NULL;
}

static void *use_streams(void *argument)
{
	FILE *file;

	while (!stop) {
		fprintf(stdout, "%s", (const char *)argument);
		file = fopen("/dev/null", "w");
		CHECK(file);
		fputs("text", file);
		CHECK_EQ(fclose(file), 0);
	}
	return NULL;
}

static void *use_environment(void *argument)
{
	while (!stop) {
		CHECK_EQ(setenv("FORKED", argument, 1), 0);
		CHECK_EQ(unsetenv("FORKED"), 0);
	}
	return NULL;
}

static void *end(void *argument)
{
	return argument;
}

static void *use_threads(void *argument)
{
	pthread_t thread;

	while (!stop) {
		CHECK_EQ(pthread_create(&thread, NULL, end, argument), 0);
		CHECK_EQ(pthread_join(thread, NULL), 0);
	}
	return NULL;
}

static void use_all(void)
{
	pthread_t thread;
	void *result;
	FILE *file;
	char *text;

	for (int i = 0; i < 50; i++)
		CHECK((text = malloc(10 + i * 100)));
	free(text);
	file = fopen("/dev/null", "w");
	CHECK(file);
	CHECK(fprintf(file, "%d", 1) == 1);
	CHECK_EQ(fclose(file), 0);
	fprintf(stdout, "%s", "");
	CHECK_EQ(setenv("FORKED", "child", 1), 0);
	CHECK_STR(getenv("FORKED"), "child");
	CHECK_EQ(gettid(), getpid());
	CHECK_EQ(pthread_create(&thread, NULL, end, (void *)5), 0);
	CHECK_EQ(pthread_join(thread, &result), 0);
	CHECK_EQ(result, 5);
	pthread_exit(NULL);		/* the last thread: the process ends */
}

static void *fork_often(void *argument)
{
	int rounds = (int)(long)argument;

	for (int i = 0; i < rounds; i++)
		CHECK_EXIT(use_all, 0);
	return NULL;
}

int main(void)
{
	static void *(*const users[])(void *) = {
		use_heap, use_heap, use_streams, use_environment, use_threads,
	};
	static void *const arguments[] = { (void *)100, (void *)100000, "", "x", NULL };
	pthread_t threads[5], forker;

	test_handlers();
	for (int i = 0; i < 5; i++)
		CHECK_EQ(pthread_create(&threads[i], NULL, users[i], arguments[i]), 0);
	CHECK_EQ(pthread_create(&forker, NULL, fork_often, (void *)ROUNDS), 0);
	fork_often((void *)ROUNDS);
	CHECK_EQ(pthread_join(forker, NULL), 0);
	stop = true;
	for (int i = 0; i < 5; i++)
		CHECK_EQ(pthread_join(threads[i], NULL), 0);
	PASS();
}
