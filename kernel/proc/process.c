/* Processes and their tree (proc/process.h), and how the first one comes to be. */
#include "proc/process.h"

#include "core/panic.h"
#include "core/printk.h"
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
#include "proc/signal_fault.h"
#include "sched/time.h"
#include "x86/boot_info.h"
#include "x86/insn.h"
#include "x86/trap.h"

struct spinlock process_lock = SPINLOCK_INIT("process", LOCK_PROCESS);
struct process *process_init;

static SLAB_CACHE(process_cache, struct process);
static SLAB_CACHE(task_cache, struct task);
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
	spin_init(&process->signal_lock, "signal", LOCK_SIGNAL);
	signal_set_init(&process->pending);
	wait_queue_init(&process->resumed);
	alarm_init(process);
	return process;
}

void process_release(struct process *process)
{
	spin_lock(&process_lock);
	struct space *space = process->space;
	struct file_table *files = process->files;
	struct fs_context *fs = process->fs;
	struct inode *executable = process->executable;
	struct command_line *command = process->command;
	process->space = NULL;
	process->files = NULL;
	process->fs = NULL;
	process->executable = NULL;
	process->command = NULL;
	spin_unlock(&process_lock);

	if (space)
		space_put(space);
	if (files)
		file_table_put(files);
	if (fs)
		fs_context_put(fs);
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
	slab_free(&process_cache, process);
}

int process_add_task(struct process *process, void (*entry)(void *task))
{
	struct task *task = slab_alloc_zeroed(&task_cache);
	if (!task)
		return -ENOMEM;
	int error = thread_init(&task->thread, process->name, true, entry, task);
	if (error) {
		slab_free(&task_cache, task);
		return error;
	}
	task->process = process;
	signal_set_init(&task->pending);
	task->thread.fs = process->fs;
	if (process->space)
		task->thread.page_root = process->space->root;
	list_push_back(&process->threads, &task->node);
	process->thread_count++;
	return 0;
}

void task_free(struct task *task)
{
	thread_fini(&task->thread);
	slab_free(&task_cache, task);
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

struct process *process_next_locked(const struct process *process)
{
	return process_of(process ? rb_next(&process->pid_node) : rb_first(&processes));
}

bool process_group_exists_locked(int group)
{
	const struct process *process = NULL;

	while ((process = process_next_locked(process)))
		if (process->group == group)
			return true;
	return false;
}

static bool session_exists_locked(int session)
{
	const struct process *process = NULL;

	while ((process = process_next_locked(process)))
		if (process->session->id == session)
			return true;
	return false;
}

/* Whether a number means something already. A group or session can outlive the process it is named
 * for, which can matter only when numbers are used for the second time. */
static bool pid_taken_locked(int pid)
{
	return process_find_locked(pid) ||
		(pids_reused && (process_group_exists_locked(pid) || session_exists_locked(pid)));
}

/* The next free number; they are used in turn, so that one that has just become free is not soon
 * another's. */
static int pid_take_locked(void)
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

static void process_link_locked(struct process *process)
{
	struct rb_node **link = &processes.root, *parent = NULL;

	while (*link) {
		parent = *link;
		link = process->pid < process_of(parent)->pid ? &parent->left : &parent->right;
	}
	rb_insert(&processes, &process->pid_node, parent, link);
}

int process_enter(struct process *process, struct process *parent)
{
	struct session *session = parent ? NULL : session_new();

	if (!parent && !session)
		return -ENOMEM;
	spin_lock(&process_lock);
	int pid = !parent || limits_allow_child_locked(parent) ? pid_take_locked() : -EAGAIN;
	if (pid > 0) {
		process->pid = pid;
		process->started = clock_ns();
		process->group = parent ? parent->group : pid;
		process->left_terminal = parent && parent->left_terminal;
		process->parent = parent;
		session_join_locked(process, parent ? parent->session : session);
		list_first(&process->threads, struct task, node)->tid = pid;
		if (parent)
			list_push_back(&parent->children, &process->sibling);
		else
			process_init = process;
		process_link_locked(process);
		count++;
	}
	spin_unlock(&process_lock);
	return pid > 0 ? 0 : pid;
}

void process_leave_locked(struct process *process)
{
	session_leave_locked(process);
	list_remove(&process->sibling);
	rb_remove(&processes, &process->pid_node);
	count--;
}

void usage_add(struct usage *sum, const struct usage *part)
{
	sum->user += part->user;
	sum->system += part->system;
	sum->resident_peak = MAX(sum->resident_peak, part->resident_peak);
	sum->faults += part->faults;
	sum->yields += part->yields;
	sum->preemptions += part->preemptions;
}

void usage_set_thread(struct usage *usage, struct thread *thread)
{
	thread_times(thread, &usage->user, &usage->system);
	usage->yields = thread->switches[1];
	usage->preemptions = thread->switches[0];
}

void usage_set_space(struct usage *usage, const struct space *space)
{
	usage->resident_peak = space->resident_peak;
	usage->faults = space->faults_zero + space->faults_copy + space->faults_file;
}

void usage_self(struct usage *usage)
{
	usage_set_thread(usage, thread_current());
	usage_set_space(usage, process_current()->space);
}

void usage_children(struct usage *usage)
{
	spin_lock(&process_lock);
	*usage = process_current()->children_usage;
	spin_unlock(&process_lock);
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

	if (!process)
		panic("no memory for process 1");
	process->files = file_table_new();
	process->fs = fs_context_copy(NULL);
	limits_init(process);
	strlcpy(process->name, "init", sizeof(process->name));
	init_path = path;
	if (!process->files || !process->fs || process_add_task(process, init_begin) < 0 ||
		process_enter(process, NULL) < 0)
		panic("no memory for process 1");
	thread_start(&list_first(&process->threads, struct task, node)->thread);
}

/* The parent may end, and be reaped by its own parent, at any time. */
int process_parent_pid(const struct process *process)
{
	spin_lock(&process_lock);
	int pid = process->parent ? process->parent->pid : 0;
	spin_unlock(&process_lock);
	return pid;
}
