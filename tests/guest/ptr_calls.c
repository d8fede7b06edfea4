/* Bad pointers and sizes to every call that takes one, from the rows of abi/syscalls.def.
 *
 * Each call is first made with good arguments, in several ways. Where it does its work, it is made
 * again with one pointer that is bad: that has to give EFAULT if the pointer is a path, or if the
 * good call has written there; if it is another, EFAULT or what a call gives that need not look.
 * Then one size at a time is as odd as can be: nothing beyond it or the memory may be touched.
 * "ptr_calls dump" says what each call gives, to compare kernels.
 *
 * guest-only: as root it changes the rights of whatever it has open, /dev/null and /dev/zero among them. */
#define _GNU_SOURCE
#include "calls.h"

#define INTS	2	/* values of what is a number or names a file */
#define WAYS	(CALLS_FDS * INTS + 1)	/* to make a good call; in the last it is left out */
#define MARK	0xa5
#define MARKED	1024

static char *constant;
static unsigned long bad[12];
static unsigned bad_count;
static long self;
static bool dump;

/* Argument number i has this part of the arena. */
static char *slot(unsigned i)
{
	return arena + i * 2 * PAGE;
}

static bool is_count(const struct call *call, unsigned i)
{
	for (unsigned j = 0; j < call->arg_count; j++)
		if (call_arg_is_pointer(&call->args[j]) && call->args[j].counted_by == (int)i)
			return true;
	return call->args[i].kind == SYSCALL_KIND_SIZE;
}

static bool count_is_of_bytes(const struct call *call, unsigned i)
{
	for (unsigned j = 0; j < call->arg_count; j++)
		if (call->args[j].counted_by == (int)i && call_arg_is_pointer(&call->args[j]))
			return call->args[j].element_size == 1;
	return true;
}

static unsigned long good_argument(const struct call *call, unsigned i, unsigned way)
{
	static const char *const paths[INTS] = { "a", "d" };
	const struct syscall_arg *arg = &call->args[i];

	switch (arg->kind) {
	case SYSCALL_KIND_FD:
		return CALLS_FD + way % CALLS_FDS;
	case SYSCALL_KIND_DIRFD:
		return CALLS_FD + 1;
	case SYSCALL_KIND_PATH:
		strcpy(slot(i), i > 1 ? "n" : paths[way / CALLS_FDS % INTS]);
		return (unsigned long)slot(i);
	case SYSCALL_KIND_IN:
	case SYSCALL_KIND_INOUT:
	case SYSCALL_KIND_STRINGS:
		memset(slot(i), 0, MARKED);
		if (arg->element && strcmp(arg->element, "iovec") == 0)
			memcpy(slot(i), (unsigned long[]){ (unsigned long)slot(i) + 512, 16 }, 16);
		return (unsigned long)slot(i);
	case SYSCALL_KIND_OUT:
		memset(slot(i), MARK, MARKED);
		return (unsigned long)slot(i);
	case SYSCALL_KIND_PROT:
		return 3;
	case SYSCALL_KIND_MAP_FLAGS:
		return MAP_PRIVATE | MAP_ANONYMOUS;
	case SYSCALL_KIND_ARCH_CODE:
		return 0x1003;
	case SYSCALL_KIND_MODE:
		return 0700;
	case SYSCALL_KIND_SIG:
		return SIGCHLD;
	case SYSCALL_KIND_WAIT_OPTIONS:
		return WNOHANG;
	case SYSCALL_KIND_INT:
	case SYSCALL_KIND_UINT:
	case SYSCALL_KIND_LONG:
	case SYSCALL_KIND_ULONG:
	case SYSCALL_KIND_SIZE:
		if (is_count(call, i))
			return count_is_of_bytes(call, i) ? 256 : 1;
		return way / CALLS_FDS % INTS;
	default:
		return 0;
	}
}

/* What earlier calls have changed: the files are there and at their start, the pipe has bytes. */
static void restore(void)
{
	int fd = open("a", O_RDWR | O_CREAT, 0600);

	(void)!write(fd, calls_folder, 100);
	close(fd);
	mkdir("d", 0700);
	unlink("n");
	rmdir("n");
	for (fd = CALLS_FD; fd < CALLS_FD + CALLS_FDS; fd++)
		lseek(fd, 0, SEEK_SET);
	(void)!write(CALLS_FD + 3, calls_folder, 100);
}

/* Addresses are other ones in each run: they have names. */
static void say(const struct call *call, unsigned way, int replaced, unsigned long value, long error)
{
	char text[24];

	snprintf(text, sizeof(text), "%#lx", value);
	for (unsigned n = 0; n < bad_count; n++)
		if (value > PAGE && value == bad[n])
			snprintf(text, sizeof(text), "bad%u", n);
	dprintf(calls_output, "%s way %u %s %s: %ld\n", call->name, way,
		replaced < 0 ? "good" : call->args[replaced].name, text, error);
}

