/* The end of threads and processes, and waiting for it (proc/exit.h).
 *
 * A thread ends in two steps. While it runs it gives back all that takes sleeping: its descriptors,
 * and if no other is left, the address space and what else is the process's. The rest, its stack,
 * goes when the CPU has left that; when the last thread is off its stack the process is a zombie,
 * and the parent is told.
 *
 * Threads that shall end (exit_group, exec) are told so by THREAD_WORK_SIGNAL and a fatal
 * interrupt, and do so on their way out to user mode, where they see `exiting` or `executing`. */
#include "proc/exit.h"

#include "core/panic.h"
#include "lib/atomic.h"
#include "lib/errno.h"
#include "proc/alarm.h"
#include "proc/fork.h"
#include "proc/futex.h"
#include "proc/group.h"
#include "proc/group_table.h"
#include "proc/job.h"
#include "proc/robust.h"
#include "proc/signal.h"
#include "proc/task.h"
#include "proc/trace.h"
#include "vm/user.h"
#include <abi/signal.h>
#include <abi/wait.h>

/* set_tid_address(2): only others who use the space can see it. */
static void clear_tid(struct task *task)
{
	const struct process *self = task->process;
	struct user_ptr word = { task->clear_tid };
	int zero = 0;

	task->clear_tid = 0;
	if (!word.addr || (READ_ONCE(self->live) == 1 && ref_count(&self->space->refs) == 1))
		return;
	if (user_put(word, &zero) == 0)
		futex_wake(word, 1, FUTEX_ALL_BITS, false);
}

void task_leave_space(void)
{
	robust_leave();
	clear_tid(task_current());
}

/* Who gets the children of a process that ends: the nearest ancestor that asked for orphans, else
 * process 1. */
static struct process *adopter_locked(const struct process *self)
{
	struct process *ancestor = self->parent;

	while (ancestor != process_init && (!ancestor->adopts || ancestor->childless))
		ancestor = ancestor->parent;
	return ancestor;
}

/* A thread that goes on. One that ends meanwhile looks for another in its turn. */
static int heir_locked(struct process *self)
{
	bool irqs = spin_lock_irq(&self->signal_lock);
	const struct task *task;
	int tid = self->pid;

	list_for_each(task, &self->threads, node) {
		if (!task->ended) {
			tid = task->tid;
			break;
		}
	}
	spin_unlock_irq(&self->signal_lock, irqs);
	return tid;
}

/* The others go on: the children that were this thread's (__WNOTHREAD, PR_SET_PDEATHSIG) are
 * another's, and if the process stops, nobody waits for this thread. */
static void leave_rest(struct task *task, const struct fs_context *whose)
{
	struct process *self = task->process, *child;

	spin_lock(&process_lock);
	int heir = list_empty(&self->children) ? 0 : heir_locked(self);
	list_for_each(child, &self->children, sibling) {
		if (child->forker != task->tid)
			continue;
		child->forker = heir;
		signal_orphan_locked(child, self, whose);
	}
	spin_unlock(&process_lock);
	job_thread_ended(self);
}

/* The parent is told; if it does not want to be, that was all of the child. process_lock held. */
static void tell_ended_locked(struct process *child)
{
	if (!job_tell_ended_locked(child))
		return;
	process_leave_locked(child);
	process_free(child);
}

static void give_children_away(struct process *self, const struct fs_context *whose)
{
	struct process *child, *next;

	spin_lock(&process_lock);
	self->childless = true;
	struct process *adopter = adopter_locked(self);
	int heir = heir_locked(adopter);
	list_for_each_safe(child, next, &self->children, sibling) {
		list_remove(&child->sibling);
		list_push_back(&adopter->children, &child->sibling);
		child->parent = adopter;
		group_update_locked(child);
		child->forker = heir;
		child->exit_signal = ABI_SIGCHLD;
		signal_orphan_locked(child, self, whose);
		job_lose_parent_locked(child, self, false);
		if (child->state == PROCESS_ZOMBIE)
			tell_ended_locked(child);
	}
	job_lose_parent_locked(self, self->parent, true);
	spin_unlock(&process_lock);
}

/* The thread is off its stack. On the stack of another, with interrupts off. */
static void exit_reap(struct thread *thread)
{
	struct task *task = container_of(thread, struct task, thread);
	struct process *process = task->process;

	thread_fini(thread);
	spin_lock(&process_lock);
	if (task_reap_locked(task)) {
		process->state = PROCESS_ZOMBIE;
		group_update_locked(process);
		tell_ended_locked(process);
	}
	spin_unlock(&process_lock);
}

/* What is the process's own when its last thread ends; the thread is still its leader's equal: it
 * may sleep, but has no user memory any more. */
static void process_end(struct process *self)
{
	if (self->pid == PID_INIT)
		panic("process 1 (%s) has ended with status 0x%x", self->name, self->exit_status);
	alarm_exit(self);
	session_exit();
	usage_set_space(&self->usage, self->space);
	process_release(self);
}

