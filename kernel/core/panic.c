/* A panic trusts nothing: it takes no locks, reads stacks only by trap_probe (core/report.c), and a
 * panic within it ends at once. It first stops the other CPUs, wherever they are, so that its
 * message stays whole; one of them that panics too is silent. */
#include "core/panic.h"

#include "core/printk.h"
#include "core/report.h"
#include "core/watchdog.h"
#include "lib/atomic.h"
#include "x86/apic.h"
#include "x86/insn.h"
#include "x86/paging.h"
#include "x86/percpu.h"
#include "x86/power.h"
#include "x86/trap.h"

#define STOP_SPINS	10000000u	/* how long the others are waited for */

static u32 panic_cpu;		/* who panics, +1; atomic */
static u32 panics;		/* its, one within the other */
static u32 stopped;		/* other CPUs; atomic */
static const struct trap_frame *stopped_frames[CPU_MAX];	/* where; NULL: in a panic too */

static NORETURN void stop(const struct trap_frame *frame)
{
	stopped_frames[percpu_self()->id] = frame;
	atomic_fetch_add(&stopped, 1);
	for (;;)
		__asm__ volatile("cli; hlt");
}

/* The interrupt that cannot be masked: an order to stop, the watchdog's, or a fault of the machine.
 * The watchdog's last one may come when its CPU has begun to panic. */
static bool nmi(struct trap_frame *frame)
{
	u32 cpu = atomic_load(&panic_cpu);

	if (cpu != 0 && cpu != percpu_self()->id + 1)
		stop(frame);
	return cpu != 0 || watchdog_nmi(frame);
}

static void stop_others(void)
{
	for (u32 cpu = 0; cpu < percpu_count; cpu++)
		if (cpu != percpu_self()->id)
			apic_send_nmi(cpu);
	for (u32 spins = 0; spins < STOP_SPINS; spins++) {
		if (atomic_load(&stopped) == percpu_count - 1)
			break;
		insn_pause();
	}
}

static void panic_begin(void)
{
	u32 nobody = 0;

	insn_cli();
	if (atomic_compare_exchange(&panic_cpu, &nobody, percpu_self()->id + 1))
		stop_others();
	else if (nobody != percpu_self()->id + 1)
		stop(NULL);
	switch (panics++) {
	case 0:
		printk_emergency();
		return;
	case 1:
		printk("panic: another one within it\n");
		break;
	}
	power_off(POWER_STATUS_PANIC);
}

void panic_init(void)
{
	trap_register_kernel_fault(panic_trap);
	trap_register(TRAP_NMI, nmi);
}

/* The other CPUs, but for those that had nothing to do. */
static void print_others(void)
{
	for (u32 cpu = 0; cpu < percpu_count; cpu++) {
		const struct trap_frame *frame = stopped_frames[cpu];
		const struct percpu *other = percpu_blocks[cpu];
		if (frame == NULL || percpu_is_idle(other))
			continue;
		printk("CPU %u, thread %p, %s:\n", cpu, (void *)other->current,
			trap_from_user(frame) ? "in user mode" : "in the kernel");
		report_interrupted(cpu, frame);
	}
}

static NORETURN void panic_end(void)
{
	print_others();
	power_off(POWER_STATUS_PANIC);
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

static void print_where(void)
{
	printk("  on CPU %u, thread %p; %u other CPUs stopped\n", percpu_self()->id,
		(void *)percpu_current(), stopped);
}

void panic(const char *text, ...)
{
	__builtin_va_list arguments;
	panic_begin();
	printk("panic: ");
	__builtin_va_start(arguments, text);
	vprintk(text, arguments);
	__builtin_va_end(arguments);
	printk("\n");
	print_where();
	print_control_registers();
	report_locks(percpu_self()->id, NULL, (u64)__builtin_frame_address(0));
	report_backtrace((u64)__builtin_frame_address(0));
	panic_end();
}

void panic_trap(const struct trap_frame *frame, const char *reason)
{
	panic_begin();
	printk("panic: %s in %s mode, vector %lu, error %#lx\n", reason,
	       trap_from_user(frame) ? "user" : "kernel", frame->vector, frame->error);
	print_where();
	print_registers(frame);
	print_control_registers();
	report_interrupted(percpu_self()->id, frame);
	panic_end();
}
