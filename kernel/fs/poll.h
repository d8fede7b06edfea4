/* Waiting until one of several files is ready: the mechanism under poll(2) and select(2).
 *
 * A file's poll operation gives the bits that are true of it now, and names the queues that are
 * woken when they may change; the thread sleeps with one waiter in each of them. Whoever changes
 * the state of a file wakes all waiters of its queue, as for its readers and writers: nobody has to
 * know of poll. May sleep. */
#ifndef FS_POLL_H
#define FS_POLL_H

#include "lib/types.h"

struct file;
struct poll;
struct wait_queue;

struct poll_entry {
	struct file *file;	/* with a reference of the caller's; NULL: nothing to ask */
	s32 fd;			/* the caller's */
	u16 events;		/* the ABI_POLL bits that end the wait */
	u16 ready;		/* those of them that are true; without a file the caller's say */
};

/* For file_ops.poll: queue is one that the file wakes. */
void poll_join(struct poll *poll, struct wait_queue *queue);

#define POLL_NO_WAIT	0	/* a deadline: only looks */
/* Sets ready of all entries and waits until one of them has a bit, or the deadline (clock_ns,
 * WAIT_FOREVER). How many have; 0: none in time; -ERESTARTSYS; -ENOMEM. */
long poll_wait(struct poll_entry *entries, u32 count, u64 deadline);

#endif
