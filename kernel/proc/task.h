/* Threads of processes: how they are made, found and put away. Their numbers are those of
 * processes: the first thread's, the leader's, is the PID. A leader that ends before the others
 * stays in the list, without a stack, until they have ended too. */
#ifndef PROC_TASK_H
#define PROC_TASK_H

#include "proc/process.h"

/* A thread that nobody knows yet and that will run entry(task), in the process's address space,
 * without descriptors and fs context. NULL if there is no memory. task_release gives back what it
 * holds, as far as it is there, and may sleep; task_free the rest. */
MUST_CHECK struct task *task_new(struct process *process, void (*entry)(void *task));
void task_release(struct task *task);
void task_free(struct task *task);

/* Gives it a TID, and a place among the threads of the current process. -EAGAIN: there are too
 * many, or no free number; -EINTR: the process ends, or execs. */
MUST_CHECK int task_enter(struct task *task);
/* It is the first of a process that nobody knows yet. */
void task_enter_first(struct task *task, int pid);

/* How many have entered since boot. */
u64 task_starts(void);

/* The thread of that number, also a leader that has ended, or NULL. process_lock held. */
struct task *task_find_locked(int tid);
/* The process of which that is the number, or one of the numbers. process_lock held. */
struct process *task_find_process_locked(int tid);

/* The thread has ended, and its stack is freed. True if it was the last of its process.
 * process_lock held. */
MUST_CHECK bool task_reap_locked(struct task *task);
/* The name of a thread; the leader's is the process's too. process_lock held. */
void task_set_name_locked(struct task *task, const char *name);
/* The current thread, all others of whose process have been reaped, becomes the leader. */
void task_become_leader(void);

#endif
