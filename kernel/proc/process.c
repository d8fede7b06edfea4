/* Processes and their tree (proc/process.h), and how the first one comes to be. */
#include "proc/process.h"

#include "core/panic.h"
#include "core/printk.h"
#include "lib/atomic.h"
#include "lib/errno.h"
#include "lib/string.h"
#include "mem/slab.h"
#include "proc/alarm.h"
#include "proc/command_line.h"
#include "proc/exec.h"
#include "proc/files.h"
#include "proc/futex.h"
#include "proc/limits.h"
#include "proc/group.h"
#include "proc/group_table.h"
#include "proc/signal_fault.h"
#include "proc/task.h"
#include "sched/time.h"
#include "vm/lock.h"
#include "x86/boot_info.h"
#include "x86/insn.h"
#include "x86/trap.h"

struct spinlock process_lock = SPINLOCK_INIT("process", LOCK_PROCESS);
struct process *process_init;

static SLAB_CACHE(process_cache, struct process);
static struct rb_tree processes;
static u64 count;
static int last_pid;
static bool pids_reused;	/* last_pid has come round */
static const char *init_path;

struct process *process_new(void)
{
	struct process *process = slab_alloc_zeroed(&process_cache);
	if (!process)
		return NULL;
	list_init(&process->children);
	list_init(&process->sibling);
	list_init(&process->threads);
	wait_queue_init(&process->child_changed);
	wait_queue_init(&process->thread_reaped);
	spin_init(&process->signal_lock, "signal", LOCK_SIGNAL);
	signal_set_init(&process->pending);
	wait_queue_init(&process->resumed);
	alarm_init(process);
	return process;
}

void process_set_space_locked(struct process *process, struct space *space)
{
	struct space *old = process->space;

	if (old && old->owner == process)
		old->owner = NULL;
	if (old)
		old->users--;
	process->space = space;
	if (space && ++space->users == 1) {
		space->owner = process;
		limits_give_space(process, space);
	}
}

void process_release(struct process *process)
{
	spin_lock(&process_lock);
	struct space *space = process->space;
	struct inode *executable = process->executable;
	struct command_line *command = process->command;
	process_set_space_locked(process, NULL);
	process->executable = NULL;
	process->command = NULL;
	spin_unlock(&process_lock);

	if (space)
		space_put(space);
	if (executable)
		executable_put(executable);
	if (command)
		command_line_put(command);
}

void executable_get(struct inode *inode)
{
	int error = inode_get_run(inode);

	ASSERT(!error);
	inode_get(inode);
}

void executable_put(struct inode *inode)
{
	inode_put_run(inode);
	inode_put(inode);
}

void process_free(struct process *process)
{
	signal_set_fini(&process->pending);
	slab_free(&process_cache, process);
}

static struct process *process_of(struct rb_node *node)
{
	return node ? container_of(node, struct process, pid_node) : NULL;
}

struct process *process_find_locked(int pid)
{
	struct rb_node *node = processes.root;

	while (node && process_of(node)->pid != pid)
		node = pid < process_of(node)->pid ? node->left : node->right;
	return process_of(node);
}

struct process *process_from_locked(int pid)
{
	struct rb_node *node = processes.root;
	struct process *first = NULL;

	while (node) {
		bool is_candidate = process_of(node)->pid >= pid;
		if (is_candidate)
			first = process_of(node);
		node = is_candidate ? node->left : node->right;
	}
	return first;
}

struct process *process_next_locked(const struct process *process)
{
	return process_of(process ? rb_next(&process->pid_node) : rb_first(&processes));
}

/* Whether a number means something already. A group or session can outlive the process it is named
 * for, which can matter only when numbers are used for the second time. */
static bool pid_taken_locked(int pid)
{
	return task_find_process_locked(pid) ||
		(pids_reused && (group_find_locked(pid) || session_find_locked(pid)));
}

