/* Views of processes (proc/pid_view.h). */
#include "proc/pid_view.h"

#include "lib/string.h"
#include "proc/command_line.h"
#include "proc/group.h"

static char state_letter_locked(const struct process *process)
{
	if (process->state == PROCESS_ZOMBIE)
		return 'Z';
	return process == process_current() ? 'R' : 'S';
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
		.state = state_letter_locked(process),
		.started = process->started,
		.threads = process->thread_count,
		.usage = process->usage,
		.children = process->children_usage,
	};
	memcpy(view->name, process->name, sizeof(view->name));
	bool irqs = spin_lock_irq(&process->signal_lock);
	if (!list_empty(&process->threads))
		view->usage.user =
			list_first(&process->threads, struct task, node)->thread.runtime;
	spin_unlock_irq(&process->signal_lock, irqs);
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
