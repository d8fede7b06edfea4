/* Who a thread acts as (credentials(7)): real, effective and saved user and group, and
 * supplementary groups. They are in its fs context, which the thread alone changes; as on Linux, a
 * C library that changes those of a process does so in each thread. The leader's real and saved
 * IDs are copied into the process for others, under process_lock. User 0, by the effective ID, may
 * do anything. The functions are about the current thread; those that change may sleep. */
#ifndef PROC_CREDENTIALS_H
#define PROC_CREDENTIALS_H

#include "fs/context.h"
#include "vm/user.h"

struct process;

#define CREDENTIALS_KEEP	UINT32_MAX	/* an ID that shall not change */

/* setuid(2), setreuid(2), setresuid(2), and their kin for groups. -EINVAL, -EPERM. */
int credentials_set_user(u32 id);
int credentials_set_group(u32 id);
int credentials_set_users(u32 real, u32 effective);
int credentials_set_groups(u32 real, u32 effective);
int credentials_set_all_users(u32 real, u32 effective, u32 saved);
int credentials_set_all_groups(u32 real, u32 effective, u32 saved);

/* getgroups(2): how many there are, with size 0 only that; setgroups(2). */
int credentials_get_groups(int size, struct user_ptr list);
int credentials_set_supplementary(int size, struct user_ptr list);

/* Whether the caller may send that process signals (kill(2)): its real or effective user is the
 * other's real or saved one, or is user 0. process_lock held. */
bool credentials_may_signal_locked(const struct process *process);
/* The same of somebody else with these IDs. */
bool credentials_allow_signal_locked(
	const struct fs_context *whose, const struct process *process);
/* Whether the caller acts as another than it is: what it then runs is no more its user's. */
bool credentials_are_raised(void);
/* Whether somebody is wholly, by all these IDs, the caller's real user and group; NULL: not. Those of
 * another thread may be looked at under process_lock. */
bool credentials_match(const struct fs_context *its);

/* exec: what is effective is saved. */
void credentials_exec(void);

static inline bool credentials_privileged(const struct fs_context *fs)
{
	return fs->euid == 0;
}

#endif
