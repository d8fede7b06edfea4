/* fork, vfork and clone (proc/fork.h). */
#include "proc/fork.h"

#include "lib/atomic.h"
#include "lib/errno.h"
#include "lib/string.h"
#include "proc/command_line.h"
#include "proc/limits.h"
#include "proc/signal.h"
#include "proc/task.h"
#include "proc/trace.h"

/* Those that mean nothing here: SysV semaphores, tracers and I/O priorities are not there. */
#define FLAGS_IGNORED \
	(ABI_CLONE_PTRACE | ABI_CLONE_SYSVSEM | ABI_CLONE_DETACHED | ABI_CLONE_UNTRACED | \
		ABI_CLONE_IO)
#define FLAGS_KNOWN \
	(FLAGS_IGNORED | ABI_CLONE_VM | ABI_CLONE_FS | ABI_CLONE_FILES | ABI_CLONE_SIGHAND | \
		ABI_CLONE_VFORK | ABI_CLONE_PARENT | ABI_CLONE_THREAD | ABI_CLONE_SETTLS | \
		ABI_CLONE_PARENT_SETTID | ABI_CLONE_CHILD_CLEARTID | ABI_CLONE_CHILD_SETTID | \
		ABI_CLONE_CLEAR_SIGHAND)

/* On the stack of the parent, which takes process_lock before it leaves; the child finds it under
 * that lock. */
struct vfork_wait {
	struct wait_queue queue;
	bool done;
};

static int check_flags(u64 flags)
{
	if (flags & ~FLAGS_KNOWN)
		return -EINVAL;
	if (flags & ABI_CLONE_THREAD && !(flags & ABI_CLONE_SIGHAND))
		return -EINVAL;
	if (flags & ABI_CLONE_SIGHAND &&
		(!(flags & ABI_CLONE_VM) || flags & ABI_CLONE_CLEAR_SIGHAND))
		return -EINVAL;
	/* Processes do not share what they have said of signals. */
	if (flags & ABI_CLONE_SIGHAND && !(flags & ABI_CLONE_THREAD))
		return -EINVAL;
	return flags & ABI_CLONE_PARENT && process_current()->pid == PID_INIT ? -EINVAL : 0;
}

/* What a child process has of its own or shares. What is there when something is missing is given
 * back by process_release. */
static int process_parts(struct process *child, const struct process *parent, bool share_space)
{
	struct space *space = share_space ? parent->space : space_fork(parent->space);

	strlcpy(child->name, task_current()->name, sizeof(child->name));
	if (share_space)
		space_get(space);
	spin_lock(&process_lock);
	memcpy(child->limits, parent->limits, sizeof(child->limits));
	process_set_space_locked(child, space);
	spin_unlock(&process_lock);
	child->watched = child->limits[ABI_RLIMIT_CPU].rlim_cur != ABI_RLIM_INFINITY;
	child->uid = task_current()->thread.fs->uid;
	child->suid = task_current()->thread.fs->suid;
	child->gid = task_current()->thread.fs->gid;
	child->sgid = task_current()->thread.fs->sgid;
	child->guarded = parent->guarded;
	executable_get(parent->executable);
	child->executable = parent->executable;
	command_line_get(parent->command);
	child->command = parent->command;
	return child->space ? 0 : -ENOMEM;
}

static void fork_return(void *argument)
{
	struct task *task = argument;

	/* As on Linux, a child whose parent named a bad place does without. */
	if (task->set_tid && user_put((struct user_ptr){ task->set_tid }, &task->tid) < 0)
		task->set_tid = 0;
	trap_enter_user(thread_frame(&task->thread));
}

/* The child's registers are the parent's, but for the result of the call. */
static void copy_registers(struct thread *child, const struct trap_frame *frame,
	const struct fork_request *request)
{
	const struct thread *parent = thread_current();
	struct trap_frame *child_frame = thread_frame(child);

	*child_frame = *frame;
	child_frame->rax = 0;
	if (request->stack)
		child_frame->rsp = request->stack;
	child->fs_base = parent->fs_base;
	child->gs_base = parent->gs_base;
	thread_registers_copy(child);
	if (request->flags & ABI_CLONE_SETTLS)
		child->fs_base = request->tls;
}