/* The next free number; they are used in turn, so that one that has just become free is not soon
 * another's. */
int process_number_locked(void)
{
	for (int tried = 0; tried < PID_MAX; tried++) {
		if (++last_pid == PID_MAX) {
			last_pid = PID_INIT;
			pids_reused = true;
		}
		if (!pid_taken_locked(last_pid))
			return last_pid;
	}
	return -EAGAIN;
}

int process_last_number(void)
{
	return READ_ONCE(last_pid);
}

static void process_link_locked(struct process *process)
{
	struct rb_node **link = &processes.root, *parent = NULL;

	while (*link) {
		parent = *link;
		link = process->pid < process_of(parent)->pid ? &parent->left : &parent->right;
	}
	rb_insert(&processes, &process->pid_node, parent, link);
}

static void enter_locked(struct process *process, struct process *parent, struct group *group,
	struct session *session, int pid)
{
	process->pid = pid;
	process->started = clock_ns();
	process->parent = parent;
	group_join_locked(process, group, session);
	group_update_locked(process);
	if (parent)
		list_push_back(&parent->children, &process->sibling);
	process_link_locked(process);
	count++;
}

int process_enter(struct process *process, struct task *leader, bool beside)
{
	struct process *self = process_current();

	spin_lock(&process_lock);
	int pid = limits_allow_child_locked(self) ? process_number_locked() : -EAGAIN;
	/* A signal that has met the whole group must not miss a child that is not in it yet. */
	if (atomic_load(&thread_current()->interrupted))
		pid = -ERESTARTNOINTR;
	if (pid > 0) {
		process->forker = beside ? self->forker : task_current()->tid;
		process->left_terminal = self->left_terminal;
		enter_locked(process, beside ? self->parent : self, self->in_group,
			self->session, pid);
		task_enter_first(leader, pid);
	}
	spin_unlock(&process_lock);
	return pid > 0 ? 0 : pid;
}

/* The parent may end, and be reaped by its own parent, at any time. */
int process_parent_pid(const struct process *process)
{
	spin_lock(&process_lock);
	int pid = process->parent ? process->parent->pid : 0;
	spin_unlock(&process_lock);
	return pid;
}

void process_leave_locked(struct process *process)
{
	group_leave_locked(process);
	list_remove(&process->sibling);
	rb_remove(&processes, &process->pid_node);
	count--;
}

u64 process_count(void)
{
	return READ_ONCE(count);
}

static struct space *current_space(void)
{
	/* The idle threads, which are no tasks, have no page root. */
	return thread_current()->fpu ? process_current()->space : NULL;
}

void proc_init(void)
{
	space_register_current(current_space);
	space_register_lock_limit(limits_memlock);
	signal_fault_init();
	futex_init();
	files_init();
}

/* The first thread of process 1. */
static void init_begin(void *argument)
{
	struct task *task = argument;

	exec_init(thread_frame(&task->thread), init_path);
	printk("boot: %lu ticks of the counter from the kernel's first instruction to the first of %s\n",
		insn_rdtsc() - boot_started, init_path);
	trap_enter_user(thread_frame(&task->thread));
}

void process_start_init(const char *path)
{
	struct process *process = process_new();
	struct session *session = session_new();
	struct group *group = group_new();
	struct task *task = process ? task_new(process, init_begin) : NULL;

	if (!task || !session || !group)
		panic("no memory for process 1");
	task->files = file_table_new();
	task->thread.fs = fs_context_copy(NULL, false);
	if (!task->files || !task->thread.fs)
		panic("no memory for process 1");
	limits_init(process);
	limits_give_context(process, task->thread.fs);
	init_path = path;
	process_init = process;
	spin_lock(&process_lock);
	enter_locked(process, NULL, group, session, process_number_locked());
	task_enter_first(task, process->pid);
	task_set_name_locked(task, "init");
	spin_unlock(&process_lock);
	thread_start(&task->thread);
}
