/* Taking signals (proc/signal_deliver.h). */
#include "proc/signal_deliver.h"

#include "lib/atomic.h"
#include "lib/errno.h"
#include "proc/alarm.h"
#include "proc/exit.h"
#include "proc/job.h"
#include "proc/signal.h"
#include "proc/signal_frame.h"
#include "proc/trace.h"
#include <abi/wait.h>
#include <gen/abi_syscall_numbers.h>

#define SYSCALL_INSTRUCTION_SIZE 2

/* Those that tell of the instruction at which the thread stands. */
#define SYNCHRONOUS \
	(SIGNAL_BIT(ABI_SIGSEGV) | SIGNAL_BIT(ABI_SIGBUS) | SIGNAL_BIT(ABI_SIGILL) | \
		SIGNAL_BIT(ABI_SIGTRAP) | SIGNAL_BIT(ABI_SIGFPE) | SIGNAL_BIT(ABI_SIGSYS))

/* From which set to take, and what of it. */
static struct signal_set *choose_locked(struct task *task, u64 mask, u64 *choice)
{
	struct signal_set *own = &task->pending, *shared = &task->process->pending;
	u64 kill = SIGNAL_BIT(ABI_SIGKILL) & mask;

	*choice = shared->bits & kill;
	if (*choice && !(own->bits & kill))
		return shared;
	*choice = own->bits & mask;
	if (*choice & kill)
		*choice = kill;
	else if (*choice & SYNCHRONOUS)
		*choice &= SYNCHRONOUS;
	if (*choice)
		return own;
	*choice = shared->bits & mask;
	return shared;
}

int signal_take_locked(struct task *task, u64 mask, struct signal_info *info)
{
	u64 choice;
	struct signal_set *set = choose_locked(task, mask, &choice);

	if (!choice)
		return 0;
	int signal = __builtin_ctzl(choice) + 1;
	signal_set_take(set, signal, info);
	if (signal == ABI_SIGALRM)
		alarm_taken_locked(task->process);
	return signal;
}

enum decision { NONE, NOTHING, HANDLER, STOP, END, LEAVE, PAUSE };

/* The signal by which a traced process ends is told of too, by the first thread that comes here. */
static void take_last_locked(struct task *task, struct signal_info *info)
{
	int signal = task->process->exit_status & 0x7f;

	if (task->trace && task->process->exiting && signal != 0)
		signal_take_locked(task, SIGNAL_BIT(signal), info);
}

/* What becomes of the next signal. NONE: there is none. Before that: LEAVE, the thread ends; PAUSE,
 * the process stops. */
static enum decision decide_locked(struct task *task, struct delivery *delivery)
{
	struct process *self = task->process;

	delivery->info.signal = 0;
	if (self->exiting || (self->executing && self->executing != task)) {
		take_last_locked(task, &delivery->info);
		return LEAVE;
	}
	if (self->stopping)
		return PAUSE;
	int signal = signal_take_locked(task, ~task->blocked, &delivery->info);

	if (!signal)
		return NONE;
	struct abi_sigaction *action = &self->actions[signal - 1];
	delivery->action = *action;
	if (action->sa_handler == ABI_SIG_IGN)
		return NOTHING;
	if (action->sa_handler != ABI_SIG_DFL) {
		if (action->sa_flags & ABI_SA_RESETHAND)
			action->sa_handler = ABI_SIG_DFL;
		return HANDLER;
	}
	if (self->pid == PID_INIT || SIGNAL_BIT(signal) & SIGNALS_HARMLESS)
		return NOTHING;
	if (SIGNAL_BIT(signal) & SIGNALS_STOP) {
		self->stop_taken = true;
		return STOP;
	}
	return END;
}

static enum decision decide(struct task *task, struct delivery *delivery)
{
	bool irqs = spin_lock_irq(&task->process->signal_lock);

	/* Whoever sends from here on sets them again. */
	atomic_fetch_and(&task->thread.work, ~THREAD_WORK_SIGNAL);
	thread_interrupts_done();
	enum decision decision = decide_locked(task, delivery);
	spin_unlock_irq(&task->process->signal_lock, irqs);
	return decision;
}

static enum decision decide_and_tell(struct task *task, struct delivery *delivery)
{
	enum decision decision = decide(task, delivery);

	if (likely(!task->trace))
		return decision;
	if (delivery->info.signal)
		trace_signal(&delivery->info);
	if (decision == PAUSE)
		trace_stop(READ_ONCE(task->process->stopping));
	return decision;
}

/* Takes signals until one has a handler. False: there are no more. */
static bool next_handler(struct task *task, struct delivery *delivery)
{
	for (;;) {
		job_tell_continued();
		switch (decide_and_tell(task, delivery)) {
		case NONE:
			return false;
		case HANDLER:
			return true;
		case STOP:
			job_stop(delivery->info.signal);
			break;
		case END:
			process_exit(ABI_WSTATUS_SIGNAL(delivery->info.signal));
		case LEAVE:
			task_exit(0);
		case PAUSE:
			job_pause();
			break;
		case NOTHING:
			break;
		}
	}
}

static void call_again(struct trap_frame *frame, u64 number)
{
	frame->rax = number;
	frame->rip -= SYSCALL_INSTRUCTION_SIZE;
}

/* The system call of the frame has been interrupted. action: of the first handler that will run, or
 * NULL. */
static void end_call(struct trap_frame *frame, const struct abi_sigaction *action)
{
	if (frame->vector != TRAP_SYSCALL)
		return;
	switch (-(s64)frame->rax) {
	case ERESTARTSYS:
		if (action && !(action->sa_flags & ABI_SA_RESTART))
			frame->rax = -EINTR;
		else
			call_again(frame, frame->error);
		break;
	case ERESTARTNOINTR:
		call_again(frame, frame->error);
		break;
	case ERESTARTNOHAND:
	case ERESTART_RESTARTBLOCK:
		if (action)
			frame->rax = -EINTR;
		else if (frame->rax == (u64)-ERESTARTNOHAND)
			call_again(frame, frame->error);
		else
			call_again(frame, ABI_SYS_restart_syscall);
		break;
	default:
		break;
	}
}

/* The handler's mask. */
static void block_for(struct task *task, const struct delivery *delivery)
{
	u64 mask = task->blocked | delivery->action.sa_mask;

	if (!(delivery->action.sa_flags & ABI_SA_NODEFER))
		mask |= SIGNAL_BIT(delivery->info.signal);
	task->mask_is_saved = false;
	signal_set_mask(mask);
}

/* The thread's stack cannot take the frame. */
static void frame_failed(const struct delivery *delivery)
{
	struct signal_info info = { .signal = ABI_SIGSEGV, .code = ABI_SI_KERNEL };

	/* The handler of SIGSEGV has met the same stack: there is no use in calling it. */
	if (delivery->info.signal == ABI_SIGSEGV)
		process_exit(ABI_WSTATUS_SIGNAL(ABI_SIGSEGV));
	signal_force(&info);
}

void signal_deliver(struct trap_frame *frame)
{
	struct task *task = task_current();
	struct delivery delivery;
	bool handled = false;

	while (next_handler(task, &delivery)) {
		if (!handled)
			end_call(frame, &delivery.action);
		handled = true;
		u64 mask = task->mask_is_saved ? task->saved_mask : task->blocked;
		if (signal_frame_push(frame, &delivery, mask) < 0)
			frame_failed(&delivery);
		else
			block_for(task, &delivery);
	}
	if (!handled)
		end_call(frame, NULL);
	signal_restore_mask();
}