static long make(const struct call *call, unsigned way, int replaced, unsigned long value)
{
	unsigned long args[6] = { 0 };

	restore();
	arena[ARENA_SIZE - 1] = 'x';
	for (unsigned i = 0; i < call->arg_count; i++)
		args[i] = (int)i == replaced ? value : good_argument(call, i, way);
	long result = call_do(call, args, self);
	if (dump)
		say(call, way, replaced, value, result < 0 ? -result : 0);
	return result;
}

static bool was_written(unsigned i)
{
	for (unsigned at = 0; at < MARKED; at++)
		if ((unsigned char)slot(i)[at] != MARK)
			return true;
	return false;
}

/* need: the call cannot do without the pointer. */
static void check_pointer(const struct call *call, unsigned way, unsigned i, bool need)
{
	bool out = call->args[i].kind == SYSCALL_KIND_OUT;

	for (unsigned n = 0; n < bad_count; n++) {
		bool part = bad[n] == (unsigned long)arena + ARENA_SIZE - 1;

		if (bad[n] == (unsigned long)constant && !out)
			continue;
		long result = make(call, way, i, bad[n]);

		if (result == -EFAULT || (result >= 0 && (!need || (part && out))))
			continue;
		if (result == -EINVAL && (bad[n] == 0 || bad[n] % 8 || !need))
			continue;
		if (result >= 0 && bad[n] == 0)
			continue;
		calls_fail("%s: argument %s at %#lx gives %ld (way %u)\n", call->name,
			call->args[i].name, bad[n], result, way);
	}
}

static void check_pointers(const struct call *call, unsigned way)
{
	bool need[6] = { false };

	if (way < WAYS - 1) {
		if (make(call, way, -1, 0) < 0)
			return;
		for (unsigned i = 0; i < call->arg_count; i++)
			need[i] = call->args[i].kind == SYSCALL_KIND_PATH ||
				(call->args[i].kind == SYSCALL_KIND_OUT && was_written(i));
	}
	for (unsigned i = 0; i < call->arg_count; i++) {
		if (!call_arg_is_pointer(&call->args[i]))
			continue;
		if (way < WAYS - 1) {
			check_pointer(call, way, i, need[i]);
			continue;
		}
		for (unsigned n = 0; n < bad_count; n++)
			make(call, way, i, bad[n]);
	}
}

static void check_sizes(const struct call *call, unsigned way)
{
	static const unsigned long sizes[] = {
		0, 1, PAGE - 1, PAGE + 1, 0x7fffffff, 0x80000000, 0x80000001, 0xffffffff, 1ul << 47, 1ul << 63,
		-PAGE - 1, -PAGE, -1ul,
	};

	for (unsigned i = 0; i < call->arg_count; i++) {
		if (!is_count(call, i))
			continue;
		for (unsigned n = 0; n < sizeof(sizes) / sizeof(sizes[0]); n++) {
			long result = make(call, way, i, sizes[n]);

			if (result < -4095 || (call->result == SYSCALL_KIND_SIZE && result > 0 &&
					count_is_of_bytes(call, i) && (unsigned long)result > sizes[n] &&
					call->number != ABI_SYS_ai_query))
				calls_fail("%s: %s of %#lx gives %ld\n", call->name, call->args[i].name,
					sizes[n], result);
		}
	}
}

static void step(unsigned long number)
{
	const struct call *call = &calls[number / WAYS / 2];
	unsigned way = number / 2 % WAYS;
	bool has_fd = false;

	for (unsigned i = 0; i < call->arg_count; i++)
		has_fd |= call->args[i].kind == SYSCALL_KIND_FD;
	if (!has_fd && way % CALLS_FDS && way != WAYS - 1)
		return;
	if (number % 2)
		check_sizes(call, way);
	else
		check_pointers(call, way);
}

static void prepare(unsigned long first)
{
	(void)first;
	calls_open_files();
	self = getpid();
}

int main(int argc, char **argv)
{
	dump = argc > 1 && strcmp(argv[1], "dump") == 0;
	if (dump)
		calls_stuck = 500;	/* each has to be heard */
	calls_init();
	constant = calls_map(PAGE);
	CHECK_EQ(mprotect(constant, PAGE, PROT_READ), 0);
	const unsigned long addresses[] = {
		0, 8, (unsigned long)arena + ARENA_SIZE, (unsigned long)arena + ARENA_SIZE - 1,
		(unsigned long)constant, 0x7ffffffff000, 0x800000000000, 1ul << 63, 0xffff800000000000,
		0xffffffff80100000, -PAGE, -1ul,
	};
	memcpy(bad, addresses, sizeof(addresses));
	bad_count = sizeof(addresses) / sizeof(addresses[0]);
	calls_watch(0, CALL_COUNT * WAYS * 2, WAYS * 2, prepare, step);
	calls_end();
	PASS();
}
