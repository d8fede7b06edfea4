/* Attributes of threads: stacks as large as asked, of the program's own too; below one is a guard;
 * a thread's attributes can be asked for, also the first thread's. */
#define _GNU_SOURCE
#include "test.h"
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/mman.h>

static bool contains(const pthread_attr_t *attributes, const void *address)
{
	void *stack;
	size_t size;

	CHECK_EQ(pthread_attr_getstack(attributes, &stack, &size), 0);
	return (char *)address >= (char *)stack && (char *)address < (char *)stack + size;
}

static void *last_stack;

static void *use_stack(void *argument)
{
	size_t size = (size_t)argument;
	volatile char array[size];
	pthread_attr_t own;
	size_t own_size;

	for (size_t i = 0; i < size; i += 512)
		array[i] = 1;
	CHECK_EQ(pthread_getattr_np(pthread_self(), &own), 0);
	CHECK(contains(&own, (const void *)array));
	CHECK(contains(&own, (const void *)&array[size - 1]));
	CHECK_EQ(pthread_attr_getstack(&own, &last_stack, &own_size), 0);
	return NULL;
}

static void run(const pthread_attr_t *attributes, size_t size)
{
	pthread_t thread;

	CHECK_EQ(pthread_create(&thread, attributes, use_stack, (void *)size), 0);
	CHECK_EQ(pthread_join(thread, NULL), 0);
}

static void test_sizes(void)
{
	pthread_attr_t attributes;
	size_t size;

	CHECK_EQ(pthread_attr_init(&attributes), 0);
	CHECK_EQ(pthread_attr_getstacksize(&attributes, &size), 0);
	CHECK(size >= 256 * 1024);
	run(&attributes, size - 16 * 1024);
	run(NULL, size - 16 * 1024);
	CHECK_EQ(pthread_attr_setstacksize(&attributes, PTHREAD_STACK_MIN - 1), EINVAL);
	CHECK_EQ(pthread_attr_setstacksize(&attributes, PTHREAD_STACK_MIN), 0);
	run(&attributes, PTHREAD_STACK_MIN - 4096);
	CHECK_EQ(pthread_attr_setstacksize(&attributes, 16 << 20), 0);
	run(&attributes, (16 << 20) - 16384);
	CHECK_EQ(pthread_attr_setdetachstate(&attributes, 7), EINVAL);
	CHECK_EQ(pthread_attr_setscope(&attributes, PTHREAD_SCOPE_PROCESS), ENOTSUP);
	CHECK_EQ(pthread_attr_setinheritsched(&attributes, 7), EINVAL);
	CHECK_EQ(pthread_attr_setschedpolicy(&attributes, 7), EINVAL);
	CHECK_EQ(pthread_attr_destroy(&attributes), 0);
}

static void test_own_stack(void)
{
	size_t size = 64 * 1024;
	char *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	pthread_attr_t attributes;

	CHECK(memory != MAP_FAILED);
	CHECK_EQ(pthread_attr_init(&attributes), 0);
	CHECK_EQ(pthread_attr_setstack(&attributes, memory, 100), EINVAL);
	CHECK_EQ(pthread_attr_setstack(&attributes, memory, size), 0);
	run(&attributes, size - 8192);
	CHECK_EQ(last_stack, memory);
	run(&attributes, size - 8192);
	CHECK_EQ(munmap(memory, size), 0);	/* nobody uses it any more */
	run(NULL, 4096);
}

static void test_first_thread(void)
{
	extern char **environ;
	pthread_attr_t attributes;
	int local, state;

	CHECK_EQ(pthread_getattr_np(pthread_self(), &attributes), 0);
	CHECK(contains(&attributes, &local));
	CHECK(contains(&attributes, environ[0] ? environ[0] : (char *)environ));
	CHECK_EQ(pthread_attr_getdetachstate(&attributes, &state), 0);
	CHECK_EQ(state, PTHREAD_CREATE_JOINABLE);
}

/* Goes down until it meets the guard. The address is at the end of what the thread has. */
static char *volatile low;

static void on_fault(int signal, siginfo_t *info, void *context)
{
	(void)signal;
	(void)context;
	_exit((char *)info->si_addr < low && (char *)info->si_addr >= low - 65536 ? 11 : 12);
}

static void *overflow(void *argument)
{
	static char handler_stack[16384];
	stack_t stack = { .ss_sp = handler_stack, .ss_size = sizeof(handler_stack) };
	struct sigaction action = { .sa_sigaction = on_fault, .sa_flags = SA_SIGINFO | SA_ONSTACK };
	pthread_attr_t own;
	void *start;
	size_t size;

	CHECK_EQ(sigaltstack(&stack, NULL), 0);
	CHECK_EQ(sigaction(SIGSEGV, &action, NULL), 0);
	CHECK_EQ(pthread_getattr_np(pthread_self(), &own), 0);
	CHECK_EQ(pthread_attr_getstack(&own, &start, &size), 0);
	low = start;
	for (volatile char *byte = (char *)&own;; byte -= 1024)
		*byte = 1;
	return argument;
}

static void test_guard(void)
{
	pthread_attr_t attributes;
	pthread_t thread;

	CHECK_EQ(pthread_attr_init(&attributes), 0);
	CHECK_EQ(pthread_attr_setguardsize(&attributes, 65536), 0);
	CHECK_EQ(pthread_create(&thread, &attributes, overflow, NULL), 0);
	pthread_join(thread, NULL);
}

int main(void)
{
	test_sizes();
	test_own_stack();
	test_first_thread();
	CHECK_EXIT(test_guard, 11);
	PASS();
}
