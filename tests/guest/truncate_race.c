/* What is written to a file that has just become longer again stays, while other threads fault on
 * pages that come and go. */
#include "mapping.h"

#include <pthread.h>
#include <setjmp.h>
#include <signal.h>

#define PAGES	4
#define THREADS	3
#define ROUNDS	3000

static volatile char *shared;
static volatile int done;
static _Thread_local sigjmp_buf behind;

static void on_bus(int sig)
{
	(void)sig;
	siglongjmp(behind, 1);
}

static void *touch(void *argument)
{
	volatile int next = 0;

	(void)sigsetjmp(behind, 1);
	while (!done) {
		next = (next + 1) % PAGES;
		(void)shared[next * PAGE];
	}
	return argument;
}

int main(void)
{
	static char text[PAGES * PAGE], back[PAGES * PAGE];
	int fd = memfd_create("race", 0);
	pthread_t threads[THREADS];

	CHECK(fd >= 0);
	CHECK_EQ(ftruncate(fd, PAGES * PAGE), 0);
	shared = mmap(NULL, PAGES * PAGE, PROT_READ, MAP_SHARED, fd, 0);
	CHECK(shared != MAP_FAILED);
	CHECK(signal(SIGBUS, on_bus) != SIG_ERR);
	for (int i = 0; i < THREADS; i++)
		CHECK_EQ(pthread_create(&threads[i], NULL, touch, NULL), 0);
	for (int i = 0; i < ROUNDS; i++) {
		memset(text, 'a' + i % 20, sizeof(text));
		/* Holes come, which the others fill, and go. */
		for (int j = 0; j < 3; j++) {
			CHECK_EQ(ftruncate(fd, 0), 0);
			CHECK_EQ(ftruncate(fd, sizeof(text)), 0);
		}
		CHECK_EQ(pread(fd, back, 1, i % PAGES * PAGE), 1);
		CHECK_EQ(back[0], 0);
		CHECK_EQ(pwrite(fd, text, sizeof(text), 0), sizeof(text));
		CHECK_EQ(pread(fd, back, sizeof(back), 0), sizeof(back));
		CHECK_EQ(memcmp(back, text, sizeof(text)), 0);
	}
	done = 1;
	CHECK_EQ(ftruncate(fd, sizeof(text)), 0);
	for (int i = 0; i < THREADS; i++)
		CHECK_EQ(pthread_join(threads[i], NULL), 0);
	PASS();
}
