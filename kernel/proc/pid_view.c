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

/* What is under signal_lock; process_lock is held. */
static void take_threads(struct pid_view *view, struct process *process)
{
	const struct task *leader = process->leader;
	bool irqs = spin_lock_irq(&process->signal_lock);

	usage_threads_locked(process, &view->usage);
	view->threads = process->unreaped + (leader && leader->reaped);
	view->shared_pending = process->pending.bits;
	take_actions_locked(view, process);
	if (leader && !leader->reaped) {
		view->state = process->stopped ? 'T' : thread_letter(&leader->thread);
		view->pending = leader->pending.bits;
		view->blocked = leader->blocked;
	}
	spin_unlock_irq(&process->signal_lock, irqs);
}

/* What the leader has as a thread; nothing when it has ended. */
static void take_leader_locked(struct pid_view *view, const struct task *leader)
{
	const struct fs_context *fs = leader ? leader->thread.fs : NULL;

	if (!fs)
		return;
	view->files = leader->files;
	file_table_get(view->files);
	view->cwd = fs_place_cwd(fs->place);
	view->uid = fs->uid;
	view->gid = fs->gid;
	view->euid = fs->euid;
	view->egid = fs->egid;
	view->suid = fs->suid;
	view->sgid = fs->sgid;
}

static void take_parts_locked(struct pid_view *view, struct process *process)
{
	view->space = process->space;
	view->executable = process->executable;
	view->command = process->command;
	if (view->space)
		space_get(view->space);
	if (view->executable)
		inode_get(view->executable);
	if (view->command)
		command_line_get(view->command);
}

static void fill_locked(struct pid_view *view, struct process *process)
{
	*view = (struct pid_view){
		.pid = process->pid,
		.parent = process->parent ? process->parent->pid : 0,
		.group = process->group,
		.session = process->session->id,
		.state = 'Z',
		.started = process->started,
		.children = process->children_usage,
	};
	memcpy(view->name, process->name, sizeof(view->name));
	session_describe_terminal_locked(process, &view->terminal, &view->terminal_group);
	take_threads(view, process);
	take_leader_locked(view, process->leader);
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
	const struct fs_context *own = task_current()->thread.fs;

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
