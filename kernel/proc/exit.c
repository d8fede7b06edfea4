/* The end of a process, and waiting for it (proc/exit.h).
 *
 * A process ends in two steps. On its own thread it gives back all that takes sleeping: address
 * space, files. The rest, its stack and thread, goes when the CPU has left that stack; only then it
 * is a zombie, and the parent is told. */
#include "proc/exit.h"

#include "core/panic.h"
#include "lib/atomic.h"
#include "lib/errno.h"
#include "proc/alarm.h"
#include "proc/fork.h"
#include "proc/futex.h"
#include "proc/group.h"
#include "proc/job.h"
#include "proc/signal.h"
#include "vm/user.h"
#include <abi/signal.h>
#include <abi/wait.h>

/* set_tid_address(2): only others who use the space can see it. */
static void clear_tid(const struct task *task)
{
	const struct space *space = task->process->space;
	int zero = 0, error;

	if (!task->clear_tid || !space || ref_count(&space->refs) < 2)
		return;
	error = user_put((struct user_ptr){ task->clear_tid }, &zero);
	if (!error)
		futex_wake((struct user_ptr){ task->clear_tid }, 1, false);
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

/* The parent is told; if it does not want to be, that was all of the child. process_lock held. */
static void tell_ended_locked(struct process *child)
{
	if (!job_tell_ended_locked(child))
		return;
	process_leave_locked(child);
	process_free(child);
}

static void give_children_away(struct process *self)
{
	struct process *child, *next;

	spin_lock(&process_lock);
	self->childless = true;
	struct process *adopter = adopter_locked(self);
	list_for_each_safe(child, next, &self->children, sibling) {
		list_remove(&child->sibling);
		list_push_back(&adopter->children, &child->sibling);
		child->parent = adopter;
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

	usage_set_thread(&process->usage, thread);
	task_free(task);
	spin_lock(&process_lock);
	process->state = PROCESS_ZOMBIE;
	tell_ended_locked(process);
	spin_unlock(&process_lock);
}

void process_exit(int status)
{
	struct task *task = task_current();
	struct process *self = task->process;

	if (self->pid == PID_INIT)
		panic("process 1 (%s) has ended with status 0x%x", self->name, status);
	signal_exit(task);
	alarm_exit(self);
	self->exit_status = status;
	self->exit_uid = self->fs->uid;
	session_exit();
	if (self->space)
		usage_set_space(&self->usage, self->space);
	clear_tid(task);
	task->thread.page_root = 0;
	task->thread.fs = NULL;
	thread_reload();
	process_release(self);
	process_vfork_done(self);
	give_children_away(self);
	thread_exit(exit_reap);
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
	/* No child of ours is one that ends with another signal than SIGCHLD. */
	if (request->options & (int)ABI_WCLONE && !(request->options & ABI_WALL))
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
