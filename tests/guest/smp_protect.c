/* From the return of mprotect on nobody writes to what it made read-only, also if other threads do so all the time on
 * other CPUs; and they go on when it may be written again. */
#include <sys/mman.h>

#include "thread.h"

#define ROUNDS	100
#define WRITERS	3

static volatile unsigned long *counters;	/* of each, in a page of its own */
static volatile int read_only, over;
static struct thread threads[WRITERS];

#define COUNTER(i)	counters[(i) * 512]

static void faulted(int signal)
{
	(void)signal;
	while (read_only)
		syscall(SYS_sched_yield);
}

static void writer(void *argument)
{
	long self = (long)argument;

	while (!over)
		COUNTER(self)++;
}

int main(void)
{
	struct sigaction action = { .sa_handler = faulted };
	unsigned long before[WRITERS];

	CHECK_EQ(sigaction(SIGSEGV, &action, NULL), 0);
	counters = mmap(NULL, WRITERS * 4096, PROT_READ | PROT_WRITE,
		MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	CHECK(counters != MAP_FAILED);
	for (long i = 0; i < WRITERS; i++)
		CHECK(thread_start(&threads[i], writer, (void *)i) > 0);
	for (int i = 0; i < ROUNDS; i++) {
		read_only = 1;
		CHECK_EQ(mprotect((void *)counters, WRITERS * 4096, PROT_READ), 0);
		for (int j = 0; j < WRITERS; j++)
			before[j] = COUNTER(j);
		for (int j = 0; j < 50; j++)
			syscall(SYS_sched_yield);
		for (int j = 0; j < WRITERS; j++)
			CHECK_EQ(COUNTER(j), before[j]);
		CHECK_EQ(mprotect((void *)counters, WRITERS * 4096, PROT_READ | PROT_WRITE), 0);
		read_only = 0;
		for (int j = 0; j < WRITERS; j++)
			while (COUNTER(j) == before[j])
				syscall(SYS_sched_yield);
	}
	over = 1;
	for (int i = 0; i < WRITERS; i++)
		thread_join(&threads[i]);
	PASS();
}
