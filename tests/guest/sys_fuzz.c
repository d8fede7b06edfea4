/* Calls at random, made from the rows of abi/syscalls.def: whatever a program asks for, the kernel
 * answers, and in the end all is as it was. The number of a call and the seed say what it is:
 *
 *	sys_fuzz [SEED [CALLS [FIRST]]]		from call number FIRST on
 *
 * Where the same process did the calls before it, FIRST has to be that of its first call: it is in
 * the name of the process ("fuzz FIRST"), which the kernel's log gives if something happens.
 *
 * No call may end the machine or another process: the magic numbers of reboot(2) are not among the
 * values, and a pid is that of the child or of nobody.
 *
 * guest-only: no host should be asked for this. time-limit: 300 */
#include "calls.h"
#include "ledger.h"

#define CALLS_DEFAULT	200000ul
#define BATCH		1000ul
#define REPORT		250000ul	/* then the ledger is looked at */

static unsigned long seed = 20260101, state;
static long self;

/* xorshift64* */
CALL_RAW static unsigned long draw(void)
{
	state ^= state >> 12;
	state ^= state << 25;
	state ^= state >> 27;
	return state * 0x2545f4914f6cdd1dul;
}

CALL_RAW static unsigned below(unsigned bound)
{
	return (draw() >> 32) % bound;
}

#define ONE_OF(array) ((array)[below(sizeof(array) / sizeof((array)[0]))])

CALL_RAW static unsigned long draw_number(void)
{
	static const unsigned long odd[] = {
		0, 1, 2, 3, 8, 16, 100, 4095, 4096, 4097, 8192, 65536, 0x7fffffff, 0x80000000, 0x80000001,
		0xfffff000, 0xffffffff, 0x100000000, 0x7ffffffff000, 0x7fffffffffffffff, 0x8000000000000000,
		0xfffffffffffff000, 0xffffffffffffffff,
	};

	return below(3) ? ONE_OF(odd) : below(64);
}

CALL_RAW static unsigned long draw_bits(unsigned long known)
{
	switch (below(8)) {
	case 0:
		return 0;
	case 1:
		return draw();
	default:
		return draw() & draw() & known;
	}
}

CALL_RAW static unsigned long draw_bad_address(void)
{
	static const unsigned long bad[] = {
		0, 8, 4096, 0x7ffffffff000, 0x7fffffffefff, 0x800000000000, 0x8000000000000000,
		0xffff800000000000, 0xffffc00000000000, 0xffffffff80000000, 0xffffffff80100000,
		0xffffffffffffffff, 0xfffffffffffffff8,
	};

	return ONE_OF(bad);
}

/* Memory that calls may map, unmap and protect. */
CALL_RAW static unsigned long draw_address(void)
{
	if (below(8) == 0)
		return draw_bad_address();
	return (unsigned long)playground + below(20) * PAGE + (below(4) ? 0 : below(4096));
}

/* Somewhere in the arena, often close to its end. */
CALL_RAW static char *draw_place(void)
{
	return below(4) ? arena + below(ARENA_SIZE / 8 - 512) * 8 : arena + ARENA_SIZE - below(256);
}

/* Words that mean something in one struct or another; times are short. */
CALL_RAW static void fill(char *place, const char *element)
{
	unsigned words = (arena + ARENA_SIZE - place) / 8;
	bool is_time = element && (element[0] == 't' || (element[0] == 'i' && element[1] == 't'));

	for (unsigned i = 0; i < words && i < 20; i++) {
		unsigned kind = !is_time ? below(8) : i % 2 && below(4) ? 5 : below(32) ? 4 : 0;

		((unsigned long *)place)[i] = kind == 0 ? draw_number() :
			kind == 1 ? (unsigned long)draw_place() :
			kind == 2 ? draw() : kind == 3 ? draw_bad_address() :
			kind == 4 ? 0 : below(100);
	}
}

/* In the folder of the test, and where nothing can be removed. */
CALL_RAW static unsigned long draw_path(void)
{
	static const char *const names[] = {
		"a", "b", "c", "d", "d/a", "d/b", "d/d", "d/d/d", ".", "", "d/", "a/", "a/x", "./a",
		"/proc/self/status", "/proc/self/exe", "/proc/self/fd", "/proc/self/fd/3",
	};
	char *place = draw_place();
	const char *name;
	unsigned long i;

	if (below(8) == 0)
		return draw_bad_address();
	if (below(32) == 0) {			/* with no end, or one too far away */
		for (i = 0; place + i < arena + ARENA_SIZE; i++)
			place[i] = 'a' + i % 3;
		return (unsigned long)place;
	}
	name = ONE_OF(names);
	for (i = 0; place + i < arena + ARENA_SIZE; i++) {
		place[i] = name[i];
		if (!name[i])
			break;
	}
	return (unsigned long)place;
}

CALL_RAW static unsigned long draw_pointer(const struct syscall_arg *arg)
{
	char *place = draw_place();

	if (below(6) == 0)
		return below(2) ? draw_bad_address() : draw_address();
	if (arg->kind != SYSCALL_KIND_OUT)
		fill((char *)((unsigned long)place & ~7ul), arg->element);
	return (unsigned long)place;
}

CALL_RAW static unsigned long draw_fd(void)
{
	static const int odd[] = { -1, -100, 0, 1, 2, 12, 13, 14, 20, 1023, 1024, 0x7fffffff, -0x7fffffff };

	return below(5) ? CALLS_FD + below(CALLS_FDS) : (unsigned long)(long)ONE_OF(odd);
}