void task_exit(int status)
{
	struct task *task = task_current();
	struct process *self = task->process;
	const struct fs_context whose = *task->thread.fs;	/* its IDs */

	trace_end(status);
	/* Who waits for the thread may take it for gone: no signal is for it from here on. */
	signal_set_mask(~0ul);
	task_leave_space();
	task->thread.page_root = 0;
	thread_reload();
	bool last = signal_exit(task, status);
	if (last)
		process_end(self);
	task_release(task);
	task_vfork_done(task);
	if (last)
		give_children_away(self, &whose);
	else
		leave_rest(task, &whose);
	thread_exit(exit_reap);
}

void process_exit(int status)
{
	struct process *self = process_current();
	bool irqs = spin_lock_irq(&self->signal_lock);

	signal_end_locked(self, status);
	spin_unlock_irq(&self->signal_lock, irqs);
	task_exit(status);
}

/* All but the current thread are told to look whether they shall end. signal_lock held. */
static void interrupt_others_locked(struct task *self)
{
	struct task *task;

	list_for_each(task, &self->process->threads, node) {
		if (task == self || task->ended)
			continue;
		thread_set_work(&task->thread, THREAD_WORK_SIGNAL);
		thread_interrupt(&task->thread, WAIT_KILLABLE);
	}
}

/* Whether the current thread is now the one for which the others end. */
static bool begin_exec(struct task *task)
{
	struct process *self = task->process;
	bool irqs = spin_lock_irq(&self->signal_lock);
	bool begins = !self->exiting && !self->executing;

	if (begins) {
		self->executing = task;
		interrupt_others_locked(task);
	}
	spin_unlock_irq(&self->signal_lock, irqs);
	return begins;
}

int task_exit_others(void)
{
	struct task *task = task_current();
	struct process *self = task->process;

	if (READ_ONCE(self->unreaped) == 1 && self->leader == task)
		return 0;
	if (!begin_exec(task))
		return -EINTR;
	int error = wait_event(
		&self->thread_reaped, WAIT_KILLABLE, READ_ONCE(self->unreaped) == 1);
	if (!error && self->leader != task)
		task_become_leader();
	bool irqs = spin_lock_irq(&self->signal_lock);
	self->executing = NULL;
	spin_unlock_irq(&self->signal_lock, irqs);
	return error ? -EINTR : 0;
}

struct wait {
	const struct wait_request *request;
	struct wait_result *result;
	struct process *reaped;
	long found;			/* what process_wait gives */
};

static bool wait_wants(
	const struct wait_request *request, const struct process *self, const struct process *child)
{
	bool is_clone = child->exit_signal != ABI_SIGCHLD;

	if (!(request->options & ABI_WALL) && is_clone != !!(request->options & (int)ABI_WCLONE))
		return false;
	if (request->options & ABI_WNOTHREAD && child->forker != task_current()->tid)
		return false;
	if (request->target == WAIT_FOR_PID)
		return child->pid == request->id;
	if (request->target == WAIT_FOR_GROUP)
		return child->group == (request->id ? request->id : self->group);
	return true;
}

static void wait_reap_locked(struct wait *wait, struct process *self, struct process *child)
{
	process_leave_locked(child);
	usage_add(&self->children_usage, &wait->result->usage);
	wait->reaped = child;
}

/* Whether there is something to tell of the child. One that has ended is waited for only by who
 * wants to hear of that. */
static bool wait_check_locked(struct wait *wait, struct process *self, struct process *child)
{
	int options = wait->request->options;
	bool ended = child->state == PROCESS_ZOMBIE;

	if (ended && !(options & ABI_WEXITED))
		return false;
	wait->found = 0;
	if (ended)
		wait->result->status = child->exit_status;
	else if (!job_report_locked(child, options, &wait->result->status))
		return false;
	wait->found = child->pid;
	wait->result->uid = child->uid;
	wait->result->usage = child->usage;
	if (ended)
		usage_add(&wait->result->usage, &child->children_usage);
	if (ended && !(options & ABI_WNOWAIT))
		wait_reap_locked(wait, self, child);
	return true;
}

/* Whether the wait is over: there is something to tell of a child, there is none to wait for, or
 * the caller does not wait. */
static bool wait_try(struct wait *wait)
{
	struct process *self = process_current(), *child;

	wait->found = -ECHILD;
	spin_lock(&process_lock);
	list_for_each(child, &self->children, sibling)
		if (wait_wants(wait->request, self, child) && wait_check_locked(wait, self, child))
			break;
	spin_unlock(&process_lock);
	return wait->found != 0 || wait->request->options & ABI_WNOHANG;
}

long process_wait(const struct wait_request *request, struct wait_result *result)
{
	struct wait wait = { .request = request, .result = result };

	int error = wait_event(
		&process_current()->child_changed, WAIT_INTERRUPTIBLE, wait_try(&wait));
	if (error)
		return error;
	if (wait.reaped)
		process_free(wait.reaped);
	return wait.found;
}