static int task_parts(
	struct task *child, const struct trap_frame *frame, const struct fork_request *request)
{
	struct task *parent = task_current();
	u64 flags = request->flags;

	if (flags & ABI_CLONE_FILES) {
		file_table_get(parent->files);
		child->files = parent->files;
	} else {
		child->files = file_table_copy(parent->files);
	}
	child->thread.fs = fs_context_copy(parent->thread.fs, flags & ABI_CLONE_FS);
	if (!child->files || !child->thread.fs)
		return -ENOMEM;
	limits_give_context(child->process, child->thread.fs);
	strlcpy(child->name, parent->name, sizeof(child->name));
	copy_registers(&child->thread, frame, request);
	signal_fork(child, parent, flags);
	trace_fork(child);
	child->set_tid = flags & ABI_CLONE_CHILD_SETTID ? request->child_tid.addr : 0;
	child->clear_tid = flags & ABI_CLONE_CHILD_CLEARTID ? request->child_tid.addr : 0;
	return 0;
}

/* A thread for the process, which is the caller's or a new one. */
static struct task *make_task(struct process *process, const struct trap_frame *frame,
	const struct fork_request *request)
{
	struct task *task = task_new(process, fork_return);
	if (!task)
		return ERR_PTR(-ENOMEM);
	int error = task_parts(task, frame, request);
	if (!error)
		error = process == process_current()
			? task_enter(task)
			: process_enter(process, task, request->flags & ABI_CLONE_PARENT);
	if (error) {
		task_release(task);
		task_free(task);
		return ERR_PTR(error);
	}
	return task;
}

static struct task *make_process(
	const struct trap_frame *frame, const struct fork_request *request)
{
	struct process *self = process_current(), *child = process_new();
	if (!child)
		return ERR_PTR(-ENOMEM);
	child->exit_signal = request->exit_signal;
	if (request->flags & ABI_CLONE_PARENT)
		child->exit_signal = self->exit_signal;
	int error = process_parts(child, self, request->flags & ABI_CLONE_VM);
	struct task *task = error ? ERR_PTR(error) : make_task(child, frame, request);
	if (IS_ERR(task)) {
		process_release(child);
		process_free(child);
	}
	return task;
}

/* A parent that is killed meanwhile leaves the child alone with its address space. */
static void vfork_wait(struct task *child, struct vfork_wait *wait)
{
	wait_event(&wait->queue, WAIT_KILLABLE, READ_ONCE(wait->done));
	spin_lock(&process_lock);
	if (!wait->done)
		child->vfork = NULL;
	spin_unlock(&process_lock);
}

void task_vfork_done(struct task *task)
{
	spin_lock(&process_lock);
	struct vfork_wait *wait = task->vfork;
	task->vfork = NULL;
	if (wait) {
		wait->done = true;
		wait_wake(&wait->queue, WAIT_ALL);
	}
	spin_unlock(&process_lock);
}

long process_fork(const struct trap_frame *frame, const struct fork_request *request)
{
	struct vfork_wait wait = { .done = false };
	u64 flags = request->flags;

	int error = check_flags(flags);
	if (error)
		return error;
	if (flags & ABI_CLONE_SETTLS && request->tls >= USER_END)
		return -EPERM;
	struct task *child = flags & ABI_CLONE_THREAD
		? make_task(process_current(), frame, request)
		: make_process(frame, request);
	if (IS_ERR(child))
		return PTR_ERR(child);

	int tid = child->tid;
	if (flags & ABI_CLONE_PARENT_SETTID && user_put(request->parent_tid, &tid) < 0)
		flags &= ~(u64)ABI_CLONE_PARENT_SETTID;
	if (flags & ABI_CLONE_VFORK) {
		wait_queue_init(&wait.queue);
		child->vfork = &wait;
	}
	thread_start(&child->thread);
	/* From here on only a child that has to be waited for is known to be there: it does not
	 * end before it has said that it is done. */
	if (flags & ABI_CLONE_VFORK)
		vfork_wait(child, &wait);
	return tid;
}