/* Often those of threads, which need each other. */
CALL_RAW static unsigned long draw_clone_flags(void)
{
	static const unsigned long sets[] = { 0, 0, 0x100, 0x4100, 0x700, 0x10900, 0x3d0f00 };

	return ONE_OF(sets) | (draw_bits(0xffffff00) & draw_bits(0xffffff00)) |
		(below(2) ? SIGCHLD : below(66));
}

CALL_RAW static unsigned long draw_argument(const struct syscall_arg *arg)
{
	static const int harmless[] = { 0, SIGCHLD, SIGCONT, SIGURG, SIGWINCH };
	const long pids[] = { 0, self, self, -self, 99999, 0x7fffffff, -0x7fffffff };

	switch (arg->kind) {
	case SYSCALL_KIND_FD:
	case SYSCALL_KIND_DIRFD:
		return draw_fd();
	case SYSCALL_KIND_PID:
		return ONE_OF(pids);
	case SYSCALL_KIND_SIG:
		return below(3) ? (unsigned)ONE_OF(harmless) : below(66);
	case SYSCALL_KIND_MODE:
		return draw_bits(07777);
	case SYSCALL_KIND_PROT:
		return draw_bits(7);
	case SYSCALL_KIND_MAP_FLAGS:
		return draw_bits(0x1fff33) | (below(4) ? 0x22 : below(4));
	case SYSCALL_KIND_OPEN_FLAGS:
		return draw_bits(03777703);
	case SYSCALL_KIND_AT_FLAGS:
		return draw_bits(0x7f00);
	case SYSCALL_KIND_WAIT_OPTIONS:
		return below(4) ? 1 : draw_bits(0xf);
	case SYSCALL_KIND_CLOCK:
	case SYSCALL_KIND_WHENCE:
		return below(12);
	case SYSCALL_KIND_IOCTL_CMD:
		return 0x5400 + below(0x60);
	case SYSCALL_KIND_ARCH_CODE:
		return 0x1000 + below(6);
	case SYSCALL_KIND_QUERY_FLAGS:
	case SYSCALL_KIND_RANDOM_FLAGS:
	case SYSCALL_KIND_TIMER_FLAGS:
		return below(8) ? 0 : draw_number();
	case SYSCALL_KIND_CLONE_FLAGS:
		return draw_clone_flags();
	case SYSCALL_KIND_ADDR:
		return below(16) ? draw_address() : (unsigned long)draw_place();
	case SYSCALL_KIND_PATH:
		return draw_path();
	case SYSCALL_KIND_STRINGS:
	case SYSCALL_KIND_IN:
	case SYSCALL_KIND_OUT:
	case SYSCALL_KIND_INOUT:
		return draw_pointer(arg);
	default:
		return draw_number();
	}
}

CALL_RAW static void step(unsigned long number)
{
	const struct call *call;
	unsigned long args[6];

	state = (seed + number) * 0x9e3779b97f4a7c15ul | 1;
	draw();
	do {
		call = &calls[below(CALL_COUNT)];
	} while (call->result == SYSCALL_KIND_NONE && below(64));
	for (unsigned i = 0; i < 6; i++)
		args[i] = i < call->arg_count ? draw_argument(&call->args[i]) : draw();
	call_do(call, args, self);
}

static void prepare(unsigned long first)
{
	char name[16];

	snprintf(name, sizeof(name), "fuzz %lu", first);
	prctl(PR_SET_NAME, name, 0, 0, 0);
	calls_open_files();
	close(calls_output);
	self = getpid();
}

static void check_ledger(const struct abi_ai_ledger *before)
{
	char reason[LEDGER_REASON];

	if (!ledger_is_back(before, reason))
		test_fail(__FILE__, __LINE__, "%s", reason);
}

/* Of "/proc/self/fd" another argument in the same place may leave "/pr". */
static void clean_up(void)
{
	char path[8];

	calls_clean("/tmp");
	for (int length = 1; length < 4; length++) {
		snprintf(path, sizeof(path), "/%.*s", length, "proc");
		if (unlink(path) < 0)
			rmdir(path);
	}
}

/* In a process of its own, so that what it takes itself is back in the end as well. */
static void run_part(unsigned long first, unsigned long end)
{
	pid_t child = fork();
	int status;

	CHECK(child >= 0);
	if (child == 0) {
		calls_init();
		calls_watch(first, end, BATCH, prepare, step);
		calls_end();
		_exit(0);
	}
	CHECK_EQ(waitpid(child, &status, 0), child);
	CHECK_EQ(status, 0);
	/* A handler or a frame made of random numbers can send a process anywhere in this program,
	 * so one may have made a folder of its own. */
	CHECK_EXIT(clean_up, 0);
}

int main(int argc, char **argv)
{
	unsigned long first = argc > 3 ? strtoul(argv[3], NULL, 0) : 0;
	unsigned long end = first + (argc > 2 ? strtoul(argv[2], NULL, 0) : CALLS_DEFAULT);
	struct abi_ai_ledger before;

	if (argc > 1)
		seed = strtoul(argv[1], NULL, 0);
	/* What is made at the first use and stays is no leak, here as in the kernel. */
	dprintf(1, "seed %lu: from call %lu\n", seed, first);
	run_part(first, first + BATCH);
	CHECK(ledger_read(&before));
	for (unsigned long part; first < end; first = part) {
		part = end - first < REPORT ? end : first + REPORT;
		run_part(first, part);
		check_ledger(&before);
		if (argc > 1)
			dprintf(1, "seed %lu: %lu calls\n", seed, part);
	}
	CHECK_EQ(kill(1, 0), 0);
	PASS();
}
