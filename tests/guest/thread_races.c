/* Threads that race one another through the kernel: memory mapped, unmapped and used, descriptors opened, copied and closed,
 * directories changed, limits and timers set, children made, while some thread ends the process, or execs. Whatever comes
 * out of a single call, the machine stays, every process ends, and nothing is left.
 * guest-only: no host should be asked for this. */
#include "ledger.h"
#include "thread.h"

#include <fcntl.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>

#define THREADS	6
#define PAGE	4096ul
#define PAGES	32

static struct thread threads[THREADS], more[THREADS];
static char *area, *self;
static int ends[2];

/* Calls by hand: all threads have one errno. */
static long call(long number, long a, long b, long c, long d, long e, long f)
{
	register long r10 __asm__("r10") = d;
	register long r8 __asm__("r8") = e;
	register long r9 __asm__("r9") = f;
	long result;

	__asm__ volatile("syscall"
			 : "=a"(result)
			 : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
			 : "rcx", "r11", "memory");
	return result;
}

#define CALL(number, a, b, c) call(number, (long)(a), (long)(b), (long)(c), 0, 0, 0)

static unsigned long draw(unsigned long *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

/* Memory comes and goes under everybody who reads and writes it by system calls; who touches it himself may die. */
static void maps(unsigned long *state)
{
	char *place = area + draw(state) % PAGES * PAGE;
	unsigned long size = (1 + draw(state) % 4) * PAGE;

	switch (draw(state) % 6) {
	case 0:
		CALL(SYS_munmap, place, size, 0);
		break;
	case 1:
		CALL(SYS_mprotect, place, size, draw(state) % 4);
		break;
	case 2:
		CALL(SYS_madvise, place, size, MADV_DONTNEED);
		break;
	case 3:
		CALL(SYS_brk, CALL(SYS_brk, 0, 0, 0) + (draw(state) & 1 ? PAGE : -PAGE), 0, 0);
		break;
	default:
		call(SYS_mmap, (long)place, size, PROT_READ | PROT_WRITE,
			MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
	}
}

static void copies(unsigned long *state)
{
	char *place = area + draw(state) % (PAGES * PAGE);

	CALL(SYS_fcntl, ends[0], F_SETFL, O_NONBLOCK);
	CALL(SYS_fcntl, ends[1], F_SETFL, O_NONBLOCK);
	CALL(SYS_write, ends[1], place, draw(state) % 9000);
	CALL(SYS_read, ends[0], place, draw(state) % 9000);
	CALL(SYS_clock_gettime, 0, place, 0);
	CALL(SYS_rt_sigprocmask, SIG_BLOCK, 0, place);
	CALL(SYS_getcwd, place, 100, 0);
	call(SYS_futex, (long)place & ~3l, FUTEX_WAKE | (draw(state) & FUTEX_PRIVATE), 1, 0, 0, 0);
}

static void opens(unsigned long *state)
{
	int fd = 10 + draw(state) % 8, from = 10 + draw(state) % 8;

	switch (draw(state) % 6) {
	case 0:
		CALL(SYS_close, fd, 0, 0);
		break;
	case 1:
		CALL(SYS_dup2, from, fd, 0);
		break;
	case 2:
		CALL(SYS_open, draw(state) & 1 ? "/tmp" : "/proc/self/status", O_RDONLY, 0);
		break;
	case 3:
		CALL(SYS_fcntl, from, F_DUPFD, 10);
		break;
	case 4:
		CALL(SYS_getdents64, fd, area, PAGE);
		CALL(SYS_read, fd, area, PAGE);
		break;
	default:
		CALL(SYS_pipe, area, 0, 0);
		CALL(SYS_dup2, ends[draw(state) & 1], fd, 0);
	}
}

static void changes(unsigned long *state)
{
	const struct itimerval soon = { .it_value = { 0, 1 + draw(state) % 3000 } };
	const struct rlimit files = { 100 + draw(state) % 900, 1024 };

	CALL(SYS_chdir, draw(state) & 1 ? "/tmp" : "/proc/self", 0, 0);
	CALL(SYS_umask, draw(state) & 0777, 0, 0);
	CALL(SYS_setrlimit, RLIMIT_NOFILE, &files, 0);
	CALL(SYS_setitimer, draw(state) % 3, &soon, 0);
	CALL(SYS_setpgid, 0, 0, 0);
	CALL(SYS_prctl, 15, "a name", 0);
	CALL(SYS_tgkill, CALL(SYS_getpid, 0, 0, 0), threads[draw(state) % THREADS].given, SIGWINCH);
	CALL(SYS_getrusage, 0, area, 0);
}

static void ends_at_once(void *argument)
{
	(void)argument;
}

static void makes(unsigned long *state)
{
	unsigned long i = draw(state) % THREADS;

	if (draw(state) % 4) {
		/* Two may get the same stack: whoever dies of that belongs to the test. */
		thread_start(&more[i], ends_at_once, NULL);
		return;
	}
	long pid = CALL(SYS_fork, 0, 0, 0);
	if (pid == 0)
		CALL(SYS_exit_group, 0, 0, 0);
	call(SYS_wait4, draw(state) & 1 ? -1 : pid, 0, draw(state) & 1, 0, 0, 0);
}

static void race(void *argument)
{
	static void (*const functions[])(unsigned long *) = { maps, copies, opens, changes, makes };
	unsigned long state = (unsigned long)argument;

	for (;;)
		for (int i = 0; i < 20; i++)
			functions[draw(&state) % 5](&state);
}

/* One process: threads race until one of them ends it in this way. */
static void run(unsigned seed)
{
	char *const arguments[] = { self, "program", NULL }, *const none[] = { NULL };
	unsigned long state = seed * 0x9e3779b97f4a7c15ul + 1;

	draw(&state);
	signal(SIGALRM, SIG_IGN);
	signal(SIGVTALRM, SIG_IGN);
	signal(SIGPROF, SIG_IGN);
	area = mmap(NULL, PAGES * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (area == MAP_FAILED || pipe(ends) != 0)
		_exit(1);
	for (int i = 0; i < THREADS; i++)
		thread_start(&threads[i], race, (void *)(draw(&state) | 1));
	usleep(1000 + draw(&state) % 20000);
	switch (draw(&state) % 5) {
	case 0:
		CALL(SYS_execve, self, arguments, none);
		break;
	case 1:
		CALL(SYS_exit, 0, 0, 0);
		break;
	case 2:
		CALL(SYS_kill, CALL(SYS_getpid, 0, 0, 0), SIGKILL, 0);
		break;
	case 3:
		__asm__ volatile("ud2");
	}
	CALL(SYS_exit_group, 0, 0, 0);
}

/* With the leader gone the others race for ever: they are killed. */
static void round_of(unsigned seed)
{
	int status;
	pid_t child = fork();

	CHECK(child >= 0);
	if (child == 0)
		run(seed);
	usleep(30000);
	kill(child, SIGKILL);
	CHECK_EQ(waitpid(child, &status, 0), child);
	while (waitpid(-1, NULL, 0) > 0)
		;
}

int main(int argc, char **argv)
{
	struct abi_ai_ledger before;
	char reason[LEDGER_REASON];
	unsigned first = argc > 1 ? atoi(argv[1]) : 0;

	if (argc == 2 && strcmp(argv[1], "program") == 0)
		return 0;
	self = argv[0];
	CHECK_EQ(prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
	round_of(first);
	CHECK(ledger_read(&before));
	for (unsigned seed = first; seed < first + 100; seed++)
		round_of(seed);
	if (!ledger_is_back(&before, reason))
		test_fail(__FILE__, __LINE__, "%s", reason);
	PASS();
}
