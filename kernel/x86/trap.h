/* Traps: exceptions, interrupts and the system-call entry. Owns the IDT and the table of handlers.
 *
 * entry.asm brings every entry into one form, a struct trap_frame on the kernel stack, and calls
 * trap_dispatch (or the system-call table); C changes the frame to change what the interrupted code
 * sees. Layers to the right register handlers here. A vector without a handler that comes from user
 * mode goes to the fault handler (proc: a signal); from kernel mode it is a panic.
 *
 * Registration happens at boot, before the other CPUs run; no lock. Handlers run with interrupts
 * off on the stack of the interrupted thread (NMI, #DF and #MC on stacks of their own) and may not
 * sleep, except a fault from user mode, or on a user address in the kernel where the caller may
 * sleep: that handler may turn interrupts on and sleep. */
#ifndef X86_TRAP_H
#define X86_TRAP_H

#include "lib/types.h"

/* The registers of interrupted code, in the order in which entry.asm pushes them. After SYSCALL,
 * vector is TRAP_SYSCALL, error the call's number, rcx and r11 equal rip and rflags; and rax, rbx,
 * rcx, rbp and r11 to r15 are valid only in calls marked "full" in abi/syscalls.def and once
 * trap_return_work has been entered. */
struct trap_frame {
	u64 r15, r14, r13, r12, rbp, rbx;
	u64 r11, rcx, rax, r10, r9, r8, rdx, rsi, rdi;
	u64 vector;
	u64 error;
	u64 rip, cs, rflags, rsp, ss;
};
_Static_assert(sizeof(struct trap_frame) == 22 * 8, "entry.asm relies on this");

enum trap_vector {
	TRAP_DE = 0,
	TRAP_DB = 1,
	TRAP_NMI = 2,
	TRAP_BP = 3,
	TRAP_OF = 4,
	TRAP_BR = 5,
	TRAP_UD = 6,
	TRAP_NM = 7,
	TRAP_DF = 8,
	TRAP_TS = 10,
	TRAP_NP = 11,
	TRAP_SS = 12,
	TRAP_GP = 13,
	TRAP_PF = 14,
	TRAP_MF = 16,
	TRAP_AC = 17,
	TRAP_MC = 18,
	TRAP_XM = 19,
	TRAP_IRQ_BASE = 0x20,		/* ISA interrupt n (as the I/O APIC routes it): 0x20 + n */
	TRAP_TIMER = 0x40,		/* the local APIC's timer */
	TRAP_RESCHEDULE = 0x41,		/* another CPU: look at your work, or your run queue */
	TRAP_TLB = 0x42,		/* another CPU: forget translations (x86/tlb.h) */
	TRAP_ATTENTION = 0x43,		/* only brings it to trap_attention */
	TRAP_SELFTEST = 0x44,		/* core/selftest.c */
	TRAP_SPURIOUS = 0xff,
	TRAP_SYSCALL = 0x100,		/* not an IDT vector */
	TRAP_NONE = 0x101,		/* nor this: a frame that the kernel has made */
};

#define TRAP_PF_WRITE	2u	/* page-fault error code (Intel SDM vol. 3, 4.7) */
#define TRAP_PF_USER	4u
#define TRAP_PF_RESERVED 8u
#define TRAP_PF_FETCH	16u

/* Returns true if it has dealt with the trap. */
typedef bool (*trap_handler_t)(struct trap_frame *frame);

/* Sets up the IDT, and this CPU with it; the first C code of the kernel to run. */
void trap_init(void);
/* The same of another CPU, whose per-CPU block is in GS. */
void trap_init_cpu(void);

/* Registers the one handler of a vector. */
void trap_register(u32 vector, trap_handler_t handler);

/* Routes ISA interrupt irq (0..15) to this CPU, unmasks it, and calls handler for it
 * (x86/apic.c). */
void trap_register_irq(u32 irq, trap_handler_t handler);

/* Who gets the exceptions of the kernel that no handler dealt with; does not return (core: panic).
 * The first thing that main does, before trap_init. */
typedef void (*trap_kernel_fault_t)(const struct trap_frame *frame, const char *reason);
void trap_register_kernel_fault(trap_kernel_fault_t handler);

/* Who gets the exceptions of user mode that no handler dealt with (proc: signals). */
void trap_register_user_fault(void (*handler)(struct trap_frame *frame));

/* What is called on the way out to user mode when the current thread's work word is not 0 (proc:
 * rescheduling and signals), and again until only TRAP_WORK_STAYS is left. It runs with interrupts
 * on, may sleep, may change the frame, and clears the other bits that it has dealt with; all fields
 * of the frame are valid. */
#define TRAP_WORK_STAYS	(1u << 31)
void trap_register_return_work(void (*handler)(struct trap_frame *frame, bool again));

/* While the word is not 0, interrupts call handler before their own: for what has to be done soon
 * on some CPU, or before it does anything else after a rest (core/watchdog.c). */
extern u32 trap_attention;	/* atomic */
void trap_register_attention(void (*handler)(const struct trap_frame *frame));

/* Called by entry.asm. */
void trap_dispatch(struct trap_frame *frame);
void trap_return_work(struct trap_frame *frame, bool again);
void trap_check_user_frame(struct trap_frame *frame);

static inline bool trap_from_user(const struct trap_frame *frame)
{
	return frame->cs & 3;
}

/* The table that the system-call entry indexes; a hole holds a function that returns -ENOSYS. The
 * functions take the six argument registers and return what goes to rax; they run with interrupts
 * on. */
#define SYSCALL_TABLE_SIZE	512
typedef long (*syscall_function_t)();
extern syscall_function_t syscall_table[SYSCALL_TABLE_SIZE];

/* Puts a call into the table (sys/dispatch.c, at boot). A full call finds every register in its
 * frame (trap_user_frame) and what it changes there takes effect; the others have rax as their only
 * way back. */
void trap_register_syscall(u32 number, syscall_function_t function, bool full);

/* Who answers numbers from SYSCALL_TABLE_SIZE up, the low half of rax; the frame is complete
 * and holds the arguments. Without one they are -ENOSYS. */
void trap_register_syscall_other(long (*handler)(u64 number, struct trap_frame *frame));

/* The frame with which the current thread entered the kernel from user mode: valid in a full call,
 * in return work, and (but for the registers said above) in every call. */
struct trap_frame *trap_user_frame(void);

/* Becomes user mode for the first time, or again, with the registers of the frame, which may lie
 * anywhere above rsp on the current kernel stack. Pending work is done first. */
NORETURN void trap_enter_user(struct trap_frame *frame);

/* Reads 8 bytes at any kernel address; false if that faults. For panics, which trust no pointer. */
bool trap_probe(u64 address, u64 *value);

#endif
