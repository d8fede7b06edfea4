/* What an area shows: the pages of a file, or of anonymous memory that processes share. A backing
 * lives inside its owner (an inode; vm/shared.c) and knows the areas that map it, so that a page's
 * mappings are found from the page.
 *
 * Every operation may sleep. They are called with a space's lock (MUTEX_SPACE) held, but put and
 * remove without any. */
#ifndef VM_BACKING_H
#define VM_BACKING_H

#include "core/spinlock.h"
#include "lib/list.h"
#include "lib/types.h"

struct area;
struct backing;
struct page;

struct backing_ops {
	/* The frame of page index, with a reference for the caller; ERR_PTR(-ENOMEM), or
	 * ERR_PTR(-EFAULT) behind the end (SIGBUS). A hole gets a frame: what a shared area writes
	 * to it must stay. */
	struct page *(*get_page)(struct backing *backing, u64 index);
	/* mincore(2): whether page index is in memory. */
	bool (*has_page)(struct backing *backing, u64 index);
	/* madvise(2): pages index first to last read as zeros from now on, wherever they are mapped,
	 * and are free. An error of fallocate(2). */
	int (*remove)(struct backing *backing, u64 first, u64 last);
	/* One more or one fewer area holds it. */
	void (*get)(struct backing *backing);
	void (*put)(struct backing *backing);
	/* The text that /proc/self/maps shows; writes at most size bytes with its NUL. */
	void (*describe)(struct backing *backing, char *buffer, size_t size);
};

struct backing {
	const struct backing_ops *ops;
	struct spinlock areas_lock;	/* rank LOCK_INODE_LIST; for the next four, and the areas' */
	struct list_node areas;		/* that map it; backing_unmap puts those it has done last */
	u32 unmap_round;
	u32 writers;			/* areas that show it to others, and may write to it */
	bool writers_denied;
	u64 inode, device;		/* for /proc/self/maps */
};

void backing_init(struct backing *backing, const struct backing_ops *ops);

/* Unmaps every page from index first to last from all areas that map them: faults find the file as
 * it is then, so it is changed first. copies: private copies too (truncate). Takes the lock of each
 * space in turn; the caller holds none of MUTEX_SPACE and above, and lets nobody else call it for
 * the same backing. */
void backing_unmap(struct backing *backing, u64 first, u64 last, bool copies);

/* Whether somebody has it mapped shared, and may write to it. From now on nobody can: whether it is
 * so, which it is not while somebody has. */
bool backing_has_writers(const struct backing *backing);
MUST_CHECK bool backing_deny_writers(struct backing *backing);

/* For vm/: an area begins or ends to map its backing, if it has one. Under its space's lock. */
void backing_link(struct area *area);
void backing_unlink(struct area *area);

#endif
