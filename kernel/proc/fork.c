/* fork and vfork (proc/fork.h). */
#include "proc/fork.h"

#include "lib/errno.h"
#include "lib/string.h"
#include "proc/command_line.h"
#include "proc/signal.h"

/* On the stack of the parent, which takes process_lock before it leaves; the child finds it under
 * that lock. */
struct vfork_wait {
	struct wait_queue queue;
	bool done;
};

/* What the child has of its own or shares. What is there when something is missing is given back by
 * process_release. */
static int fork_parts(struct process *child, const struct process *parent, bool share_space)
{
	strlcpy(child->name, parent->name, sizeof(child->name));
	if (share_space) {
		space_get(parent->space);
		child->space = parent->space;
	} else {
		child->space = space_fork(parent->space);
	}
	child->files = file_table_copy(parent->files);
	child->fs = fs_context_copy(parent->fs);
	spin_lock(&process_lock);
	memcpy(child->limits, parent->limits, sizeof(child->limits));
	spin_unlock(&process_lock);
	child->uid = parent->uid;
	child->suid = parent->suid;
	executable_get(parent->executable);
	child->executable = parent->executable;
	command_line_get(parent->command);
	child->command = parent->command;
	return child->space && child->files && child->fs ? 0 : -ENOMEM;
}

static void fork_return(void *argument)
{
	struct task *task = argument;

	/* As on Linux, a child whose parent named a bad place does without. */
	if (task->set_tid && user_put((struct user_ptr){ task->set_tid }, &task->tid) < 0)
		task->set_tid = 0;
	trap_enter_user(thread_frame(&task->thread));
}

/* The child's thread is the parent's, but for the result of the call. */
static void fork_thread(struct thread *child, const struct thread *parent,
	const struct trap_frame *frame, u64 stack)
{
	struct trap_frame *child_frame = thread_frame(child);

	*child_frame = *frame;
	child_frame->rax = 0;
	if (stack)
		child_frame->rsp = stack;
	child->fs_base = parent->fs_base;
	child->gs_base = parent->gs_base;
	thread_registers_copy(child);
}

static struct task *first_task(struct process *process)
{
	return list_first(&process->threads, struct task, node);
}

static int fork_prepare(struct process *child, const struct trap_frame *frame, u64 flags, u64 stack,
	struct user_ptr child_tid)
{
	struct process *parent = process_current();

	int error = fork_parts(child, parent, flags & ABI_CLONE_VM);
	if (error)
		return error;
	error = process_add_task(child, fork_return);
	if (error)
		return error;
	fork_thread(&first_task(child)->thread, thread_current(), frame, stack);
	signal_fork(first_task(child), task_current());
	first_task(child)->set_tid = flags & ABI_CLONE_CHILD_SETTID ? child_tid.addr : 0;
	first_task(child)->clear_tid = flags & ABI_CLONE_CHILD_CLEARTID ? child_tid.addr : 0;
	error = process_enter(child, parent);
	if (error)
		task_free(first_task(child));
	return error;
}

/* A parent that is killed meanwhile leaves the child alone with its address space. */
static void vfork_wait(struct process *child, struct vfork_wait *wait)
{
	wait_event(&wait->queue, WAIT_KILLABLE, READ_ONCE(wait->done));
	spin_lock(&process_lock);
	if (!wait->done)
		child->vfork = NULL;
	spin_unlock(&process_lock);
}

void process_vfork_done(struct process *process)
{
	spin_lock(&process_lock);
	struct vfork_wait *wait = process->vfork;
	process->vfork = NULL;
	if (wait) {
		wait->done = true;
		wait_wake(&wait->queue, WAIT_ALL);
	}
	spin_unlock(&process_lock);
}

long process_fork(const struct trap_frame *frame, u64 flags, u64 stack, struct user_ptr child_tid)
{
	struct vfork_wait wait = { .done = false };
	struct process *child = process_new();
	if (!child)
		return -ENOMEM;
	if (flags & ABI_CLONE_VFORK) {
		wait_queue_init(&wait.queue);
		child->vfork = &wait;
	}
	int error = fork_prepare(child, frame, flags, stack, child_tid);
	if (error) {
		process_release(child);
		process_free(child);
		return error;
	}

	int pid = child->pid;
	thread_start(&first_task(child)->thread);
	/* From here on only a child that has to be waited for is known to be there: nobody else can
	 * reap it meanwhile. */
	if (flags & ABI_CLONE_VFORK)
		vfork_wait(child, &wait);
	return pid;
}
