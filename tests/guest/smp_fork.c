/* A child has its parent's memory as it was at one moment: what other threads of the parent write meanwhile, maybe on
 * other CPUs, does not reach it any more. */
#include <sys/mman.h>

#include "thread.h"

#define ROUNDS	60
#define WRITERS	3
#define PAGES	8

static volatile unsigned long *memory;
static volatile int over;
static struct thread threads[WRITERS];

#define WORD(writer, page)	memory[((writer) * PAGES + (page)) * 512]

static void writer(void *argument)
{
	long self = (long)argument;

	while (!over)
		for (int i = 0; i < PAGES; i++)
			WORD(self, i)++;
}

/* One word follows the other, so a writer's are alike but for one. */
static void check_still(void)
{
	unsigned long first[WRITERS][PAGES];

	for (int i = 0; i < WRITERS; i++)
		for (int j = 0; j < PAGES; j++)
			first[i][j] = WORD(i, j);
	usleep(2000);
	for (int i = 0; i < WRITERS; i++)
		for (int j = 0; j < PAGES; j++) {
			CHECK_EQ(WORD(i, j), first[i][j]);
			CHECK(first[i][0] - first[i][j] <= 1);
		}
}

int main(void)
{
	memory = mmap(NULL, WRITERS * PAGES * 4096, PROT_READ | PROT_WRITE,
		MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	CHECK(memory != MAP_FAILED);
	for (long i = 0; i < WRITERS; i++)
		CHECK(thread_start(&threads[i], writer, (void *)i) > 0);
	for (int i = 0; i < ROUNDS; i++)
		CHECK_EXIT(check_still, 0);
	over = 1;
	for (int i = 0; i < WRITERS; i++)
		thread_join(&threads[i]);
	PASS();
}
