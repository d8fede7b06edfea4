/* Stopping and going on, and what parents are told of their children (signal(7), wait(2)). The
 * thread that takes a stop signal tells the others; each stops on its own way out to user mode, and
 * with the last one the process has stopped. It goes on when SIGCONT is sent. */
#ifndef PROC_JOB_H
#define PROC_JOB_H

#include "proc/process.h"

/* The current thread has taken a stop signal: all threads shall stop, unless SIGCONT has come
 * meanwhile or nobody could continue the process. No locks held. */
void job_stop(int signal);
/* The current thread stops with its process. Returns when that goes on, or is killed. No locks
 * held. */
void job_pause(void);
/* A thread of the process has ended; perhaps the others wait for it to stop. No locks held. */
void job_thread_ended(struct process *process);
/* SIGCONT has been sent. signal_lock held. */
void job_continue_locked(struct process *process);
/* The current process goes on: its parent is told, if it has not been. No locks held. */
void job_tell_continued(void);

/* A child has ended: its parent gets the signal it is told by. True if the parent wants to know
 * nothing, so that nobody will wait for the child. process_lock held. */
MUST_CHECK bool job_tell_ended_locked(struct process *child);

/* wait4(2): whether the child has stopped, or gone on, as options ask for, and nobody has been told
 * so yet; the status word. process_lock held. */
MUST_CHECK bool job_report_locked(struct process *child, int options, int *status);

/* A process ends, or a child of it is about to get another parent: if that leaves the group of the
 * process without anybody who could continue it, and some of it is stopped, it gets SIGHUP and
 * SIGCONT. process_lock held. parent is the one that it loses; ending: it is the process itself
 * that ends. */
void job_lose_parent_locked(
	const struct process *process, const struct process *parent, bool ending);

#endif
