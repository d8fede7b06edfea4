/* Threads that map, fill, compare and unmap memory of all sizes at once, each its own, find in it what they have put
 * there: no frame has two owners, and none is used by one who has given it back. */
#include <sys/mman.h>

#include "thread.h"

#define THREADS	4
#define MOST	80	/* pages: more than are forgotten one by one */
#define ROUNDS	MOST	/* each size once. Every munmap waits for the other CPUs; one that is emulated may be long in coming */

static struct thread threads[THREADS];
static volatile int failed;

static unsigned long mark(long self, int round, int page)
{
	return (unsigned long)self << 40 | (unsigned long)round << 16 | page;
}

static void churn_once(long self, int round, int pages)
{
	volatile unsigned long *memory = mmap(NULL, pages * 4096ul, PROT_READ | PROT_WRITE,
		MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (memory == MAP_FAILED) {
		failed = 1;
		return;
	}
	for (int i = 0; i < pages; i++) {
		failed |= memory[i * 512 + 511] != 0;
		memory[i * 512] = memory[i * 512 + 511] = mark(self, round, i);
	}
	if (round % 3 == 0)
		syscall(SYS_sched_yield);
	for (int i = 0; i < pages; i++)
		failed |= memory[i * 512] != mark(self, round, i) ||
			memory[i * 512 + 511] != mark(self, round, i);
	failed |= munmap((void *)memory, pages * 4096ul) != 0;
}

static void churn(void *argument)
{
	for (int i = 0; i < ROUNDS && !failed; i++)
		churn_once((long)argument, i, 1 + i * 7 % MOST);
}

int main(void)
{
	for (long i = 0; i < THREADS; i++)
		CHECK(thread_start(&threads[i], churn, (void *)(i + 1)) > 0);
	for (int i = 0; i < THREADS; i++)
		thread_join(&threads[i]);
	CHECK(!failed);
	PASS();
}
