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

#define WAIT_OPTIONS \
	(ABI_WNOHANG | ABI_WUNTRACED | ABI_WCONTINUED | ABI_WNOTHREAD | ABI_WALL | (int)ABI_WCLONE)

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

struct wait_request {
	int pid, options;
	int *status;
	struct usage *usage;
	struct process *reaped;
	long result;
};

static bool wait_wants(
	const struct wait_request *request, const struct process *self, const struct process *child)
{
	/* No child of ours is one that ends with another signal than SIGCHLD. */
	if (request->options & (int)ABI_WCLONE && !(request->options & ABI_WALL))
		return false;
	if (request->pid > 0)
		return child->pid == request->pid;
	if (request->pid == -1)
		return true;
	return child->group == (request->pid == 0 ? self->group : -request->pid);
}

static void wait_reap_locked(
	struct wait_request *request, struct process *self, struct process *child)
{
	process_leave_locked(child);
	*request->status = child->exit_status;
	*request->usage = child->usage;
	usage_add(request->usage, &child->children_usage);
	usage_add(&self->children_usage, request->usage);
	request->reaped = child;
	request->result = child->pid;
}

/* Whether the wait is over: a child was reaped, or has stopped or gone on, there is none to wait
 * for, or the caller does not wait. */
static bool wait_try(struct wait_request *request)
{
	struct process *self = process_current(), *child;

	request->result = -ECHILD;
	spin_lock(&process_lock);
	list_for_each(child, &self->children, sibling) {
		if (!wait_wants(request, self, child))
			continue;
		request->result = 0;
		if (child->state == PROCESS_ZOMBIE) {
			wait_reap_locked(request, self, child);
			break;
		}
		if (job_report_locked(child, request->options, request->status)) {
			*request->usage = child->usage;
			request->result = child->pid;
			break;
		}
	}
	spin_unlock(&process_lock);
	return request->result != 0 || request->options & ABI_WNOHANG;
}

long process_wait(int pid, int options, int *status, struct usage *usage)
{
	struct wait_request request = {
		.pid = pid, .options = options, .status = status, .usage = usage};

	if (options & ~WAIT_OPTIONS)
		return -EINVAL;
	if (pid == INT32_MIN)
		return -ESRCH;
	int error = wait_event(
		&process_current()->child_changed, WAIT_INTERRUPTIBLE, wait_try(&request));
	if (error)
		return error;
	if (request.reaped)
		process_free(request.reaped);
	return request.result;
}
