/* Views of processes (proc/pid_view.h). */
#include "proc/pid_view.h"

#include "lib/atomic.h"
#include "lib/errno.h"
#include "lib/string.h"
#include "proc/command_line.h"
#include "proc/credentials.h"
#include "proc/group.h"
#include "proc/group_table.h"
#include "proc/task.h"

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

static char state_locked(const struct task *task)
{
	if (!task || task->reaped)
		return 'Z';
	return task->stopped ? 'T' : thread_letter(&task->thread);
}

/* What is under signal_lock; process_lock is held. The task may be NULL, when all have ended. */
static void take_signals(
	struct pid_view *view, struct process *process, struct task *task, bool all)
{
	bool irqs = spin_lock_irq(&process->signal_lock);

	if (all)
		usage_threads_locked(process, &view->usage);
	else
		usage_of_thread_locked(&view->usage, task);
	view->threads = process->unreaped + (process->leader && process->leader->reaped);
	view->shared_pending = process->pending.bits;
	take_actions_locked(view, process);
	view->state = state_locked(task);
	if (task) {
		view->pending = task->pending.bits;
		view->blocked = task->blocked;
		view->cpu = atomic_load_relaxed(&task->thread.cpu);
		thread_policy_get(&task->thread, &view->policy);
	}
	spin_unlock_irq(&process->signal_lock, irqs);
}

/* What is the thread's own. One that has ended has nothing but the name that it had with others. */
static void take_thread_locked(
	struct pid_view *view, const struct process *process, const struct task *task)
{
	const struct fs_context *fs = task ? task->thread.fs : NULL;

	view->guarded = process->guarded;
	if (!fs) {
		view->uid = process->uid;
		view->euid = view->suid = process->suid;
		view->gid = process->gid;
		view->egid = view->sgid = process->sgid;
		return;
	}
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
	if (view->space) {
		space_get(view->space);
		usage_set_space(&view->usage, view->space);
	}
	if (view->executable)
		inode_get(view->executable);
	if (view->command)
		command_line_get(view->command);
}

static void fill_locked(
	struct pid_view *view, struct process *process, struct task *task, bool all)
{
	*view = (struct pid_view){
		.pid = process->pid,
		.tid = all ? process->pid : task->tid,
		.parent = process->parent ? process->parent->pid : 0,
		.group = process->group,
		.session = process->session->id,
		.started = process->started,
		.children = process->children_usage,
	};
	memcpy(view->name, all ? process->name : task->name, sizeof(view->name));
	session_describe_terminal_locked(process, &view->terminal, &view->terminal_group);
	take_signals(view, process, task, all);
	take_thread_locked(view, process, task);
	take_parts_locked(view, process);
}

/* The process of the key, and the thread that it means; NULL if either is gone. */
static struct process *find_locked(const struct proc_key *key, struct task **task)
{
	struct process *process = process_find_locked(key->owner);

	if (!process || process->started != key->serial)
		return NULL;
	*task = key->part ? task_find_locked(key->part) : process->leader;
	return !key->part || (*task && (*task)->process == process) ? process : NULL;
}

bool pid_view_exists(const struct proc_key *key)
{
	struct task *task;

	spin_lock(&process_lock);
	bool found = find_locked(key, &task) != NULL;
	spin_unlock(&process_lock);
	return found;
}

bool pid_view_get(struct pid_view *view, const struct proc_key *key)
{
	struct task *task;

	spin_lock(&process_lock);
	struct process *process = find_locked(key, &task);
	if (process)
		fill_locked(view, process, task, key->part == 0);
	spin_unlock(&process_lock);
	return process != NULL;
}

void pid_view_put(struct pid_view *view)
{
	if (view->space)
		space_put(view->space);
	if (view->executable)
		inode_put(view->executable);
	if (view->cwd)
		inode_put(view->cwd);
	if (view->command)
		command_line_put(view->command);
}

static struct file_table *find_files_locked(const struct proc_key *key)
{
	struct task *task;

	return find_locked(key, &task) && task ? task->files : NULL;
}

struct file *pid_view_file(const struct proc_key *key, int fd)
{
	spin_lock(&process_lock);
	struct file_table *files = find_files_locked(key);
	struct file *file = files ? file_table_lookup(files, fd) : ERR_PTR(-ENOENT);
	spin_unlock(&process_lock);
	return IS_ERR(file) ? ERR_PTR(-ENOENT) : file;
}

int pid_view_next_file(const struct proc_key *key, int fd)
{
	spin_lock(&process_lock);
	struct file_table *files = find_files_locked(key);
	fd = files ? file_table_next(files, fd) : -1;
	spin_unlock(&process_lock);
	return fd;
}

bool pid_view_permitted(const struct pid_view *view)
{
	const struct fs_context *own = task_current()->thread.fs;

	if (credentials_privileged(own) || view->pid == process_current()->pid)
		return true;
	return !view->guarded && own->euid == view->uid && own->euid == view->euid &&
		own->euid == view->suid && own->egid == view->gid && own->egid == view->egid &&
		own->egid == view->sgid;
}

/* By its real IDs, unlike in /proc: a program with the rights of its file's owner acts for its
 * user. */
static bool may_attach_locked(const struct process *process, const struct task *task)
{
	return credentials_privileged(task_current()->thread.fs) ||
		(!process->guarded && credentials_match(task->thread.fs));
}

struct space *pid_view_attach(int tid)
{
	struct space *space = ERR_PTR(-ESRCH);

	spin_lock(&process_lock);
	struct task *task = task_find_locked(tid);
	if (task && task->process->space) {
		space = task->process->space;
		if (space == process_current()->space || may_attach_locked(task->process, task))
			space_get(space);
		else
			space = ERR_PTR(-EPERM);
	}
	spin_unlock(&process_lock);
	return space;
}

int pid_view_set_name(const struct proc_key *key, const char *name)
{
	struct task *task;
	int error = -ESRCH;

	spin_lock(&process_lock);
	struct process *process = find_locked(key, &task);
	if (process && process != process_current()) {
		error = -EINVAL;
	} else if (process && task) {
		task_set_name_locked(task, name);
		error = 0;
	}
	spin_unlock(&process_lock);
	return error;
}

bool pid_view_find(int tid, struct proc_key *key)
{
	spin_lock(&process_lock);
	const struct process *process = task_find_process_locked(tid);
	if (process)
		*key = (struct proc_key){ .owner = process->pid, .serial = process->started,
			.part = tid == process->pid ? 0 : tid };
	spin_unlock(&process_lock);
	return process != NULL;
}

int pid_view_next(int pid)
{
	spin_lock(&process_lock);
	const struct process *process = process_from_locked(pid);
	pid = process ? process->pid : 0;
	spin_unlock(&process_lock);
	return pid;
}

/* The list is in no order; it changes only under process_lock. */
int pid_view_next_thread(const struct proc_key *key, int tid)
{
	struct task *task;
	int next = 0;

	spin_lock(&process_lock);
	struct process *process = find_locked(key, &task);
	if (process)
		list_for_each(task, &process->threads, node)
			if (task->tid >= tid && (!next || task->tid < next))
				next = task->tid;
	spin_unlock(&process_lock);
	return next;
}
