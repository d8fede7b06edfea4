/* A process, or one thread of it, as others see it through /proc: what holds still is copied, the
 * rest is held by references, so that the process may end while it is looked at. */
#ifndef PROC_PID_VIEW_H
#define PROC_PID_VIEW_H

#include "fs/procfs.h"
#include "proc/process.h"
#include "sched/policy.h"

struct pid_view {
	int pid, parent, group, session;
	int tid;			/* of the thread; of a process its PID */
	u32 terminal;			/* device number, 0: none */
	int terminal_group;		/* in the foreground there, -1: no terminal */
	char name[16];
	char state;			/* as ps(1): R, S, D, T, Z */
	u64 pending, shared_pending, blocked, ignored, caught;	/* signals; bit n-1 */
	u64 started;
	u32 threads;
	u32 uid, gid, euid, egid, suid, sgid;
	bool guarded;
	struct usage usage, children;
	struct thread_policy policy;
	u32 cpu;			/* where it runs, or last ran */
	/* References; NULL when the process has ended. */
	struct space *space;
	struct inode *executable, *cwd;
	struct command_line *command;
};

/* Looks at the process that the key means: its PID, and the time it was started, since numbers are
 * used again; or at its thread of the number key->part. What threads differ in is the leader's, if
 * no part is named; times are those of all threads then. False if it is gone. pid_view_put is due
 * after true. Sleeps only to put. */
MUST_CHECK bool pid_view_get(struct pid_view *view, const struct proc_key *key);
void pid_view_put(struct pid_view *view);
bool pid_view_exists(const struct proc_key *key);
/* Whether the current process may look into that one, as ptrace(2) has it: it is itself, or wholly
 * its own user's and has been since its exec, or it is user 0's to look. */
bool pid_view_permitted(const struct pid_view *view);

/* The open file of a descriptor of what the key means, with a reference: ERR_PTR(-ENOENT); and the
 * first descriptor in use from fd on, -1 at the end. The table is never held: whether it is shared
 * is for those who use it. */
struct file *pid_view_file(const struct proc_key *key, int fd);
int pid_view_next_file(const struct proc_key *key, int fd);

/* The space of a thread's process, with a reference, to read and change it: its own, or one that
 * ptrace(2) would let the current process attach to. -ESRCH, -EPERM. */
MUST_CHECK struct space *pid_view_attach(int tid);

/* Names the thread that the key means; that is one of the current process, or -EINVAL. -ESRCH. */
int pid_view_set_name(const struct proc_key *key, const char *name);

/* The key of a process by its PID, or of another of its threads than the first by its TID; false if
 * there is none. */
MUST_CHECK bool pid_view_find(int tid, struct proc_key *key);
/* The first PID from that one on; 0 at the end. The same for the TIDs of a process. */
int pid_view_next(int pid);
int pid_view_next_thread(const struct proc_key *key, int tid);

#endif
