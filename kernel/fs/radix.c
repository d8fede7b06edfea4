/* Radix trees. A tree grows upwards when an index does not fit below its root, and forgets its
 * height when its last entry goes. An insertion that finds no memory half way down may leave empty
 * nodes; they are found by the next removal that covers them, at the latest by the one of everything. */
#include "fs/radix.h"

#include "lib/errno.h"
#include "mem/slab.h"

#define BITS		6
#define SLOTS		(1u << BITS)
#define HEIGHT_MAX	11	/* 66 bits */

struct radix_node {
	u32 count;		/* slots in use */
	void *slots[SLOTS];
};

static SLAB_CACHE(radix_cache, struct radix_node);

u64 radix_frames(void)
{
	return READ_ONCE(radix_cache.slabs) << radix_cache.order;
}

/* Does the index fit into a tree of that height? */
static bool index_fits(u64 index, u32 height)
{
	return height >= HEIGHT_MAX || index >> (BITS * height) == 0;
}

static u32 slot_of(u64 index, u32 height)
{
	return index >> (BITS * (height - 1)) & (SLOTS - 1);
}

void *radix_find(const struct radix *tree, u64 index)
{
	void *entry = tree->root;

	if (!index_fits(index, tree->height))
		return NULL;
	for (u32 height = tree->height; height > 0 && entry; height--)
		entry = ((struct radix_node *)entry)->slots[slot_of(index, height)];
	return entry;
}

/* Makes the tree high enough for index. */
static int radix_grow(struct radix *tree, u64 index)
{
	while (!index_fits(index, tree->height)) {
		if (tree->root) {
			struct radix_node *node = slab_alloc_zeroed(&radix_cache);

			if (!node)
				return -ENOMEM;
			node->slots[0] = tree->root;
			node->count = 1;
			tree->root = node;
		}
		tree->height++;
	}
	return 0;
}

int radix_insert(struct radix *tree, u64 index, void *entry)
{
	int error = radix_grow(tree, index);
	struct radix_node *parent = NULL;
	void **link = &tree->root;

	if (error)
		return error;
	for (u32 height = tree->height; height > 0; height--) {
		if (!*link) {
			*link = slab_alloc_zeroed(&radix_cache);
			if (!*link)
				return -ENOMEM;
			if (parent)
				parent->count++;
		}
		parent = *link;
		link = &parent->slots[slot_of(index, height)];
	}
	if (*link)
		return -EEXIST;
	*link = entry;
	if (parent)
		parent->count++;
	return 0;
}

struct visitor {
	void (*visit)(void *entry, void *context);
	void *context;
};

/* Removes what lies under node from index first to last (relative to it). True if the node is empty
 * and has been freed. Recursive: at most HEIGHT_MAX deep. */
static bool node_remove(
	struct radix_node *node, u32 height, u64 first, u64 last, const struct visitor *visitor)
{
	u64 below = ~(~0ul << (BITS * (height - 1)));	/* the last index under a slot */
	u32 start = slot_of(first, height), end = slot_of(last, height);

	for (u32 slot = start; slot <= end; slot++) {
		if (!node->slots[slot])
			continue;
		if (height == 1)
			visitor->visit(node->slots[slot], visitor->context);
		else if (!node_remove(node->slots[slot], height - 1,
				 slot == start ? first & below : 0,
				 slot == end ? last & below : below, visitor))
			continue;
		node->slots[slot] = NULL;
		node->count--;
	}
	if (node->count)
		return false;
	slab_free(&radix_cache, node);
	return true;
}

void radix_remove(struct radix *tree, u64 first, u64 last,
	void (*visit)(void *entry, void *context), void *context)
{
	struct visitor visitor = { visit, context };

	if (!index_fits(first, tree->height) || !tree->root)
		return;
	if (!index_fits(last, tree->height))
		last = ~(~0ul << (BITS * tree->height));
	if (tree->height == 0)
		visit(tree->root, context);
	else if (!node_remove(tree->root, tree->height, first, last, &visitor))
		return;
	tree->root = NULL;
	tree->height = 0;
}
