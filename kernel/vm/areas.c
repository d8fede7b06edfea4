/* The tree of areas. Gaps are kept per area and as the largest of each subtree, so the search for a
 * place goes down one path: a subtree that lies within the limits and has a large enough gap always
 * has an answer. */
#include "vm/areas.h"

static u64 gap_max_of(const struct rb_node *node)
{
	return node ? container_of(node, struct area, node)->gap_max : 0;
}

static void areas_update(struct rb_node *node)
{
	struct area *area = container_of(node, struct area, node);
	u64 gap_max = area->gap;

	gap_max = MAX(gap_max, gap_max_of(node->left));
	area->gap_max = MAX(gap_max, gap_max_of(node->right));
}

void areas_init(struct rb_tree *areas)
{
	areas->root = NULL;
	areas->update = areas_update;
}

u64 areas_guarded_start(const struct area *area)
{
	if (!(area->flags & AREA_GROWSDOWN))
		return area->start;
	return area->start > AREA_GUARD ? area->start - AREA_GUARD : 0;
}

/* The area's gap has to be that above `below`, an address. */
static void areas_set_gap(struct rb_tree *areas, struct area *area, u64 below)
{
	u64 top = areas_guarded_start(area);

	area->gap = top > below ? top - below : 0;
	rb_update(areas, &area->node);
}

struct area *areas_find(const struct rb_tree *areas, u64 address)
{
	struct rb_node *node = areas->root;
	struct area *found = NULL;

	while (node) {
		struct area *area = areas_of(node);

		if (area->end > address) {
			found = area;
			node = node->left;
		} else {
			node = node->right;
		}
	}
	return found;
}

u64 areas_covered(const struct rb_tree *areas, u64 start, u64 end, u32 flags)
{
	u64 sum = 0;

	for (const struct area *area = areas_find(areas, start); area && area->start < end;
		area = areas_next(area))
		if ((area->flags & flags) == flags)
			sum += MIN(area->end, end) - MAX(area->start, start);
	return sum;
}

/* The highest fitting address among the gaps of a subtree. Recursion is as deep as the tree: 32 for
 * the most areas that a space may have. */
static u64 areas_find_gap_under(const struct rb_node *node, u64 low, u64 high, u64 length)
{
	const struct area *area;
	u64 place, top, bottom;

	if (gap_max_of(node) < length)
		return AREAS_NO_GAP;
	area = container_of(node, struct area, node);
	if (area->end < high) {
		place = areas_find_gap_under(node->right, low, high, length);
		if (place != AREAS_NO_GAP)
			return place;
	}
	top = areas_guarded_start(area);
	bottom = MAX(top - area->gap, low);
	top = MIN(top, high);
	if (area->gap != 0 && top >= bottom && top - bottom >= length)
		return top - length;
	if (area->start <= low)
		return AREAS_NO_GAP;
	return areas_find_gap_under(node->left, low, high, length);
}

u64 areas_find_gap(const struct rb_tree *areas, u64 low, u64 high, u64 length)
{
	const struct area *last = areas_of(rb_last(areas));
	u64 bottom = last ? MAX(last->end, low) : low;

	if (bottom <= high && high - bottom >= length)
		return high - length;
	return areas_find_gap_under(areas->root, low, high, length);
}

void areas_insert(struct rb_tree *areas, struct area *area)
{
	struct rb_node **link = &areas->root, *parent = NULL;
	struct area *before, *after;

	while (*link) {
		parent = *link;
		link = area->start < areas_of(parent)->start ? &parent->left : &parent->right;
	}
	area->gap = area->gap_max = 0;
	rb_insert(areas, &area->node, parent, link);
	before = areas_prev(area);
	after = areas_next(area);
	areas_set_gap(areas, area, before ? before->end : 0);
	if (after)
		areas_set_gap(areas, after, area->end);
}

void areas_remove(struct rb_tree *areas, struct area *area)
{
	struct area *before = areas_prev(area), *after = areas_next(area);

	rb_remove(areas, &area->node);
	if (after)
		areas_set_gap(areas, after, before ? before->end : 0);
}

void areas_resize(struct rb_tree *areas, struct area *area, u64 start, u64 end)
{
	struct area *before = areas_prev(area), *after = areas_next(area);

	if (area->backing)
		area->offset += start - area->start;
	area->start = start;
	area->end = end;
	areas_set_gap(areas, area, before ? before->end : 0);
	if (after)
		areas_set_gap(areas, after, end);
}

void areas_split(struct rb_tree *areas, struct area *area, u64 address, struct area *upper)
{
	upper->start = address;
	upper->end = area->end;
	upper->flags = area->flags;
	upper->space = area->space;
	upper->backing = area->backing;
	upper->offset = area->backing ? area->offset + (address - area->start) : 0;
	area->end = address;
	areas_insert(areas, upper);
}

bool areas_continue(const struct area *lower, const struct area *upper)
{
	return lower->end == upper->start && lower->flags == upper->flags &&
		lower->backing == upper->backing &&
		(!lower->backing || lower->offset + (lower->end - lower->start) == upper->offset);
}

void areas_join(struct rb_tree *areas, struct area *lower, struct area *upper)
{
	rb_remove(areas, &upper->node);
	lower->end = upper->end;
}
