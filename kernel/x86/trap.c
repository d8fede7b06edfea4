/* The IDT (Intel SDM vol. 3, 6.10) and who handles what. */
#include "x86/trap.h"

#include "lib/atomic.h"
#include "x86/apic.h"
#include "x86/cpu.h"
#include "x86/descriptors.h"
#include "x86/insn.h"
#include "x86/paging.h"
#include "x86/percpu.h"

#define VECTORS		256
#define STUB_SIZE	16	/* entry.asm */
#define GATE_INTERRUPT	0x8e00u	/* present, interrupts off */
#define GATE_USER	0x6000u	/* an instruction of user mode may raise it */

/* What a program may have in its flags: CF PF AF ZF SF TF DF OF RF AC ID. */
#define USER_FLAGS	0x250dd5ul
#define FLAGS_FIXED	0x2ul

struct gate {
	u16 offset_low, selector, type_ist, offset_middle;
	u32 offset_high, reserved;
};
_Static_assert(sizeof(struct gate) == 16, "the CPU reads it");

struct table_register {
	u16 limit;
	u64 base;
} PACKED;

extern u8 trap_stubs[], trap_probe_access[], trap_probe_failed[];
extern long syscall_hole(), syscall_full();

static SEALED struct gate idt[VECTORS];
static SEALED trap_handler_t handlers[VECTORS];
static SEALED trap_kernel_fault_t kernel_fault;
static SEALED void (*user_fault)(struct trap_frame *frame);
static SEALED void (*return_work)(struct trap_frame *frame, bool again);
static SEALED void (*attend)(const struct trap_frame *frame);
u32 trap_attention;

_Static_assert(SYSCALL_TABLE_SIZE == PERCPU_CALLS_LINUX, "every entry of the table is counted");

/* entry.asm calls through these. */
SEALED syscall_function_t syscall_table[SYSCALL_TABLE_SIZE] = {
	[0 ... SYSCALL_TABLE_SIZE - 1] = syscall_hole,
};
SEALED syscall_function_t syscall_full_table[SYSCALL_TABLE_SIZE];
SEALED long (*syscall_other)(u64 number, struct trap_frame *frame) = syscall_hole;

static const char *const exception_names[] = {
	[TRAP_DE] = "divide error",
	[TRAP_DB] = "debug exception",
	[TRAP_NMI] = "non-maskable interrupt",
	[TRAP_BP] = "breakpoint",
	[TRAP_OF] = "overflow",
	[TRAP_BR] = "bound range exceeded",
	[TRAP_UD] = "invalid opcode",
	[TRAP_NM] = "no floating-point unit",
	[TRAP_DF] = "double fault",
	[TRAP_TS] = "invalid task state",
	[TRAP_NP] = "segment not present",
	[TRAP_SS] = "stack fault",
	[TRAP_GP] = "general protection fault",
	[TRAP_PF] = "page fault",
	[TRAP_MF] = "floating-point error",
	[TRAP_AC] = "alignment check",
	[TRAP_MC] = "machine check",
	[TRAP_XM] = "SIMD floating-point error",
};

static u32 stack_of(u32 vector)
{
	switch (vector) {
	case TRAP_NMI:
		return DESCRIPTORS_IST_NMI;
	case TRAP_DF:
		return DESCRIPTORS_IST_DF;
	case TRAP_MC:
		return DESCRIPTORS_IST_MC;
	default:
		return 0;
	}
}

static void idt_fill(void)
{
	for (u32 vector = 0; vector < VECTORS; vector++) {
		u64 stub = (u64)trap_stubs + vector * STUB_SIZE;
		bool user = vector == TRAP_BP || vector == TRAP_OF;
		idt[vector] = (struct gate){
			.offset_low = stub,
			.selector = CPU_KERNEL_CS,
			.type_ist = GATE_INTERRUPT | (user ? GATE_USER : 0) | stack_of(vector),
			.offset_middle = stub >> 16,
			.offset_high = stub >> 32,
		};
	}
}

