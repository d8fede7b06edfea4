// unit: sources kernel/lib/rbtree.c flags -Ikernel
/* lib/rbtree.c against a sorted array. After every step the whole tree is checked: order, parents,
 * no red node below a red one, equal black heights, and the augmented values, which are the size of
 * the subtree and its largest weight. */
#include "unit.h"

#include "lib/rbtree.h"

#define ITEMS	300

struct item {
	struct rb_node node;
	int key;
	bool in_tree;
	u64 weight;
	int size;
	u64 heaviest;
};

static struct item items[ITEMS];
static struct item *sorted[ITEMS];
static int count;
static struct rb_tree tree;

static struct item *item_of(struct rb_node *node)
{
	return node != NULL ? container_of(node, struct item, node) : NULL;
}

static int size_below(struct rb_node *node)
{
	return node != NULL ? item_of(node)->size : 0;
}

static u64 heaviest_below(struct rb_node *node)
{
	return node != NULL ? item_of(node)->heaviest : 0;
}

static void update(struct rb_node *node)
{
	struct item *item = item_of(node);
	item->size = 1 + size_below(node->left) + size_below(node->right);
	u64 below = MAX(heaviest_below(node->left), heaviest_below(node->right));
	item->heaviest = MAX(item->weight, below);
}

static bool red(const struct rb_node *node)
{
	return node != NULL && (node->parent_colour & 1);
}

struct facts {
	int black_height, size;
	u64 heaviest;
};

static struct facts check_subtree(struct rb_node *node, struct rb_node *parent, bool augmented)
{
	if (node == NULL)
		return (struct facts){ 0, 0, 0 };
	struct item *item = item_of(node);
	UNIT_CHECK(rb_parent(node) == parent);
	UNIT_CHECK(!(red(node) && red(parent)));
	UNIT_CHECK(node->left == NULL || item_of(node->left)->key < item->key);
	UNIT_CHECK(node->right == NULL || item_of(node->right)->key > item->key);
	struct facts left = check_subtree(node->left, node, augmented);
	struct facts right = check_subtree(node->right, node, augmented);
	UNIT_CHECK(left.black_height == right.black_height);
	struct facts facts = {
		.black_height = left.black_height + !red(node),
		.size = left.size + right.size + 1,
		.heaviest = MAX(item->weight, MAX(left.heaviest, right.heaviest)),
	};
	UNIT_CHECK(!augmented || (item->size == facts.size && item->heaviest == facts.heaviest));
	return facts;
}

static void check_tree(void)
{
	UNIT_CHECK(!red(tree.root));
	UNIT_CHECK(check_subtree(tree.root, NULL, tree.update != NULL).size == count);
	UNIT_CHECK(item_of(rb_first(&tree)) == (count > 0 ? sorted[0] : NULL));
	UNIT_CHECK(item_of(rb_last(&tree)) == (count > 0 ? sorted[count - 1] : NULL));
	for (int i = 0; i < count; i++) {
		struct item *next = i + 1 < count ? sorted[i + 1] : NULL;
		struct item *previous = i > 0 ? sorted[i - 1] : NULL;
		UNIT_CHECK(item_of(rb_next(&sorted[i]->node)) == next);
		UNIT_CHECK(item_of(rb_prev(&sorted[i]->node)) == previous);
	}
}

static void insert(struct item *item)
{
	struct rb_node **link = &tree.root, *parent = NULL;
	while (*link != NULL) {
		parent = *link;
		link = item->key < item_of(parent)->key ? &parent->left : &parent->right;
	}
	item->weight = unit_random(1000);
	item->in_tree = true;
	rb_insert(&tree, &item->node, parent, link);
	int at = count++;
	for (; at > 0 && sorted[at - 1]->key > item->key; at--)
		sorted[at] = sorted[at - 1];
	sorted[at] = item;
}

static void discard(struct item *item)
{
	int at = 0;
	rb_remove(&tree, &item->node);
	item->in_tree = false;
	while (sorted[at] != item)
		at++;
	for (count--; at < count; at++)
		sorted[at] = sorted[at + 1];
}

/* Sways between nearly empty and nearly full. */
static void random_walk(void)
{
	for (int step = 0; step < 12000; step++) {
		struct item *item = &items[unit_random(ITEMS)];
		bool growing = step / 1500 % 2 == 0;
		if (item->in_tree && (!growing || unit_random(4) == 0))
			discard(item);
		else if (!item->in_tree && (growing || unit_random(4) == 0))
			insert(item);
		else if (item->in_tree && tree.update != NULL) {
			item->weight = unit_random(1000);
			rb_update(&tree, &item->node);
		}
		check_tree();
	}
	while (count > 0) {
		discard(sorted[unit_random(count)]);
		check_tree();
	}
	UNIT_CHECK(tree.root == NULL);
}

static void plain(void)
{
	tree = (struct rb_tree){ 0 };
	random_walk();
}

static void augmented(void)
{
	tree = (struct rb_tree){ .update = update };
	random_walk();
}

/* In order and against it, which bends a tree that is not balanced into a list. */
static void ordered(void)
{
	for (int direction = 0; direction < 2; direction++) {
		for (int i = 0; i < ITEMS; i++)
			insert(&items[direction ? ITEMS - 1 - i : i]), check_tree();
		for (int i = 0; i < ITEMS; i++)
			discard(&items[i]), check_tree();
	}
}

int main(void)
{
	for (int i = 0; i < ITEMS; i++)
		items[i].key = i * 7;
	UNIT_CASE(plain);
	UNIT_CASE(augmented);
	UNIT_CASE(ordered);
	return unit_done();
}
