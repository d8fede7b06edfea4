/* Signals (proc/signal.h). */
#include "proc/signal.h"

#include "core/panic.h"
#include "core/printk.h"
#include "lib/atomic.h"
#include "lib/errno.h"
#include "proc/exit.h"
#include "sched/time.h"
#include "x86/insn.h"
#include <abi/signal.h>
#include <abi/wait.h>

#define SIGNAL_BIT(signal)	(1ul << ((signal) - 1))
#define IGNORED \
	(SIGNAL_BIT(ABI_SIGCHLD) | SIGNAL_BIT(ABI_SIGCONT) | SIGNAL_BIT(ABI_SIGURG) | \
		SIGNAL_BIT(ABI_SIGWINCH) | SIGNAL_BIT(ABI_SIGSTOP) | SIGNAL_BIT(ABI_SIGTSTP) | \
		SIGNAL_BIT(ABI_SIGTTIN) | SIGNAL_BIT(ABI_SIGTTOU))

void process_signal(struct process *process, int signal)
{
	struct task *task;

	if (process->pid == PID_INIT || SIGNAL_BIT(signal) & IGNORED)
		return;
	spin_lock(&process->signal_lock);
	process->pending |= SIGNAL_BIT(signal);
	list_for_each(task, &process->threads, node) {
		thread_set_work(&task->thread, THREAD_WORK_SIGNAL);
		thread_interrupt(&task->thread, WAIT_KILLABLE);
	}
	spin_unlock(&process->signal_lock);
}

static void send_locked(struct process *process, int signal)
{
	if (signal != 0)
		process_signal(process, signal);
}

static int kill_one(int pid, int signal)
{
	spin_lock(&process_lock);
	struct process *process = process_find_locked(pid);
	if (process)
		send_locked(process, signal);
	spin_unlock(&process_lock);
	return process ? 0 : -ESRCH;
}

/* A group; 0: everybody but process 1 and the caller. */
static int kill_many(int group, int signal)
{
	struct process *self = process_current(), *process = NULL;
	int error = -ESRCH;

	spin_lock(&process_lock);
	while ((process = process_next_locked(process))) {
		if (group ? process->group != group : process == self || process->pid == PID_INIT)
			continue;
		send_locked(process, signal);
		error = 0;
	}
	spin_unlock(&process_lock);
	return error;
}

int process_kill(int pid, int signal)
{
	if (signal < 0 || signal > ABI_NSIG)
		return -EINVAL;
	if (pid > 0)
		return kill_one(pid, signal);
	if (pid == 0)
		return kill_many(process_current()->group, signal);
	if (pid == -1)
		return kill_many(0, signal);
	return pid == INT32_MIN ? -ESRCH : kill_many(-pid, signal);
}

/* The signal that ends the current process: SIGKILL if it is there, else the lowest. */
static int signal_take(struct process *self)
{
	spin_lock(&self->signal_lock);
	u64 pending = self->pending;
	spin_unlock(&self->signal_lock);
	if (pending & SIGNAL_BIT(ABI_SIGKILL))
		return ABI_SIGKILL;
	return pending ? __builtin_ctzl(pending) + 1 : 0;
}

static void return_work(struct trap_frame *frame)
{
	struct thread *self = thread_current();

	(void)frame;
	if (atomic_fetch_and(&self->work, ~THREAD_WORK_SIGNAL) & THREAD_WORK_SIGNAL) {
		int signal = signal_take(process_current());
		if (signal)
			process_exit(ABI_WSTATUS_SIGNAL(signal));
	}
	if (atomic_load(&self->work) & THREAD_WORK_RESCHED)
		sched_yield();
}

static const char *signal_name(int signal)
{
	switch (signal) {
	case ABI_SIGILL: return "SIGILL";
	case ABI_SIGTRAP: return "SIGTRAP";
	case ABI_SIGBUS: return "SIGBUS";
	case ABI_SIGFPE: return "SIGFPE";
	case ABI_SIGKILL: return "SIGKILL";
	default: return "SIGSEGV";
	}
}

/* A signal that a program has brought upon itself. */
static NORETURN void die_of_fault(const struct trap_frame *frame, int signal, u64 address)
{
	const struct process *self = process_current();

	printk("%s[%d]: %s at address %lx rip=%lx rsp=%lx error=%lx\n", self->name, self->pid,
		signal_name(signal), address, frame->rip, frame->rsp, frame->error);
	process_exit(ABI_WSTATUS_SIGNAL(signal));
}

/* Intel SDM vol. 3, 6.15; the signals are Linux's. */
static int trap_signal(u64 vector)
{
	switch (vector) {
	case TRAP_DE: case TRAP_MF: case TRAP_XM: return ABI_SIGFPE;
	case TRAP_DB: case TRAP_BP: return ABI_SIGTRAP;
	case TRAP_UD: return ABI_SIGILL;
	case TRAP_NP: case TRAP_SS: case TRAP_AC: return ABI_SIGBUS;
	default: return ABI_SIGSEGV;
	}
}

static void user_fault(struct trap_frame *frame)
{
	insn_sti();
	die_of_fault(frame, trap_signal(frame->vector), frame->rip);
}

/* The process, other than process 1, that holds the most memory; NULL if one is dying already or
 * there is none. */
static struct process *largest_locked(bool *dying)
{
	struct process *process = NULL, *largest = NULL;

	*dying = false;
	while ((process = process_next_locked(process))) {
		if (process->pid == PID_INIT || process->state == PROCESS_ZOMBIE)
			continue;
		if (READ_ONCE(process->exiting) || process->pending & SIGNAL_BIT(ABI_SIGKILL))
			*dying = true;
		if (process->space &&
			(!largest || process->space->resident > largest->space->resident))
			largest = process;
	}
	return *dying ? NULL : largest;
}

/* Process 1 needs a frame and there is none: the largest other dies for it. Returns when it may be
 * worth another try. */
static void save_init(void)
{
	bool dying;

	spin_lock(&process_lock);
	struct process *victim = largest_locked(&dying);
	if (victim) {
		printk("%s[%d]: killed for want of memory, %lu pages\n", victim->name, victim->pid,
			victim->space->resident);
		process_signal(victim, ABI_SIGKILL);
	}
	spin_unlock(&process_lock);
	if (!victim && !dying)
		panic("out of memory, and process 1 is alone");
	wait_until(WAIT_UNINTERRUPTIBLE, clock_ns() + NS_PER_MS);
}

static void fault_failed(struct trap_frame *frame, u64 address, enum space_fault fault)
{
	if (fault == SPACE_FAULT_SEGV)
		die_of_fault(frame, ABI_SIGSEGV, address);
	if (fault == SPACE_FAULT_BUS)
		die_of_fault(frame, ABI_SIGBUS, address);
	if (process_current()->pid != PID_INIT)
		die_of_fault(frame, ABI_SIGKILL, address);
	save_init();
}

void signal_init(void)
{
	trap_register_return_work(return_work);
	trap_register_user_fault(user_fault);
	space_register_fault_failed(fault_failed);
}
