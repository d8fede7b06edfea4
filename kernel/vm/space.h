/* Address spaces: areas in a balanced tree over a page root. Owns the user half of page tables and
 * every anonymous frame in it. A space has one mutex (rank MUTEX_SPACE) over areas and tables; the
 * functions here and in the headers named below take it themselves. All may sleep. Lengths and
 * addresses are in bytes.
 *
 * An area is a range of pages with equal rights over one backing (NULL: anonymous memory of its
 * own). Neighbours that can be one area are one. A page of a file is found through its backing and
 * maps that backing's frames; a private page that has been written is anonymous. The frame of a
 * mapped page has a reference per mapping; copy-on-write is: not writable in the table while the
 * area is, and the writer copies unless it holds the only reference.
 *
 * This header is the face of address spaces for the layers to the right; its parts are vm/areas.h
 * (the tree), vm/backing.h (what areas show), vm/map.h (mmap and its family), vm/fault.h (page
 * faults), vm/fork.h, vm/lock.h (mlock). */
#ifndef VM_SPACE_H
#define VM_SPACE_H

#include "lib/rbtree.h"
#include "lib/types.h"
#include "sched/mutex.h"
#include "vm/areas.h"
#include "vm/backing.h"
#include "vm/fault.h"
#include "vm/fork.h"
#include "vm/map.h"

struct space {
	struct mutex lock;		/* two only in fork: the parent's, then the child's */
	u32 refs;			/* one of each process, those who look at it; atomic */
	u32 users;			/* processes alone; as what follows proc's, under its lock */
	const void *owner;		/* of these the one whose limits it keeps to, or NULL */
	paddr_t root;
	u64 serial;			/* no other space has it, or ever had; from 1 */

	/* Under the lock. */
	struct rb_tree areas;
	u64 area_count;
	u64 mapped, data, locked;	/* bytes (space_account) */
	u32 lock_future;		/* ABI_MCL_ flags: what will be mapped is locked */
	u64 resident, resident_peak;	/* pages */
	u64 small_unmaps;		/* since page tables were last trimmed (vm/pages.c), */
	u64 trim_seen;			/* and how many entries that met */
	u64 faults_zero, faults_copy, faults_file, faults_spurious;
	u64 brk_start, brk;
	u64 mmap_top;			/* addresses are chosen below, downwards */
	/* In bytes; set by proc, without the lock. */
	u64 stack_limit;		/* that an area may grow down to */
	u64 size_limit;			/* that may be mapped */
	u64 data_limit;			/* that may be private and writable */
};

/* A new space without areas, one reference, mmap_top and stack_limit at their defaults; NULL if
 * there is no memory. */
MUST_CHECK struct space *space_new(void);
void space_get(struct space *space);
/* With the last reference, everything is unmapped and freed. It may not be loaded on this CPU then
 * (load root 0 first). */
void space_put(struct space *space);

/* /proc/self/maps: calls emit for each area in order, under the lock. */
void space_each_area(
	struct space *space, void (*emit)(const struct area *area, void *context), void *context);

/* Whether so much more may be mapped with these AREA_ flags; whether so much of what is mapped may
 * become data: private and writable, and no stack. Under the lock. */
bool space_has_room(const struct space *space, u32 flags, u64 bytes);
bool space_has_data_room(const struct space *space, u64 bytes);

static inline bool area_is_data(u32 flags)
{
	return (flags & (AREA_WRITE | AREA_SHARED | AREA_GROWSDOWN | AREA_STACK)) == AREA_WRITE;
}

u64 space_areas_total(void);	/* all areas of the machine, for the ledger */

/* For vm/: areas and their pages, under the lock. What is left over (areas taken out or joined to
 * others) is collected in a list of spares, to be freed after the lock, since that lets go of
 * backings.
 *
 * A new area with these properties, which holds its backing and is in no space yet; NULL if there
 * is no memory. */
MUST_CHECK struct area *space_area_new(
	struct space *space, u64 start, u64 end, u32 flags, struct backing *backing, u64 offset);
/* Lets go of an area, or of all spares. No lock is held. */
void space_area_free(struct area *area);
void space_free_spares(struct list_node *spares);
/* Puts an area into its place, which is free, or makes it part of its neighbours. */
void space_add_area(struct space *space, struct area *area, struct list_node *spares);
/* Puts it there as an area of its own. */
void space_insert_area(struct space *space, struct area *area);
/* Makes start and end edges of areas. -ENOMEM, and then nothing has changed. */
MUST_CHECK int space_cut(struct space *space, u64 start, u64 end);
/* Gives the area other flags, of which the caller makes the entries right. */
void space_change_flags(struct space *space, struct area *area, u32 flags);
/* The same for [start, end), which lies in the area: an area of its own then, which the caller also
 * has joined to its neighbours. ERR_PTR(-ENOMEM), and then nothing has changed. */
MUST_CHECK struct area *space_set_flags(
	struct space *space, struct area *area, u64 start, u64 end, u32 flags);
/* An area has become larger or smaller. */
static inline void space_account(struct space *space, const struct area *area, s64 bytes)
{
	space->mapped += bytes;
	if (area_is_data(area->flags))
		space->data += bytes;
	if (area->flags & AREA_LOCKED)
		space->locked += bytes;
}
/* Takes out all areas in [start, end), whose edges have been cut, and their pages. */
void space_remove(struct space *space, u64 start, u64 end, struct list_node *spares);
/* Joins the areas that meet at an address, if they can be one. */
void space_join_at(struct space *space, u64 address, struct list_node *spares);

#endif
