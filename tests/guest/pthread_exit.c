/* The end of a process of threads: whoever calls exit ends all, once, with what is registered and in
 * buffers; quick_exit and abort likewise; pthread_exit of the last one is exit(0). */
#define _GNU_SOURCE
#include "test.h"
#include <pthread.h>

static int ends[2];
static int code;

static void *sleep_forever(void *argument)
{
	for (;;)
		pause();
	return argument;
}

static void *call_exit(void *argument)
{
	exit((int)(long)argument);
}

static void write_end(void)
{
	CHECK_EQ(write(ends[1], "e", 1), 1);
	sched_yield();
}

static void exit_in_thread(void)
{
	pthread_t thread;

	atexit(write_end);
	CHECK_EQ(pthread_create(&thread, NULL, sleep_forever, NULL), 0);
	CHECK_EQ(pthread_create(&thread, NULL, call_exit, (void *)21), 0);
	sleep_forever(NULL);
}

/* All want to end the process; what is registered runs once. */
static void exit_in_all(void)
{
	pthread_t thread;

	atexit(write_end);
	for (int i = 0; i < 8; i++)
		CHECK_EQ(pthread_create(&thread, NULL, call_exit, (void *)22), 0);
	exit(22);
}

static void *call_quick_exit(void *argument)
{
	quick_exit((int)(long)argument);
}

static void quick_exit_in_thread(void)
{
	pthread_t thread;

	CHECK_EQ(at_quick_exit(write_end), 0);
	CHECK_EQ(pthread_create(&thread, NULL, call_quick_exit, (void *)23), 0);
	sleep_forever(NULL);
}

static void *call_abort(void *argument)
{
	(void)argument;
	abort();
}

static void abort_in_thread(void)
{
	pthread_t thread;

	CHECK_EQ(pthread_create(&thread, NULL, call_abort, NULL), 0);
	sleep_forever(NULL);
}

static pthread_t first;

static void *leave_last(void *argument)
{
	CHECK_EQ(pthread_join(first, NULL), 0);
	CHECK_EQ(fputs("b", argument), 0);
	pthread_exit(NULL);
}

static void leave_in_turn(void)
{
	pthread_t thread;
	FILE *stream = fdopen(ends[1], "w");

	CHECK(stream);
	first = pthread_self();
	CHECK_EQ(pthread_create(&thread, NULL, leave_last, stream), 0);
	pthread_exit(NULL);
}

static void *return_value(void *argument)
{
	return argument;
}

/* Handlers may start threads of their own. */
static void start_at_exit(void)
{
	pthread_t thread;
	void *result;

	CHECK_EQ(pthread_create(&thread, NULL, return_value, (void *)25), 0);
	CHECK_EQ(pthread_join(thread, &result), 0);
	code = (int)(long)result;
	write_end();
}

static void thread_at_exit(void)
{
	atexit(start_at_exit);
	exit(25);
}

static void expect_written(const char *text)
{
	char got[8] = "";

	if (*text)
		CHECK_EQ(read(ends[0], got, sizeof(got) - 1), strlen(text));
	CHECK_STR(got, text);
}

int main(void)
{
	CHECK_EQ(pipe(ends), 0);
	CHECK_EXIT(exit_in_thread, 21);
	expect_written("e");
	for (int i = 0; i < 10; i++) {
		CHECK_EXIT(exit_in_all, 22);
		expect_written("e");
	}
	CHECK_EXIT(quick_exit_in_thread, 23);
	expect_written("e");
	CHECK_SIGNAL(abort_in_thread, SIGABRT);
	CHECK_EXIT(leave_in_turn, 0);
	expect_written("b");
	CHECK_EXIT(thread_at_exit, 25);
	expect_written("e");
	PASS();
}
