/* Process groups and sessions (setpgid(2), setsid(2), credentials(7)). A process is in one group,
 * named for the process that began it; a group's processes are all in one session, which is named
 * for its leader, and which may have a controlling terminal. The terminal itself is the driver's:
 * here is only a pointer to it, and the driver knows its session and foreground group by their
 * numbers.
 *
 * All functions take process_lock, so they are not for interrupt handlers, nor under another spin
 * lock. None sleeps but those that say so. */
#ifndef PROC_GROUP_H
#define PROC_GROUP_H

#include "lib/types.h"

struct process;

/* Moves a process (0: the caller), which is the caller or a child of it that has not yet called
 * exec, to a group (0: one of its own). -EINVAL, -ESRCH, -EACCES, -EPERM, -ENOMEM. */
int group_set(int pid, int group);
/* The group, and the session, of a process (0: the caller); -ESRCH. */
int group_get(int pid);
int session_get(int pid);
/* The caller leads a new session, without a terminal, and a group in it: its number. -EPERM if a
 * group has that number already, -ENOMEM. */
int session_begin(void);

/* Sends a signal to all processes of a group, as the kernel: -ESRCH if there are none. */
int group_signal(int group, int signal);
int group_signal_locked(int group, int signal);
/* Whether the group is in the session (as on Linux, the number of a process does for a group's): 0,
 * -EPERM, -ESRCH if there is no such group. */
int group_check_session(int group, int session);
/* Whether nobody is left who could continue the caller's group when it stops: no process of it has a
 * parent in another group of the same session. */
bool group_is_orphaned(void);
/* The same of any group, without that process, which may be NULL; true also if there is no such
 * group. process_lock held. */
bool group_is_orphaned_locked(int group, const struct process *without);

/* The caller's controlling terminal, or NULL. */
void *session_terminal(void);
/* It becomes that of the caller's session. -EPERM unless the caller leads its session, and the
 * session has none. */
int session_set_terminal(void *terminal);
/* The caller, and its children to be, has none any more, until it begins a session. */
void session_leave_terminal(void);
/* A session (if it exists) has no terminal any more. */
void session_drop_terminal(int session);
struct session_terminal_ops {
	/* The leader of a session with a terminal ends, which by now has it no more. Called without
	 * locks; may sleep, and sends the signals there are to send. */
	void (*hang_up)(void *terminal, int session);
	/* What ps(1) shows: the device's number and the foreground group. process_lock is held. */
	void (*describe)(const void *terminal, u32 *device, int *group);
};
/* What the driver does with the pointers. Boot. */
void session_register_terminal(const struct session_terminal_ops *ops);
/* The process's controlling terminal, for others: its device number, 0 if it has none, and the
 * foreground group, -1 if it has none. process_lock held. */
void session_describe_terminal_locked(const struct process *process, u32 *device, int *group);

/* The current process ends: its session loses its terminal if the process leads it. */
void session_exit(void);

#endif
