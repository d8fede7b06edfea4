/* Faults of programs (proc/signal_fault.h). */
#include "proc/signal_fault.h"

#include "core/panic.h"
#include "core/printk.h"
#include "lib/atomic.h"
#include "proc/exit.h"
#include "proc/oom.h"
#include "proc/signal.h"
#include "proc/signal_deliver.h"
#include "proc/trace.h"
#include "sched/time.h"
#include "x86/fpu.h"
#include "x86/insn.h"
#include <abi/wait.h>

#define RFLAGS_TF	(1ul << 8)

static void return_work(struct trap_frame *frame, bool again)
{
	struct thread *self = thread_current();

	if (atomic_load(&self->work) & THREAD_WORK_TRACE && !again &&
		frame->vector == TRAP_SYSCALL)
		trace_call(frame, frame->rax);
	if (atomic_load(&self->work) & THREAD_WORK_SAMPLED)
		cpu_timer_check();
	if (atomic_load(&self->work) & THREAD_WORK_SIGNAL)
		signal_deliver(frame);
	if (atomic_load(&self->work) & THREAD_WORK_RESCHED)
		sched_preempt();
}

static const char *signal_name(int signal)
{
	switch (signal) {
	case ABI_SIGILL: return "SIGILL";
	case ABI_SIGTRAP: return "SIGTRAP";
	case ABI_SIGBUS: return "SIGBUS";
	case ABI_SIGFPE: return "SIGFPE";
	default: return "SIGSEGV";
	}
}

static NORETURN void die(const struct signal_info *info)
{
	static struct printk_limit limit;
	const struct trap_frame *frame = trap_user_frame();
	const struct task *task = task_current();

	if (printk_allowed(&limit))
		printk("%s[%d]: %s at address %lx rip=%lx rsp=%lx error=%lx\n",
			task->process->name, task->process->pid, signal_name(info->signal),
			task->fault_address, frame->rip, frame->rsp, task->fault_error);
	trace_signal(info);
	process_exit(ABI_WSTATUS_SIGNAL(info->signal));
}

void signal_force(const struct signal_info *info)
{
	struct task *task = task_current();
	struct process *self = task->process;
	struct abi_sigaction *action = &self->actions[info->signal - 1];
	u64 bit = SIGNAL_BIT(info->signal);

	bool irqs = spin_lock_irq(&self->signal_lock);
	if (task->blocked & bit || action->sa_handler == ABI_SIG_IGN)
		action->sa_handler = ABI_SIG_DFL;
	bool handled = action->sa_handler != ABI_SIG_DFL;
	if (handled) {
		signal_set_add(&task->pending, info);
		signal_update_locked(task);
	}
	spin_unlock_irq(&self->signal_lock, irqs);
	if (!handled)
		die(info);
}

static void note_fault(const struct trap_frame *frame, u64 address)
{
	struct task *task = task_current();

	task->fault_vector = frame->vector;
	task->fault_error = frame->error;
	task->fault_address = address;
}

static int float_code(u32 exceptions)
{
	static const u8 codes[] = {
		ABI_FPE_FLTINV, ABI_FPE_FLTUND, ABI_FPE_FLTDIV, ABI_FPE_FLTOVF, ABI_FPE_FLTUND,
		ABI_FPE_FLTRES,
	};

	exceptions &= (1u << ARRAY_SIZE(codes)) - 1;
	return exceptions ? codes[__builtin_ctz(exceptions)] : 0;
}

/* Intel SDM vol. 3, 6.15; signals, codes and addresses are Linux's. */
static struct signal_info trap_info(const struct trap_frame *frame)
{
	u64 rip = frame->rip;

	switch (frame->vector) {
	case TRAP_DE:
		return (struct signal_info){ ABI_SIGFPE, ABI_FPE_INTDIV, { rip } };
	case TRAP_MF:
		return (struct signal_info){ ABI_SIGFPE, float_code(fpu_exceptions()), { rip } };
	case TRAP_XM:
		return (struct signal_info){ ABI_SIGFPE, float_code(fpu_sse_exceptions()), { rip } };
	case TRAP_DB:
		return (struct signal_info){ ABI_SIGTRAP,
			frame->rflags & RFLAGS_TF ? ABI_TRAP_TRACE : ABI_TRAP_BRKPT, { rip } };
	case TRAP_BP:
		return (struct signal_info){ ABI_SIGTRAP, ABI_SI_KERNEL, { 0 } };
	case TRAP_UD:
		return (struct signal_info){ ABI_SIGILL, ABI_ILL_ILLOPN, { rip } };
	case TRAP_AC:
		return (struct signal_info){ ABI_SIGBUS, ABI_BUS_ADRALN, { 0 } };
	case TRAP_NP:
	case TRAP_SS:
		return (struct signal_info){ ABI_SIGBUS, ABI_SI_KERNEL, { 0 } };
	default:
		return (struct signal_info){ ABI_SIGSEGV, ABI_SI_KERNEL, { 0 } };
	}
}

static void user_fault(struct trap_frame *frame)
{
	struct signal_info info = trap_info(frame);

	insn_sti();
	note_fault(frame, frame->rip);
	signal_force(&info);
	insn_cli();
}

static void fault_failed(struct trap_frame *frame, u64 address, enum space_fault fault)
{
	struct signal_info info = { ABI_SIGSEGV, ABI_SEGV_MAPERR, { address } };

	/* It tries again; or it was told to end, gets no memory, and ends on its way out. */
	if (fault == SPACE_FAULT_NO_MEMORY) {
		(void)oom_relieve();
		return;
	}
	note_fault(frame, address);
	if (fault == SPACE_FAULT_ACCESS)
		info.code = ABI_SEGV_ACCERR;
	if (fault == SPACE_FAULT_BUS)
		info = (struct signal_info){ ABI_SIGBUS, ABI_BUS_ADRERR, { address } };
	signal_force(&info);
}

void signal_fault_init(void)
{
	trap_register_return_work(return_work);
	trap_register_user_fault(user_fault);
	space_register_fault_failed(fault_failed);
	oom_init();
}
