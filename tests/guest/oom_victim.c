/* When memory runs out the process that holds the most ends for it, whatever it waits for, and not
 * the one that happens to want the next page: by touching it, or in a call that copies to it, which
 * never says EFAULT of good memory.
 * guest-only: it takes all memory of the machine. */
#include "frames.h"
#include "mapping.h"

#include <time.h>

#define SMALL	(16 * MIB)

static int ready[2], never[2];

/* All but a little of the memory, in a process that then waits. */
static void take(void (*wait_for)(void))
{
	size_t size = free_frames() * PAGE;
	char *memory = mmap(NULL, size, RW, PRIVATE | MAP_NORESERVE, -1, 0);

	CHECK(memory != MAP_FAILED);
	for (size_t at = 0; at < size && (at % (64 * PAGE) || free_frames() > 600); at += PAGE)
		memory[at] = 1;
	CHECK_EQ(write(ready[1], "r", 1), 1);
	wait_for();
	_exit(9);
}

static void wait_in_pipe(void)
{
	char byte;

	(void)!read(never[0], &byte, 1);
}

static void wait_stopped(void)
{
	raise(SIGSTOP);
}


static void wait_busy(void)
{
	for (;;)
		__asm__ volatile("pause");
}

static void use_by_touch(char *memory)
{
	for (size_t at = 0; at < SMALL; at += PAGE)
		memory[at] = 1;
}

static void use_by_read(char *memory)
{
	int zero = open("/dev/zero", O_RDONLY);

	for (size_t at = 0; at < SMALL; at += SMALL / 8)
		CHECK_EQ(read(zero, memory + at, SMALL / 8), SMALL / 8);
	CHECK_EQ(close(zero), 0);
}

/* By a call that writes a little, and needs no memory of its own. */
static void use_by_calls(char *memory)
{
	for (size_t at = 0; at < SMALL; at += PAGE)
		CHECK_EQ(clock_gettime(CLOCK_MONOTONIC, (struct timespec *)(memory + at)), 0);
}

static void one(void (*wait_for)(void), void (*use)(char *memory))
{
	pid_t hog = fork();
	char byte;
	int status;

	CHECK(hog >= 0);
	if (hog == 0)
		take(wait_for);
	CHECK_EQ(read(ready[0], &byte, 1), 1);
	char *memory = map_pages(SMALL / PAGE);
	use(memory);
	CHECK_EQ(waitpid(hog, &status, 0), hog);
	CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
	CHECK_EQ(munmap(memory, SMALL), 0);
}

int main(void)
{
	void (*const waits[])(void) = { wait_in_pipe, wait_stopped, wait_busy };
	void (*const uses[])(char *) = { use_by_touch, use_by_read, use_by_calls };

	CHECK_EQ(pipe(ready), 0);
	CHECK_EQ(pipe(never), 0);
	for (int i = 0; i < 3; i++) {
		one(waits[i], uses[i]);
		one(waits[i], uses[(i + 1) % 3]);
	}
	one(wait_in_pipe, use_by_calls);
	PASS();
}
