/* See report.h. */
#include "core/report.h"

#include "core/printk.h"
#include "core/spinlock.h"
#include "core/symbols.h"
#include "lib/string.h"
#include "x86/paging.h"
#include "x86/percpu.h"
#include "x86/trap.h"

#define BACKTRACE_MAX	32
#define TOLD_MAX	8
#define OBJECT_SIZE	1024ul		/* its lock is no further behind a pointer into it */
#define STACK_SIZE	(16 * 1024ul)

_Static_assert(offsetof(struct spinlock, name) == sizeof(u64), "read_held reads both words");

extern char kernel_data_start[], kernel_data_end[];

static void print_address(u64 address, u64 symbol_address)
{
	char name[96];
	symbol_format(symbol_address, name, sizeof(name));
	printk("  %016lx %s\n", address, name);
}

/* The chain of frame pointers rises: a caller's frame lies above. A return address may be the first
 * of the next function, after a call that does not return, so the call's own is named. */
static void print_callers(u64 frame_pointer)
{
	for (u32 depth = 0; depth < BACKTRACE_MAX && frame_pointer >= DIRECT_BASE; depth++) {
		u64 caller, next;
		if (!trap_probe(frame_pointer, &next) || !trap_probe(frame_pointer + 8, &caller))
			break;
		if (!symbol_is_code(caller))
			break;
		print_address(caller, caller - 1);
		if (next <= frame_pointer)
			break;
		frame_pointer = next;
	}
}

void report_backtrace(u64 frame_pointer)
{
	printk("backtrace:\n");
	print_callers(frame_pointer);
}

/* A lock says who holds it. Those of the kernel's data are found by looking through all of that;
 * the others, which are in objects, through what registers and stack point at: whoever took them
 * has them there, nearly always. */
struct search {
	u32 cpu;
	u64 told[TOLD_MAX];
	u32 count;
};

/* Whether somebody holds a lock that lies there; what does not look like one is none. */
static bool read_held(u64 address, struct spinlock *copy)
{
	u64 first, name;

	if (!trap_probe(address, &first) || (u32)first == 0 || (u32)first > percpu_count ||
		first >> 32 == 0 || first >> 32 > LOCK_LOG ||
		!trap_probe(address + offsetof(struct spinlock, name), &name))
		return false;
	memcpy(copy, &first, sizeof(first));
	copy->name = (const char *)name;
	return symbol_is_constant(name);
}

static void tell_if_held(struct search *search, u64 address)
{
	struct spinlock lock;

	if (!read_held(address, &lock) || lock.holder != search->cpu + 1)
		return;
	for (u32 i = 0; i < search->count; i++)
		if (search->told[i] == address)
			return;
	if (search->count == TOLD_MAX)
		return;
	search->told[search->count++] = address;
	printk("  CPU %u holds lock \"%s\"\n", search->cpu, lock.name);
}

static void search_range(struct search *search, u64 start, u64 end)
{
	for (u64 address = ALIGN_DOWN(start, sizeof(u64)); address < end; address += sizeof(u64))
		tell_if_held(search, address);
}

static void search_object(struct search *search, u64 pointer)
{
	if (pointer >= DIRECT_BASE && pointer < FRAMES_BASE)
		search_range(search, pointer, pointer + OBJECT_SIZE);
}

static void search_stack(struct search *search, u64 stack)
{
	u64 word;

	stack = ALIGN_DOWN(stack, sizeof(u64));
	for (u64 end = stack + STACK_SIZE; stack < end && trap_probe(stack, &word);
		stack += sizeof(u64))
		search_object(search, word);
}

/* The lock is spin_lock's argument, which stays where it came. */
static void tell_wanted(u32 cpu, const struct trap_frame *frame)
{
	struct spinlock lock;

	if (symbol_is_in(frame->rip, spin_lock) && read_held(frame->rdi, &lock) &&
		lock.holder != cpu + 1)
		printk("  CPU %u waits for lock \"%s\", which CPU %u holds\n", cpu, lock.name,
			lock.holder - 1);
}

void report_locks(u32 cpu, const struct trap_frame *frame, u64 stack)
{
	struct search search = { .cpu = cpu };

	search_range(&search, (u64)kernel_data_start, (u64)kernel_data_end);
	search_stack(&search, stack);
	if (!frame)
		return;
	for (const u64 *word = &frame->r15; word <= &frame->rdi; word++)
		search_object(&search, *word);
	tell_wanted(cpu, frame);
}

/* Functions that call none have no frame: their return address is all that is on the stack. */
static void print_leaf_caller(const struct trap_frame *frame)
{
	u64 top, caller;

	if (trap_probe(frame->rsp, &top) && symbol_is_code(top) &&
		!(trap_probe(frame->rbp + sizeof(u64), &caller) && caller == top))
		print_address(top, top - 1);
}

void report_interrupted(u32 cpu, const struct trap_frame *frame)
{
	bool user = trap_from_user(frame);

	if (!user)
		report_locks(cpu, frame, frame->rsp);
	printk("backtrace:\n");
	print_address(frame->rip, frame->rip);
	if (user)
		return;
	print_leaf_caller(frame);
	print_callers(frame->rbp);
}
