/* printf to an unbuffered stream: it gathers a message, but on a small stack has no need of more than the message has;
 * a fork in the midst of another thread's message leaves the child's stream as good as before; messages that are longer
 * than what is gathered are whole too. */
#define _GNU_SOURCE
#include "test.h"
#include <limits.h>
#include <pthread.h>
#include <stdbool.h>

#define STACK	65536
#define PAINT	0xa5
#define FORKS	30

static unsigned char stack[STACK] __attribute__((aligned(4096)));
static FILE *unbuffered;
static volatile bool stop;

static void *print_unbuffered(void *argument)
{
	CHECK_EQ(fprintf(unbuffered, "%s: %d\n", (const char *)argument, 5), 8);
	return NULL;
}

static void *print_to_memory(void *argument)
{
	char text[16];

	CHECK_EQ(snprintf(text, sizeof(text), "%s: %d\n", (const char *)argument, 5), 8);
	return NULL;
}

/* How much of its stack a thread takes that runs it. */
static size_t stack_used(void *(*run)(void *))
{
	pthread_attr_t attributes;
	pthread_t thread;
	size_t left = 0;

	memset(stack, PAINT, sizeof(stack));
	CHECK_EQ(pthread_attr_init(&attributes), 0);
	CHECK_EQ(pthread_attr_setstack(&attributes, stack, sizeof(stack)), 0);
	CHECK_EQ(pthread_create(&thread, &attributes, run, "name"), 0);
	CHECK_EQ(pthread_join(thread, NULL), 0);
	while (left < sizeof(stack) && stack[left] == PAINT)
		left++;
	return sizeof(stack) - left;
}

static void small_stack(void)
{
	CHECK(stack_used(print_unbuffered) < stack_used(print_to_memory) + 1024);
}

static void *print_always(void *argument)
{
	(void)argument;
	while (!stop)
		fprintf(unbuffered, "%d %d %d %d %d %s\n", 1, 2, 3, 4, 5, "some words");
	return NULL;
}

static void print_in_child(int to)
{
	CHECK_EQ(dup2(to, fileno(unbuffered)), fileno(unbuffered));
	CHECK_EQ(fprintf(unbuffered, "ch%dd", 1), 4);
	_exit(0);
}

static void forked(void)
{
	pthread_t thread;

	CHECK_EQ(pthread_create(&thread, NULL, print_always, NULL), 0);
	for (int i = 0; i < FORKS; i++) {
		char text[16] = "";
		int ends[2];
		pid_t child;

		CHECK_EQ(pipe(ends), 0);
		child = fork();
		CHECK(child >= 0);
		if (child == 0)
			print_in_child(ends[1]);
		close(ends[1]);
		CHECK_EQ(waitpid(child, NULL, 0), child);
		CHECK_EQ(read(ends[0], text, sizeof(text) - 1), 4);
		CHECK_STR(text, "ch1d");
		close(ends[0]);
	}
	stop = true;
	CHECK_EQ(pthread_join(thread, NULL), 0);
}

/* Three pieces of that length each. */
static void check_length(int length)
{
	static char text[2 * PIPE_BUF + 1], expected[sizeof(text) * 3], read_back[sizeof(expected)];
	FILE *file = tmpfile();

	CHECK(file);
	CHECK_EQ(setvbuf(file, NULL, _IONBF, 0), 0);
	memset(text, 'x', length);
	text[length] = '\0';
	CHECK_EQ(snprintf(expected, sizeof(expected), "%sa%sb%s", text, text, text), 3 * length + 2);
	CHECK_EQ(fprintf(file, "%sa%sb%s", text, text, text), 3 * length + 2);
	rewind(file);
	CHECK_EQ(read(fileno(file), read_back, sizeof(read_back)), 3 * length + 2);
	CHECK_EQ(memcmp(read_back, expected, 3 * length + 2), 0);
	CHECK_EQ(fclose(file), 0);
}

int main(void)
{
	CHECK((unbuffered = fopen("/dev/null", "w")));
	CHECK_EQ(setvbuf(unbuffered, NULL, _IONBF, 0), 0);
	small_stack();
	forked();
	CHECK_EQ(fclose(unbuffered), 0);
	for (int length = PIPE_BUF / 3 - 2; length < PIPE_BUF / 3 + 2; length++)
		check_length(length);
	check_length(0);
	check_length(PIPE_BUF);
	check_length(PIPE_BUF + 1);
	check_length(2 * PIPE_BUF);
	PASS();
}
