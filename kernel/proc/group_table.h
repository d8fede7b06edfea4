/* The tables of process groups and of sessions: each by its number, and who is in it. Everything is
 * under process_lock. A group is there as long as it has members, zombies among them; so is a
 * session, which has at least one group.
 *
 * A member guards its group if its parent could continue the group when it stops: if the parent is
 * in another group of the same session, and is not process 1. How many do is counted, so whoever
 * changes a process's parent, group or session, or makes it a zombie, says so
 * (group_update_locked). */
#ifndef PROC_GROUP_TABLE_H
#define PROC_GROUP_TABLE_H

#include "lib/list.h"
#include "lib/rbtree.h"
#include "lib/types.h"

struct process;

struct session {
	struct rb_node node;
	int id;			/* the PID of its leader */
	u32 processes;
	void *terminal;		/* the controlling terminal, or NULL */
};

struct group {
	struct rb_node node;
	int id;			/* the PID of the process that began it */
	u32 guards;
	struct session *session;
	struct list_node members;	/* of struct process, group_node */
};

/* One that nobody is in, and no table has; NULL if there is no memory. The free functions are for
 * those that nobody has joined: the last to leave frees the others. They do not sleep. */
MUST_CHECK struct session *session_new(void);
void session_free(struct session *session);
MUST_CHECK struct group *group_new(void);
void group_free(struct group *group);

/* The one of that number, or NULL. O(log n), as the rest but for what is said. */
struct session *session_find_locked(int id);
struct group *group_find_locked(int id);

/* Moves the process to a group, and to the group's session, out of those where it was, if it was in
 * any. A new group is named for the process, and is in that session, which is named so too if it is
 * new; an old one is in its own already. group_update_locked comes after. */
void group_join_locked(struct process *process, struct group *group, struct session *session);
/* The process is reaped. */
void group_leave_locked(struct process *process);

/* The process has another parent, or is a zombie; with its children, it is in another group. */
void group_update_locked(struct process *process);
void group_update_family_locked(struct process *process);

#endif
