/* Views of processes (proc/pid_view.h). */
#include "proc/pid_view.h"

#include "lib/string.h"
#include "proc/command_line.h"
#include "proc/group.h"

static char thread_letter(const struct thread *thread)
{
	if (READ_ONCE(thread->state) != THREAD_BLOCKED)
		return 'R';
	return READ_ONCE(thread->wait_kind) == WAIT_INTERRUPTIBLE ? 'S' : 'D';
}

static void take_actions_locked(struct pid_view *view, const struct process *process)
{
	for (int i = 0; i < ABI_NSIG; i++) {
		u64 handler = process->actions[i].sa_handler;

		if (handler == ABI_SIG_IGN)
			view->ignored |= SIGNAL_BIT(i + 1);
		else if (handler != ABI_SIG_DFL)
			view->caught |= SIGNAL_BIT(i + 1);
	}
}

/* Of the first thread, and of what is under signal_lock. */
static void take_thread(struct pid_view *view, struct process *process)
{
	bool irqs = spin_lock_irq(&process->signal_lock);

	view->threads = process->thread_count;
	view->shared_pending = process->pending.bits;
	take_actions_locked(view, process);
	if (!list_empty(&process->threads)) {
		const struct task *task = list_first(&process->threads, struct task, node);

		view->state = process->stopped ? 'T' : thread_letter(&task->thread);
		view->usage.user = task->thread.runtime;
		view->pending = task->pending.bits;
		view->blocked = task->blocked;
	}
	if (process->state == PROCESS_ZOMBIE)
		view->state = 'Z';
	spin_unlock_irq(&process->signal_lock, irqs);
}

static void take_parts_locked(struct pid_view *view, struct process *process)
{
	view->space = process->space;
	view->files = process->files;
	view->executable = process->executable;
	view->command = process->command;
	if (view->space)
		space_get(view->space);
	if (view->files)
		file_table_get(view->files);
	if (view->executable)
		inode_get(view->executable);
	if (view->command)
		command_line_get(view->command);
	if (process->fs) {
		spin_lock(&process->fs->lock);
		view->cwd = process->fs->cwd;
		inode_get(view->cwd);
		spin_unlock(&process->fs->lock);
		view->uid = process->fs->uid;
		view->gid = process->fs->gid;
		view->euid = process->fs->euid;
		view->egid = process->fs->egid;
		view->suid = process->fs->suid;
		view->sgid = process->fs->sgid;
	}
}

static void fill_locked(struct pid_view *view, struct process *process)
{
	*view = (struct pid_view){
		.pid = process->pid,
		.parent = process->parent ? process->parent->pid : 0,
		.group = process->group,
		.session = process->session->id,
		/* On its way out, if it has no thread. */
		.state = 'R',
		.started = process->started,
		.usage = process->usage,
		.children = process->children_usage,
	};
	memcpy(view->name, process->name, sizeof(view->name));
	session_describe_terminal_locked(process, &view->terminal, &view->terminal_group);
	take_thread(view, process);
	take_parts_locked(view, process);
}

static struct process *find_locked(const struct proc_key *key)
{
	struct process *process = process_find_locked(key->owner);

	return process && process->started == key->serial ? process : NULL;
}

bool pid_view_exists(const struct proc_key *key)
{
	spin_lock(&process_lock);
	bool found = find_locked(key) != NULL;
	spin_unlock(&process_lock);
	return found;
}

bool pid_view_get(struct pid_view *view, const struct proc_key *key)
{
	spin_lock(&process_lock);
	struct process *process = find_locked(key);
	if (process)
		fill_locked(view, process);
	spin_unlock(&process_lock);
	return process != NULL;
}

void pid_view_put(struct pid_view *view)
{
	if (view->space)
		space_put(view->space);
	if (view->files)
		file_table_put(view->files);
	if (view->executable)
		inode_put(view->executable);
	if (view->cwd)
		inode_put(view->cwd);
	if (view->command)
		command_line_put(view->command);
}

bool pid_view_permitted(const struct pid_view *view)
{
	const struct fs_context *own = process_current()->fs;

	return own->euid == 0 || own->euid == view->euid;
}

bool pid_view_find(int pid, struct proc_key *key)
{
	spin_lock(&process_lock);
	const struct process *process = process_find_locked(pid);
	if (process)
		*key = (struct proc_key){ .owner = pid, .serial = process->started };
	spin_unlock(&process_lock);
	return process != NULL;
}

int pid_view_next(int pid)
{
	const struct process *process = NULL;

	spin_lock(&process_lock);
	while ((process = process_next_locked(process)) && process->pid < pid)
		;
	pid = process ? process->pid : 0;
	spin_unlock(&process_lock);
	return pid;
}
