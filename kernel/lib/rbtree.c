/* Red-black trees (Cormen et al., Introduction to Algorithms, ch. 13). Red nodes have black
 * children, and every path from a node down to a missing child has as many black nodes. Both
 * directions are one piece of code: `right` says which side of its parent a node is on. */
#include "lib/rbtree.h"

#define RED 1ul

static bool is_red(const struct rb_node *node)
{
	return node != NULL && (node->parent_colour & RED) != 0;
}

static void set_red(struct rb_node *node)
{
	node->parent_colour |= RED;
}

static void set_black(struct rb_node *node)
{
	node->parent_colour &= ~RED;
}

static void set_parent(struct rb_node *node, struct rb_node *parent)
{
	if (node != NULL)
		node->parent_colour = (u64)parent | (node->parent_colour & RED);
}

static struct rb_node **side_of(struct rb_node *node, bool right)
{
	return right ? &node->right : &node->left;
}

static struct rb_node *rb_outermost(struct rb_node *node, bool right)
{
	while (node != NULL && *side_of(node, right) != NULL)
		node = *side_of(node, right);
	return node;
}

static void update_one(struct rb_tree *tree, struct rb_node *node)
{
	if (tree->update != NULL)
		tree->update(node);
}

void rb_update(struct rb_tree *tree, struct rb_node *node)
{
	if (tree->update == NULL)
		return;
	for (; node != NULL; node = rb_parent(node))
		tree->update(node);
}

/* The parent of old, or the tree, points to node (which may be NULL) instead. */
static void replace(struct rb_tree *tree, struct rb_node *old, struct rb_node *node)
{
	struct rb_node *parent = rb_parent(old);
	if (parent == NULL)
		tree->root = node;
	else
		*side_of(parent, parent->right == old) = node;
	set_parent(node, parent);
}

/* Turns top down to a side; its child on the other side comes up in its place. */
static void rotate(struct rb_tree *tree, struct rb_node *top, bool right)
{
	struct rb_node *up = *side_of(top, !right);
	struct rb_node *between = *side_of(up, right);
	replace(tree, top, up);
	*side_of(up, right) = top;
	set_parent(top, up);
	*side_of(top, !right) = between;
	set_parent(between, top);
	update_one(tree, top);
	update_one(tree, up);
}

/* node is red, and so may its parent be. */
static void insert_repair(struct rb_tree *tree, struct rb_node *node)
{
	struct rb_node *parent;
	while (is_red(parent = rb_parent(node))) {
		struct rb_node *grandparent = rb_parent(parent);
		bool right = parent == grandparent->right;
		struct rb_node *uncle = *side_of(grandparent, !right);
		set_red(grandparent);
		if (is_red(uncle)) {
			set_black(parent);
			set_black(uncle);
			node = grandparent;
			continue;
		}
		if (node == *side_of(parent, !right)) {
			rotate(tree, parent, right);
			parent = node;
		}
		set_black(parent);
		rotate(tree, grandparent, !right);
		break;
	}
	set_black(tree->root);
}

void rb_insert(struct rb_tree *tree, struct rb_node *node, struct rb_node *parent,
	       struct rb_node **link)
{
	node->left = node->right = NULL;
	node->parent_colour = (u64)parent | RED;
	*link = node;
	rb_update(tree, node);
	insert_repair(tree, node);
}

/* The paths through node (which may be NULL) have one black node too few. */
static void remove_repair(struct rb_tree *tree, struct rb_node *node, struct rb_node *parent)
{
	while (parent != NULL && !is_red(node)) {
		bool right = node == parent->right;
		struct rb_node *sibling = *side_of(parent, !right);
		if (is_red(sibling)) {
			set_black(sibling);
			set_red(parent);
			rotate(tree, parent, right);
			sibling = *side_of(parent, !right);
		}
		struct rb_node *near = *side_of(sibling, right);
		struct rb_node *far = *side_of(sibling, !right);
		if (!is_red(near) && !is_red(far)) {
			set_red(sibling);
			node = parent;
			parent = rb_parent(node);
			continue;
		}
		if (!is_red(far)) {
			set_black(near);
			set_red(sibling);
			rotate(tree, sibling, !right);
			far = sibling;
			sibling = near;
		}
		if (is_red(parent))
			set_red(sibling);
		else
			set_black(sibling);
		set_black(parent);
		set_black(far);
		rotate(tree, parent, right);
		return;
	}
	if (node != NULL)
		set_black(node);
}

/* node, which has two children, and the next node change places and colours. */
static void exchange_with_next(struct rb_tree *tree, struct rb_node *node)
{
	struct rb_node *next = rb_outermost(node->right, false);
	struct rb_node *next_parent = rb_parent(next);
	struct rb_node old = *node;
	u64 next_colour = next->parent_colour & RED;
	struct rb_node *next_right = next->right;

	replace(tree, node, next);
	next->parent_colour = old.parent_colour;
	next->left = old.left;
	set_parent(next->left, next);
	if (next_parent == node) {
		next->right = node;
		next_parent = next;
	} else {
		next->right = old.right;
		set_parent(next->right, next);
		next_parent->left = node;
	}
	node->parent_colour = (u64)next_parent | next_colour;
	node->left = NULL;
	node->right = next_right;
}

void rb_remove(struct rb_tree *tree, struct rb_node *node)
{
	if (node->left != NULL && node->right != NULL)
		exchange_with_next(tree, node);
	struct rb_node *child = node->left != NULL ? node->left : node->right;
	struct rb_node *parent = rb_parent(node);
	replace(tree, node, child);
	rb_update(tree, parent);
	if (!is_red(node))
		remove_repair(tree, child, parent);
}

struct rb_node *rb_first(const struct rb_tree *tree)
{
	return rb_outermost(tree->root, false);
}

struct rb_node *rb_last(const struct rb_tree *tree)
{
	return rb_outermost(tree->root, true);
}

/* The nearest node on a side: within the subtree there, else the first ancestor that has node on
 * its other side. */
static struct rb_node *neighbour(const struct rb_node *node, bool right)
{
	struct rb_node *at = (struct rb_node *)node;
	if (*side_of(at, right) != NULL)
		return rb_outermost(*side_of(at, right), !right);
	struct rb_node *parent = rb_parent(at);
	while (parent != NULL && at == *side_of(parent, right)) {
		at = parent;
		parent = rb_parent(at);
	}
	return parent;
}

struct rb_node *rb_next(const struct rb_node *node)
{
	return neighbour(node, true);
}

struct rb_node *rb_prev(const struct rb_node *node)
{
	return neighbour(node, false);
}
