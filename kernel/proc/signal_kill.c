/* kill(2) and its kin: signals that processes send (proc/signal.h). */
#include "lib/errno.h"
#include "proc/credentials.h"
#include "proc/group_table.h"
#include "proc/signal.h"
#include "proc/task.h"

/* From the caller. */
static struct signal_info info_user(int signal, int code)
{
	const struct process *self = process_current();

	return (struct signal_info){ .signal = signal, .code = code,
		.data = { (u32)self->pid | (u64)thread_current()->fs->uid << 32 } };
}

void signal_self(int signal)
{
	struct signal_info info = info_user(signal, ABI_SI_USER);
	struct process *self = process_current();
	bool irqs = spin_lock_irq(&self->signal_lock);

	signal_send_locked(self, task_current(), &info);
	spin_unlock_irq(&self->signal_lock, irqs);
}

/* Whether a process, and its thread with these IDs, may send that one the signal. Anybody may let the
 * processes of his own session go on: a shell its jobs. */
static bool may_send_locked(const struct fs_context *whose, const struct process *from,
	const struct process *to, int signal)
{
	return credentials_allow_signal_locked(whose, to) ||
		(signal == ABI_SIGCONT && to->session == from->session);
}

/* As the parent's thread, which may have no right to. */
void signal_orphan_locked(
	struct process *child, const struct process *parent, const struct fs_context *whose)
{
	const struct task *task;

	list_for_each(task, &child->threads, node) {
		int signal = READ_ONCE(task->orphan_signal);
		struct signal_info info = { .signal = signal, .code = ABI_SI_USER,
			.data = { (u32)parent->pid | (u64)whose->uid << 32 } };

		if (signal != 0 && may_send_locked(whose, parent, child, signal))
			process_signal_info(child, &info);
	}
}

static bool may_signal_locked(const struct process *process, int signal)
{
	const struct process *self = process_current();

	return process == self || may_send_locked(thread_current()->fs, self, process, signal);
}

static int kill_locked(struct process *process, int signal)
{
	struct signal_info info = info_user(signal, ABI_SI_USER);

	if (!may_signal_locked(process, signal))
		return -EPERM;
	if (signal != 0)
		process_signal_info(process, &info);
	return 0;
}

static int kill_one(int pid, int signal)
{
	spin_lock(&process_lock);
	struct process *process = task_find_process_locked(pid);
	int error = process ? kill_locked(process, signal) : -ESRCH;
	spin_unlock(&process_lock);
	return error;
}

/* It is enough that one may be signalled. 0: the caller's own, which its parent may change. */
static int kill_group(int id, int signal)
{
	struct process *process;
	int result = -ESRCH;

	spin_lock(&process_lock);
	const struct group *group = id ? group_find_locked(id) : process_current()->in_group;
	if (group) {
		list_for_each(process, &group->members, group_node) {
			int error = kill_locked(process, signal);
			if (result)
				result = error;
		}
	}
	spin_unlock(&process_lock);
	return result;
}

/* Everybody but process 1 and the caller. That nobody of them may be signalled is, on Linux, no
 * error. */
static int kill_all(int signal)
{
	struct process *self = process_current(), *process = NULL;
	int result = -ESRCH;

	spin_lock(&process_lock);
	while ((process = process_next_locked(process))) {
		if (process == self || process->pid == PID_INIT)
			continue;
		(void)kill_locked(process, signal);
		result = 0;
	}
	spin_unlock(&process_lock);
	return result;
}

int process_kill(int pid, int signal)
{
	if (signal != 0 && !signal_is_valid(signal))
		return -EINVAL;
	if (pid > 0)
		return kill_one(pid, signal);
	if (pid == -1)
		return kill_all(signal);
	return pid == INT32_MIN ? -ESRCH : kill_group(-pid, signal);
}

/* pid: of the process whose thread it has to be; 0: any. One that has ended, but is still there,
 * takes no notice. */
static int kill_thread_locked(int pid, int tid, int signal)
{
	struct process *process = task_find_process_locked(tid);
	struct task *task = task_find_locked(tid);
	struct signal_info info = info_user(signal, ABI_SI_TKILL);

	if (!process || (pid && process->pid != pid))
		return -ESRCH;
	if (!may_signal_locked(process, signal))
		return -EPERM;
	if (task && signal != 0)
		process_signal_task(process, task, &info);
	return 0;
}

int process_kill_thread(int pid, int tid, int signal)
{
	if (pid < 0 || tid <= 0 || (signal != 0 && !signal_is_valid(signal)))
		return -EINVAL;
	spin_lock(&process_lock);
	int error = kill_thread_locked(pid, tid, signal);
	spin_unlock(&process_lock);
	return error;
}
