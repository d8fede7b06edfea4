/* Memory that one thread gives back is gone for the others too, which read it all the time, maybe on other CPUs: after
 * madvise, and after another mapping has taken its place, nobody reads what was there. */
#include <sys/mman.h>

#include "thread.h"

#define ROUNDS	200
#define READERS	3
#define SPINS	200

static volatile char *page;
static volatile int phase, seen[READERS], answered[READERS];
static struct thread threads[READERS];

static void reader(void *argument)
{
	long self = (long)argument;

	for (int last = 0; last >= 0;) {
		for (int i = 0; i < SPINS && phase == last; i++)
			(void)*page;
		if (phase == last) {
			syscall(SYS_sched_yield);
			continue;
		}
		last = phase;
		seen[self] = *page;
		answered[self] = last;
	}
}

static void check_all_see(int value)
{
	phase++;
	for (int i = 0; i < READERS; i++) {
		while (answered[i] != phase)
			syscall(SYS_sched_yield);
		CHECK_EQ(seen[i], value);
	}
}

int main(void)
{
	page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	CHECK(page != MAP_FAILED);
	for (long i = 0; i < READERS; i++)
		CHECK(thread_start(&threads[i], reader, (void *)i) > 0);
	for (int i = 0; i < ROUNDS; i++) {
		*page = i % 100 + 1;
		check_all_see(i % 100 + 1);
		if (i % 2)
			CHECK_EQ(madvise((void *)page, 4096, MADV_DONTNEED), 0);
		else
			CHECK(mmap((void *)page, 4096, PROT_READ | PROT_WRITE,
				MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == page);
		check_all_see(0);
	}
	phase = -1;
	for (int i = 0; i < READERS; i++)
		thread_join(&threads[i]);
	PASS();
}
