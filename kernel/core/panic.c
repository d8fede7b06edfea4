/* A panic trusts nothing: it takes no locks, reads stacks only by trap_probe, and a panic within it
 * ends at once. */
#include "core/panic.h"

#include "core/printk.h"
#include "core/symbols.h"
#include "x86/insn.h"
#include "x86/paging.h"
#include "x86/percpu.h"
#include "x86/power.h"
#include "x86/trap.h"

#define BACKTRACE_MAX	32

static u32 panics;

static void panic_begin(void)
{
	insn_cli();
	switch (__atomic_fetch_add(&panics, 1, __ATOMIC_SEQ_CST)) {
	case 0:
		printk_emergency();
		return;
	case 1:
		printk("panic: another one within it\n");
		break;
	}
	power_off(POWER_STATUS_PANIC);
}

static NORETURN void panic_end(void)
{
	power_off(POWER_STATUS_PANIC);
}

static void print_address(u64 address, u64 symbol_address)
{
	char name[96];
	symbol_format(symbol_address, name, sizeof(name));
	printk("  %016lx %s\n", address, name);
}

/* Follows the chain of frame pointers, which rises: a caller's frame lies above. A return address
 * may be the first of the next function, after a call that does not return, so the call's own is
 * named. */
static void print_backtrace(u64 frame_pointer)
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

static void print_registers(const struct trap_frame *frame)
{
	const struct {
		const char *name;
		u64 value;
	} registers[] = {
		{ "rax", frame->rax }, { "rbx", frame->rbx }, { "rcx", frame->rcx },
		{ "rdx", frame->rdx }, { "rsi", frame->rsi }, { "rdi", frame->rdi },
		{ "rbp", frame->rbp }, { "rsp", frame->rsp }, { "r8", frame->r8 },
		{ "r9", frame->r9 }, { "r10", frame->r10 }, { "r11", frame->r11 },
		{ "r12", frame->r12 }, { "r13", frame->r13 }, { "r14", frame->r14 },
		{ "r15", frame->r15 }, { "rip", frame->rip }, { "flags", frame->rflags },
		{ "cs", frame->cs }, { "ss", frame->ss },
	};
	for (size_t i = 0; i < ARRAY_SIZE(registers); i++)
		printk("  %-5s %016lx%s", registers[i].name, registers[i].value,
			i % 4 == 3 ? "\n" : "");
}

static void print_control_registers(void)
{
	printk("  cr0 %016lx cr2 %016lx cr3 %016lx cr4 %016lx\n", insn_read_cr0(), insn_read_cr2(),
	       insn_read_cr3(), insn_read_cr4());
}

void panic(const char *text, ...)
{
	__builtin_va_list arguments;
	panic_begin();
	printk("panic: ");
	__builtin_va_start(arguments, text);
	vprintk(text, arguments);
	__builtin_va_end(arguments);
	printk("\n  on CPU %u, thread %p\n", percpu_self()->id, (void *)percpu_current());
	print_control_registers();
	printk("backtrace:\n");
	print_backtrace((u64)__builtin_frame_address(0));
	panic_end();
}

void panic_trap(const struct trap_frame *frame, const char *reason)
{
	panic_begin();
	printk("panic: %s in %s mode, vector %lu, error %#lx\n", reason,
	       trap_from_user(frame) ? "user" : "kernel", frame->vector, frame->error);
	printk("  on CPU %u, thread %p\n", percpu_self()->id, (void *)percpu_current());
	print_registers(frame);
	print_control_registers();
	printk("backtrace:\n");
	print_address(frame->rip, frame->rip);
	if (!trap_from_user(frame))
		print_backtrace(frame->rbp);
	panic_end();
}
