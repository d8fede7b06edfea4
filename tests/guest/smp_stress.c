/* Processes that fork, run programs, map memory, talk through pipes, send one another signals, make threads and end, all
 * at once and at random. Each checks what it does; nothing is left, not a frame. `smp_stress SECONDS SEED` does so for longer.
 * guest-only: it fills the machine for 20 s. time-limit: 300 */
#define _GNU_SOURCE
#include <sched.h>
#include <sys/mman.h>

#include "ledger.h"
#include "thread.h"

#define WORKERS		6
#define SECONDS_ONE	3	/* on one CPU */
#define SECONDS_MORE	20
#define PAGES		40

static const char *self;
static unsigned long state;
static pid_t *workers;		/* shared by all; 0: not there */
static volatile sig_atomic_t signals;

/* xorshift64 (Marsaglia, 2003). */
static unsigned below(unsigned limit)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state % limit;
}

static void count_signal(int signal)
{
	(void)signal;
	signals++;
}

static void wait_for(pid_t child, int expected)
{
	int status;

	while (waitpid(child, &status, 0) < 0)
		CHECK_EQ(errno, EINTR);
	CHECK_EQ(status, expected);
}

static void do_fork(void)
{
	volatile long mine = (long)state;
	pid_t child = fork();

	CHECK(child >= 0);
	if (child == 0) {
		CHECK_EQ(mine, (long)state);
		mine = 0;
		_exit(7);
	}
	wait_for(child, 7 << 8);
	CHECK_EQ(mine, (long)state);
}

static void do_exec(void)
{
	char *const arguments[] = { (char *)self, "end", NULL }, *const environment[] = { NULL };
	pid_t child = below(2) ? vfork() : fork();

	CHECK(child >= 0);
	if (child == 0) {
		execve(self, arguments, environment);
		_exit(1);
	}
	wait_for(child, 9 << 8);
}

static void do_memory(void)
{
	unsigned pages = 1 + below(PAGES);
	unsigned long mark = state;
	volatile unsigned long *memory = mmap(NULL, pages * 4096ul, PROT_READ | PROT_WRITE,
		MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	CHECK(memory != MAP_FAILED);
	for (unsigned i = 0; i < pages; i++)
		memory[i * 512] = mark + i;
	if (below(2))
		do_fork();
	for (unsigned i = 0; i < pages; i++)
		CHECK_EQ(memory[i * 512], mark + i);
	CHECK_EQ(munmap((void *)memory, pages * 4096ul), 0);
}

static void write_all(int fd, const char *bytes, size_t size)
{
	while (size > 0) {
		ssize_t part = write(fd, bytes, size);
		if (part < 0) {
			CHECK_EQ(errno, EINTR);
			continue;
		}
		bytes += part;
		size -= part;
	}
}

static void do_pipe(void)
{
	static char bytes[3000];
	char byte = (char)state;
	int ends[2], left = below(60000), sum = left;
	ssize_t part;

	CHECK_EQ(pipe(ends), 0);
	pid_t child = fork();
	CHECK(child >= 0);
	if (child == 0) {
		memset(bytes, byte, sizeof(bytes));
		for (; left > 0; left -= sizeof(bytes))
			write_all(ends[1], bytes, left < (int)sizeof(bytes) ? left : (int)sizeof(bytes));
		_exit(0);
	}
	close(ends[1]);
	while ((part = read(ends[0], bytes, sizeof(bytes))) != 0) {
		CHECK(part > 0 || errno == EINTR);
		for (int i = 0; i < part; i++)
			CHECK_EQ(bytes[i], byte);
		sum -= part > 0 ? part : 0;
	}
	CHECK_EQ(sum, 0);
	close(ends[0]);
	wait_for(child, 0);
}

static void do_signal(void)
{
	pid_t to = __atomic_load_n(&workers[below(WORKERS)], __ATOMIC_SEQ_CST);

	/* At the end it may be gone. */
	if (to > 0)
		CHECK(kill(to, SIGUSR1) == 0 || errno == ESRCH);
}

static void thread_work(void *argument)
{
	volatile long *sum = argument;

	for (int i = 0; i < 100; i++) {
		__atomic_add_fetch(sum, 1, __ATOMIC_SEQ_CST);
		if (i % 10 == 0)
			syscall(SYS_sched_yield);
	}
}

static void do_threads(void)
{
	static struct thread threads[3];
	long sum = 0;

	for (int i = 0; i < 3; i++)
		CHECK(thread_start(&threads[i], thread_work, &sum) > 0);
	for (int i = 0; i < 3; i++)
		thread_join(&threads[i]);
	CHECK_EQ(sum, 300);
}

static void do_move(void)
{
	static cpu_set_t all;
	cpu_set_t one;
	int cpu = below(64);

	if (CPU_COUNT(&all) == 0)
		CHECK_EQ(sched_getaffinity(0, sizeof(all), &all), 0);
	if (!CPU_ISSET(cpu, &all))
		return;
	CPU_ZERO(&one);
	CPU_SET(cpu, &one);
	CHECK_EQ(sched_setaffinity(0, sizeof(one), &one), 0);
	CHECK_EQ(sched_getcpu(), cpu);
	CHECK_EQ(sched_setaffinity(0, sizeof(all), &all), 0);
}

static void (*const deeds[])(void) = {
	do_fork, do_exec, do_memory, do_memory, do_pipe, do_signal, do_signal, do_threads, do_move,
};

#define DEEDS (sizeof(deeds) / sizeof(deeds[0]))

static void work(int number, unsigned long seed, time_t end)
{
	state = (seed * WORKERS + number) * 0x9e3779b97f4a7c15 | 1;
	while (time(NULL) < end)
		deeds[below(DEEDS)]();
	_exit(0);
}

/* All at once, in a process of its own, so that what it takes itself is back in the end as well. */
static void stress(unsigned long seed, int seconds)
{
	pid_t children[WORKERS];
	time_t end = time(NULL) + seconds;

	workers = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	CHECK(workers != MAP_FAILED);
	for (int i = 0; i < WORKERS; i++) {
		children[i] = fork();
		CHECK(children[i] >= 0);
		if (children[i] == 0)
			work(i, seed, end);
		__atomic_store_n(&workers[i], children[i], __ATOMIC_SEQ_CST);
	}
	for (int i = 0; i < WORKERS; i++)
		wait_for(children[i], 0);
	_exit(0);
}

static void run_apart(unsigned long seed, int seconds)
{
	pid_t child = fork();

	CHECK(child >= 0);
	if (child == 0)
		stress(seed, seconds);
	wait_for(child, 0);
}

int main(int argc, char **argv)
{
	struct sigaction action = { .sa_handler = count_signal };
	int seconds = sysconf(_SC_NPROCESSORS_ONLN) > 1 ? SECONDS_MORE : SECONDS_ONE;
	unsigned long seed = argc > 2 ? strtoul(argv[2], NULL, 0) : 1;
	struct abi_ai_ledger before;
	char reason[LEDGER_REASON];

	if (argc > 1 && strcmp(argv[1], "end") == 0)
		return 9;
	self = argv[0];
	if (argc > 1)
		seconds = atoi(argv[1]);
	CHECK_EQ(sigaction(SIGUSR1, &action, NULL), 0);
	/* What is made at the first use and stays is no leak. */
	run_apart(seed, 1);
	CHECK(ledger_read(&before));
	run_apart(seed, seconds);
	if (!ledger_is_back(&before, reason))
		test_fail(__FILE__, __LINE__, "%s", reason);
	PASS();
}
