/* The areas of an address space, in a balanced tree by address: pure, no memory and no locks of its
 * own. The caller holds the space's lock, allocates the areas and frees them.
 *
 * Areas are disjoint and not empty; start and end are whole pages. A node knows the gap below it,
 * down to the area before it, and the largest gap of its subtree, so that a place for a mapping is
 * found in O(log n):
 *
 *	gap = areas_guarded_start(area) - (end of the area before it, or 0), not less than 0
 *	gap_max = max(gap, left->gap_max, right->gap_max) */
#ifndef VM_AREAS_H
#define VM_AREAS_H

#include "lib/list.h"
#include "lib/rbtree.h"
#include "lib/types.h"

struct backing;
struct space;

#define AREA_READ	0x1u	/* the values of PROT_READ, PROT_WRITE and PROT_EXEC */
#define AREA_WRITE	0x2u
#define AREA_EXEC	0x4u
#define AREA_PROT	0x7u
#define AREA_SHARED	0x10u
#define AREA_GROWSDOWN	0x20u
#define AREA_NORESERVE	0x40u
#define AREA_STACK	0x80u	/* the initial stack: shown as [stack] */
#define AREA_HEAP	0x100u	/* brk: shown as [heap] */
#define AREA_LOCKED	0x200u	/* mlock */
#define AREA_DONTFORK	0x400u	/* a child does not get it */
#define AREA_WIPEONFORK	0x800u	/* a child gets it, without what is in it */
#define AREA_MAX_SHIFT	12	/* bits 12 to 14: the rights that mprotect may give */
#define AREA_MAX(prot)	((u32)(prot) << AREA_MAX_SHIFT)
#define AREA_MAX_ALL	AREA_MAX(AREA_PROT)

/* Nothing is placed so close below an area that grows down (but where the caller insists), and it
 * does not grow so close to what is below it: an overrun of the stack hits nothing. */
#define AREA_GUARD	(256 * PAGE_SIZE)

struct area {
	struct rb_node node;
	u64 start, end;
	u64 gap, gap_max;
	u32 flags;
	u32 unmap_round;		/* backing_unmap's; under the backing's areas_lock */
	struct space *space;
	struct backing *backing;	/* NULL: anonymous */
	u64 offset;			/* of start in the backing, in bytes; 0 without one */
	struct list_node backing_node;	/* in the backing's areas; in a list of spares */
};

/* An empty tree. */
void areas_init(struct rb_tree *areas);

static inline struct area *areas_of(struct rb_node *node)
{
	return node ? container_of(node, struct area, node) : NULL;
}

static inline struct area *areas_first(const struct rb_tree *areas)
{
	return areas_of(rb_first(areas));
}

static inline struct area *areas_next(const struct area *area)
{
	return areas_of(rb_next(&area->node));
}

static inline struct area *areas_prev(const struct area *area)
{
	return areas_of(rb_prev(&area->node));
}

/* Where an area's place begins for its neighbours: AREA_GUARD lower if it grows down. */
u64 areas_guarded_start(const struct area *area);

/* The lowest area that ends above the address: it holds the address, or is the next one up. NULL if
 * there is none. */
struct area *areas_find(const struct rb_tree *areas, u64 address);

/* The bytes of [start, end) that lie in areas with all of these flags. */
u64 areas_covered(const struct rb_tree *areas, u64 start, u64 end, u32 flags);

#define AREAS_NO_GAP	UINT64_MAX
/* The highest address with length free bytes in [low, high), or AREAS_NO_GAP. All whole pages,
 * length not 0. */
u64 areas_find_gap(const struct rb_tree *areas, u64 low, u64 high, u64 length);

/* Links an area into its place, which is free; takes one out. */
void areas_insert(struct rb_tree *areas, struct area *area);
void areas_remove(struct rb_tree *areas, struct area *area);

/* Moves the edges of an area over what is free around it, or inwards; what it shows at an address
 * stays the same. */
void areas_resize(struct rb_tree *areas, struct area *area, u64 start, u64 end);

/* Cuts an area at an address within it: area keeps the lower part; upper, whose contents do not
 * matter before, becomes the rest and is linked. Its backing_node and unmap_round are the
 * caller's. */
void areas_split(struct rb_tree *areas, struct area *area, u64 address, struct area *upper);

/* Whether upper begins where lower ends and continues it in every other respect. */
bool areas_continue(const struct area *lower, const struct area *upper);
/* Makes lower span both; upper is unlinked. areas_continue was true. */
void areas_join(struct rb_tree *areas, struct area *lower, struct area *upper);

#endif
