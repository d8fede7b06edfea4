/* Red-black trees through a node inside the object. The caller searches and finds the place; the
 * tree keeps itself balanced: every operation is O(log n). An augmented tree has in each node a
 * value that the set of nodes below it and itself determines; `update` recomputes it from the node
 * and its children, and is called bottom-up wherever those change. No locking. */
#ifndef LIB_RBTREE_H
#define LIB_RBTREE_H

#include "lib/types.h"

struct rb_node {
	struct rb_node *left, *right;
	u64 parent_colour;	/* parent pointer, bit 0: red */
};

struct rb_tree {
	struct rb_node *root;
	void (*update)(struct rb_node *node);	/* NULL: not augmented */
};

static inline struct rb_node *rb_parent(const struct rb_node *node)
{
	return (struct rb_node *)(node->parent_colour & ~1ul);
}

/* Links node in at *link below parent (both found by the caller's search; parent NULL for an empty
 * tree). */
void rb_insert(struct rb_tree *tree, struct rb_node *node, struct rb_node *parent,
	       struct rb_node **link);
void rb_remove(struct rb_tree *tree, struct rb_node *node);
/* Recomputes the augmented values from node up to the root, after the object itself has changed. */
void rb_update(struct rb_tree *tree, struct rb_node *node);

struct rb_node *rb_first(const struct rb_tree *tree);
struct rb_node *rb_last(const struct rb_tree *tree);
struct rb_node *rb_next(const struct rb_node *node);
struct rb_node *rb_prev(const struct rb_node *node);

#endif
