/* Threads of processes (proc/task.h). */
#include "proc/task.h"

#include "core/stat.h"
#include "lib/errno.h"
#include "lib/string.h"
#include "mem/slab.h"
#include "proc/limits.h"
#include "proc/trace.h"

STAT_COUNTER(proc_starts, "processes and threads that were begun");

static SLAB_CACHE(task_cache, struct task);
static struct rb_tree tasks;	/* those that are no leaders, by TID; process_lock */

struct task *task_new(struct process *process, void (*entry)(void *task))
{
	struct task *task = slab_alloc_zeroed(&task_cache);
	if (!task)
		return NULL;
	if (thread_init(&task->thread, task->name, true, entry, task) < 0) {
		slab_free(&task_cache, task);
		return NULL;
	}
	task->process = process;
	list_init(&task->node);
	signal_set_init(&task->pending);
	if (process->space)
		task->thread.page_root = process->space->root;
	return task;
}

void task_release(struct task *task)
{
	spin_lock(&process_lock);
	struct file_table *files = task->files;
	struct fs_context *fs = task->thread.fs;
	task->files = NULL;
	task->thread.fs = NULL;
	spin_unlock(&process_lock);

	trace_leave(task);
	if (files)
		file_table_put(files);
	if (fs)
		fs_context_free(fs);
}

void task_free(struct task *task)
{
	if (!task->reaped)
		thread_fini(&task->thread);
	signal_set_fini(&task->pending);
	slab_free(&task_cache, task);
}

static struct task *task_of(struct rb_node *node)
{
	return container_of(node, struct task, tid_node);
}

struct task *task_find_locked(int tid)
{
	struct process *process = process_find_locked(tid);
	struct rb_node *node = tasks.root;

	if (process)
		return process->leader;
	while (node && task_of(node)->tid != tid)
		node = tid < task_of(node)->tid ? node->left : node->right;
	return node ? task_of(node) : NULL;
}

struct process *task_find_process_locked(int tid)
{
	struct process *process = process_find_locked(tid);
	struct task *task = process ? NULL : task_find_locked(tid);

	return task ? task->process : process;
}

static void link_locked(struct task *task)
{
	struct rb_node **link = &tasks.root, *parent = NULL;

	while (*link) {
		parent = *link;
		link = task->tid < task_of(parent)->tid ? &parent->left : &parent->right;
	}
	rb_insert(&tasks, &task->tid_node, parent, link);
}

/* Into the list of its process. process_lock and signal_lock held. */
static void join_locked(struct task *task)
{
	struct process *process = task->process;

	list_push_back(&process->threads, &task->node);
	task->thread.watched = process->watched;
	process->live++;
	process->unreaped++;
	stat_add(&proc_starts, 1);
}

u64 task_starts(void)
{
	return stat_read(&proc_starts);
}

void task_enter_first(struct task *task, int pid)
{
	task->tid = pid;
	task->process->leader = task;
	join_locked(task);
}

static int enter_locked(struct task *task)
{
	struct process *self = task->process;

	if (!limits_allow_child_locked(self))
		return -EAGAIN;
	int tid = process_number_locked();
	if (tid < 0)
		return tid;
	bool irqs = spin_lock_irq(&self->signal_lock);
	bool ends = self->exiting || self->executing;
	if (!ends) {
		task->tid = tid;
		join_locked(task);
		link_locked(task);
		if (self->stopping)
			thread_set_work(&task->thread, THREAD_WORK_SIGNAL);
	}
	spin_unlock_irq(&self->signal_lock, irqs);
	return ends ? -EINTR : 0;
}

int task_enter(struct task *task)
{
	spin_lock(&process_lock);
	int error = enter_locked(task);
	spin_unlock(&process_lock);
	return error;
}

bool task_reap_locked(struct task *task)
{
	struct process *process = task->process;
	struct task *leader = process->leader;
	bool irqs = spin_lock_irq(&process->signal_lock);
	bool last = --process->unreaped == 0;

	usage_end_thread_locked(process, &task->thread);
	task->reaped = true;
	if (task != leader) {
		list_remove(&task->node);
		rb_remove(&tasks, &task->tid_node);
	}
	if (last) {
		list_remove(&leader->node);
		process->leader = NULL;
	}
	spin_unlock_irq(&process->signal_lock, irqs);

	if (task != leader)
		task_free(task);
	if (last)
		task_free(leader);
	else
		wait_wake(&process->thread_reaped, WAIT_ALL);
	return last;
}

void task_set_name_locked(struct task *task, const char *name)
{
	strlcpy(task->name, name, sizeof(task->name));
	if (task->process->leader == task)
		strlcpy(task->process->name, name, sizeof(task->process->name));
}

void task_become_leader(void)
{
	struct task *self = task_current();
	struct process *process = self->process, *child;

	spin_lock(&process_lock);
	struct task *leader = process->leader;
	bool irqs = spin_lock_irq(&process->signal_lock);
	list_remove(&leader->node);
	rb_remove(&tasks, &self->tid_node);
	list_for_each(child, &process->children, sibling)
		child->forker = process->pid;
	self->tid = process->pid;
	process->leader = self;
	spin_unlock_irq(&process->signal_lock, irqs);
	spin_unlock(&process_lock);
	task_free(leader);
}