void trap_init(void)
{
	idt_fill();
	descriptors_boot_stacks();
	trap_init_cpu();
}

void trap_init_cpu(void)
{
	struct table_register idtr = { sizeof(idt) - 1, (u64)idt };
	__asm__ volatile("lidt %0" : : "m"(idtr));
	descriptors_init();
}

void trap_register(u32 vector, trap_handler_t handler)
{
	handlers[vector] = handler;
}

void trap_register_kernel_fault(trap_kernel_fault_t handler)
{
	kernel_fault = handler;
}

void trap_register_user_fault(void (*handler)(struct trap_frame *frame))
{
	user_fault = handler;
}

void trap_register_return_work(void (*handler)(struct trap_frame *frame, bool again))
{
	return_work = handler;
}

void trap_register_attention(void (*handler)(const struct trap_frame *frame))
{
	attend = handler;
}

void trap_register_syscall(u32 number, syscall_function_t function, bool full)
{
	syscall_full_table[number] = full ? function : NULL;
	syscall_table[number] = full ? syscall_full : function;
}

void trap_register_syscall_other(long (*handler)(u64 number, struct trap_frame *frame))
{
	syscall_other = handler;
}

/* An interrupt without a handler is answered and forgotten: devices may have been left with one
 * pending. */
static void dispatch_interrupt(struct trap_frame *frame)
{
	struct percpu *cpu = percpu_self();
	trap_handler_t handler = handlers[frame->vector];
	cpu->preempt_count++;
	cpu->irq_depth++;
	cpu->interrupts[MIN(frame->vector - TRAP_IRQ_BASE, PERCPU_INTERRUPTS - 1ul)]++;
	cpu->irq_times = (cpu->irq_times << 7 | cpu->irq_times >> 57) ^ insn_rdtsc();
	if (unlikely(atomic_load_relaxed(&trap_attention) != 0))
		attend(frame);
	if (handler != NULL)
		handler(frame);
	if (frame->vector != TRAP_SPURIOUS)
		apic_end_interrupt();
	cpu->irq_depth--;
	cpu->preempt_count--;
}

static void dispatch_unhandled(struct trap_frame *frame)
{
	const char *name = NULL;
	if (frame->vector < ARRAY_SIZE(exception_names))
		name = exception_names[frame->vector];
	if (trap_from_user(frame) && stack_of(frame->vector) == 0 && user_fault != NULL)
		user_fault(frame);
	else
		kernel_fault(frame, name != NULL ? name : "unknown exception");
}

void trap_dispatch(struct trap_frame *frame)
{
	if (frame->vector >= TRAP_IRQ_BASE) {
		dispatch_interrupt(frame);
		return;
	}
	if (!trap_from_user(frame) && frame->rip == (u64)trap_probe_access) {
		frame->rip = (u64)trap_probe_failed;
		return;
	}
	trap_handler_t handler = handlers[frame->vector];
	if (handler == NULL || !handler(frame))
		dispatch_unhandled(frame);
}

void trap_return_work(struct trap_frame *frame, bool again)
{
	return_work(frame, again);
	trap_check_user_frame(frame);
}

/* Whatever C has put into a frame, IRETQ and SYSRET can restore it, and it is user mode. An address
 * that no program can run at becomes one at which it faults in user mode, since a bad one would
 * make the return fault in the kernel. */
void trap_check_user_frame(struct trap_frame *frame)
{
	frame->cs = CPU_USER_CS;
	frame->ss = CPU_USER_SS;
	frame->rflags = (frame->rflags & USER_FLAGS) | RFLAGS_IF | FLAGS_FIXED;
	if (frame->rip > USER_END)
		frame->rip = USER_END;
}

struct trap_frame *trap_user_frame(void)
{
	return (struct trap_frame *)percpu_self()->kernel_rsp - 1;
}
