/* Sleeping locks: for what may be held across a page fault, an allocation or a wait. Not for
 * interrupt handlers, not under a spin lock. Waiters are woken in the order they came; one that
 * runs may overtake them, so nobody waits for a thread that only waits for the CPU. Order: a thread
 * takes mutexes in rising rank (checked in debug builds), and several of one rank only where the
 * comment at the rank says in which order. */
#ifndef SCHED_MUTEX_H
#define SCHED_MUTEX_H

#include "sched/wait.h"

enum mutex_rank {
	MUTEX_POSITION,		/* the position of an open file */
	MUTEX_DATA,		/* one transfer: a file's writers, a stream's readers or
				 * writers. No fault takes it, so user memory may be touched
				 * under it. */
	MUTEX_RENAME,		/* moves from one directory to another (fs/names.c): one at a
				 * time, so that who is above whom stays while two are locked */
	MUTEX_DIRECTORY,	/* an inode that is a directory; parent before child; two of
				 * which neither is above the other only under MUTEX_RENAME */
	MUTEX_FILE,		/* an inode's mode, links and times; user memory is NOT
				 * touched under it */
	MUTEX_SPACE,		/* an address space; page faults take it; fork: parent
				 * before child */
	MUTEX_PAGES,		/* the page cache of one backing */
};

struct mutex {
	struct wait_queue queue;
	struct thread *owner;	/* atomic; NULL: free */
	u32 rank;
};

void mutex_init(struct mutex *mutex, enum mutex_rank rank);
void mutex_lock(struct mutex *mutex);
MUST_CHECK bool mutex_try_lock(struct mutex *mutex);
void mutex_unlock(struct mutex *mutex);
bool mutex_is_held(const struct mutex *mutex);	/* by the current thread */

#endif
