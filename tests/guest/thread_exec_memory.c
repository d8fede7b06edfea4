/* A thread that is ended by another's exec, and finds no memory for a page just then, does not end the
 * process: on several CPUs it is at that while the exec comes.
 *
 * guest-only: the n-th allocation can be made to fail only there. */
#include "mapping.h"

#include <pthread.h>
#include <sys/wait.h>

#define ROUNDS	200
#define PAGES	256

static volatile int begun;

static void *want_pages(void *argument)
{
	int fd = open("/dev/fail-nth", O_RDWR | O_CLOEXEC);
	char *pages = map_pages(PAGES);

	CHECK(fd >= 0);
	for (size_t i = 0;; i++) {
		if (i % PAGES == 0)
			CHECK_EQ(madvise(pages, PAGES * PAGE, MADV_DONTNEED), 0);
		CHECK_EQ(write(fd, "1", 1), 1);
		pages[i % PAGES * PAGE] = 1;
		begun = i > 10;
	}
	return argument;
}

static void run(void)
{
	pthread_t thread;

	CHECK_EQ(pthread_create(&thread, NULL, want_pages, NULL), 0);
	while (!begun)
		;
	execl("/proc/self/exe", "thread_exec_memory", "again", NULL);
	CHECK(!"exec");
}

int main(int argc, char **argv)
{
	(void)argv;
	if (argc > 1)
		return 42;
	for (int i = 0; i < ROUNDS; i++)
		CHECK_EXIT(run, 42);
	PASS();
}
