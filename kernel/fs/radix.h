/* Radix trees: a sparse array of pointers by a 64-bit index, 64 to a node. An insertion may
 * allocate (slab); look-ups cost one step for each six bits of the largest index ever used, so a
 * tree with nothing but index 0 has no node at all. Pure but for the allocator. No locking. */
#ifndef FS_RADIX_H
#define FS_RADIX_H

#include "lib/types.h"

/* height 0: root is the entry of index 0. Else a node whose subtrees hold indices below
 * 64^height. */
struct radix {
	void *root;
	u32 height;
};

/* The page frames that the nodes of all trees take. */
u64 radix_frames(void);

/* The entry at index, or NULL. */
void *radix_find(const struct radix *tree, u64 index);
/* Puts a (non-NULL) entry at index: 0, -EEXIST, or -ENOMEM. */
MUST_CHECK int radix_insert(struct radix *tree, u64 index, void *entry);
/* Takes out all entries from index first to last, calling visit for each in rising order, and frees
 * the nodes that are empty then. From 0 to UINT64_MAX, the tree is as new. */
void radix_remove(struct radix *tree, u64 first, u64 last,
	void (*visit)(void *entry, void *context), void *context);

#endif
