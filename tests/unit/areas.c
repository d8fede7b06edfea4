// unit: sources kernel/vm/areas.c kernel/lib/rbtree.c flags -Ikernel
/* vm/areas.c against a model that knows for each page of a small address space which area has it.
 * After every step the tree is checked as a whole: order, gaps, largest gaps; and what is searched
 * is searched in the model too. */
#include "unit.h"

#include <string.h>

#include "vm/areas.h"

#define PAGES	1536		/* several times the guard */
#define AREAS	200
#define STEPS	60000

static struct rb_tree tree;
static struct area pool[AREAS];
static bool in_use[AREAS];
static struct area *owner[PAGES];
static struct backing *const backings[] = { NULL, (struct backing *)16, (struct backing *)32 };

static u64 page(u64 number)
{
	return number * PAGE_SIZE;
}

static u64 page_number(u64 address)
{
	return address / PAGE_SIZE;
}

static void own(const struct area *area, struct area *who)
{
	for (u64 at = page_number(area->start); at < page_number(area->end); at++)
		owner[at] = who;
}

static u64 checked_gap_max(const struct rb_node *node)
{
	const struct area *area;
	u64 most;

	if (!node)
		return 0;
	area = container_of(node, struct area, node);
	most = area->gap;
	most = MAX(most, checked_gap_max(node->left));
	most = MAX(most, checked_gap_max(node->right));
	UNIT_CHECK(area->gap_max == most);
	return most;
}

static void check(void)
{
	u64 below = 0, number = 0, used = 0;

	for (struct area *area = areas_first(&tree); area; area = areas_next(area)) {
		u64 start = areas_guarded_start(area);

		UNIT_CHECK(area->start < area->end && area->start >= below);
		UNIT_CHECK(area->gap == (start > below ? start - below : 0));
		for (u64 at = page_number(below); at < page_number(area->start); at++)
			UNIT_CHECK(owner[at] == NULL);
		for (u64 at = page_number(area->start); at < page_number(area->end); at++)
			UNIT_CHECK(owner[at] == area);
		below = area->end;
		number++;
	}
	for (u32 i = 0; i < AREAS; i++)
		used += in_use[i];
	UNIT_CHECK(number == used);
	checked_gap_max(tree.root);
}

static struct area *model_find(u64 address)
{
	for (u64 at = page_number(address); at < PAGES; at++)
		if (owner[at])
			return owner[at];
	return NULL;
}

/* Free, and in nobody's guard. */
static bool model_place_is_free(u64 address, u64 length)
{
	struct area *above;

	for (u64 at = page_number(address); at < page_number(address + length); at++)
		if (owner[at])
			return false;
	above = model_find(address);
	return !above || address + length <= areas_guarded_start(above);
}

static u64 model_find_gap(u64 low, u64 high, u64 length)
{
	if (high < length)
		return AREAS_NO_GAP;
	for (u64 at = high - length; at >= low; at -= PAGE_SIZE) {
		if (model_place_is_free(at, length))
			return at;
		if (at == 0)
			break;
	}
	return AREAS_NO_GAP;
}

static struct area *take(void)
{
	for (u32 i = 0; i < AREAS; i++) {
		if (in_use[i])
			continue;
		in_use[i] = true;
		memset(&pool[i], 0x5a, sizeof(pool[i]));
		return &pool[i];
	}
	return NULL;
}

static void give_back(struct area *area)
{
	in_use[area - pool] = false;
}

static struct area *any_area(void)
{
	u32 first = unit_random(AREAS);

	for (u32 i = 0; i < AREAS; i++)
		if (in_use[(first + i) % AREAS])
			return &pool[(first + i) % AREAS];
	return NULL;
}

static void step_insert(void)
{
	u64 start = unit_random(PAGES), length = 1 + unit_random(unit_random(8) ? 6 : 90);
	struct area *area;

	for (u64 at = start; at < start + length; at++)
		if (at >= PAGES || owner[at])
			return;
	area = take();
	if (!area)
		return;
	area->start = page(start);
	area->end = page(start + length);
	area->flags = unit_random(3) | (unit_random(12) ? 0 : AREA_GROWSDOWN);
	area->backing = backings[unit_random(3)];
	area->offset = area->backing ? page(unit_random(2) ? start : unit_random(1000)) : 0;
	areas_insert(&tree, area);
	own(area, area);
}

static void step_remove(void)
{
	struct area *area = any_area();

	if (!area)
		return;
	areas_remove(&tree, area);
	own(area, NULL);
	give_back(area);
}

static void step_split(void)
{
	struct area *area = any_area(), *upper, whole;
	u64 pages, at;

	if (!area || area->end - area->start == PAGE_SIZE || !(upper = take()))
		return;
	whole = *area;
	pages = page_number(area->end - area->start);
	at = area->start + page(1 + unit_random(pages - 1));
	areas_split(&tree, area, at, upper);
	own(upper, upper);
	UNIT_CHECK(area->start == whole.start && area->end == at && upper->start == at &&
		upper->end == whole.end);
	UNIT_CHECK(area->offset == whole.offset);
	UNIT_CHECK(upper->offset == (whole.backing ? whole.offset + (at - whole.start) : 0));
	UNIT_CHECK(areas_continue(area, upper));
}

static void step_join(void)
{
	struct area *lower = any_area(), *upper;

	if (!lower || !(upper = areas_next(lower)) || !areas_continue(lower, upper))
		return;
	UNIT_CHECK(lower->end == upper->start && lower->flags == upper->flags &&
		lower->backing == upper->backing);
	areas_join(&tree, lower, upper);
	give_back(upper);
	own(lower, lower);
}

static void step_resize(void)
{
	struct area *area = any_area();
	u64 start, end, base;

	if (!area)
		return;
	start = page_number(area->start);
	end = page_number(area->end);
	base = area->offset - area->start;
	own(area, NULL);
	for (u64 n = unit_random(5); n > 0 && start > 0 && !owner[start - 1]; n--)
		start--;
	for (u64 n = unit_random(5); n > 0 && end < PAGES && !owner[end]; n--)
		end++;
	start += unit_random(end - start);
	areas_resize(&tree, area, page(start), page(end));
	own(area, area);
	UNIT_CHECK(area->offset == (area->backing ? base + area->start : 0));
}

static void check_searches(void)
{
	u64 address = unit_random(page(PAGES)), low = page(unit_random(PAGES)),
	    high = page(unit_random(PAGES + 1));
	u64 length = page(1 + unit_random(unit_random(4) ? 12 : 400));

	UNIT_CHECK(areas_find(&tree, address) == model_find(address));
	UNIT_CHECK(areas_find_gap(&tree, low, high, length) == model_find_gap(low, high, length));
	UNIT_CHECK(areas_find_gap(&tree, 0, page(PAGES), length) ==
		model_find_gap(0, page(PAGES), length));
}

static void random_steps(void)
{
	void (*const steps[])(void) = {
		step_insert,
		step_insert,
		step_insert,
		step_remove,
		step_split,
		step_join,
		step_resize,
	};

	areas_init(&tree);
	for (u32 i = 0; i < STEPS; i++) {
		/* Now and then the space empties, so that large gaps are found too. */
		if (i / 2000 % 3 == 2 && unit_random(3))
			step_remove();
		else
			steps[unit_random(ARRAY_SIZE(steps))]();
		check_searches();
		check();
	}
}

static void empty_tree(void)
{
	areas_init(&tree);
	UNIT_CHECK(areas_first(&tree) == NULL && areas_find(&tree, 0) == NULL);
	UNIT_CHECK(areas_find_gap(&tree, page(4), page(10), page(6)) == page(4));
	UNIT_CHECK(areas_find_gap(&tree, page(4), page(10), page(7)) == AREAS_NO_GAP);
	UNIT_CHECK(areas_find_gap(&tree, page(10), page(4), page(1)) == AREAS_NO_GAP);
}

/* What is next to each other is one only if it is the same in all respects. */
static void what_continues(void)
{
	struct area lower = { .start = page(1), .end = page(3), .flags = AREA_READ }, upper = lower;

	upper.start = page(3);
	upper.end = page(4);
	UNIT_CHECK(areas_continue(&lower, &upper));
	upper.flags |= AREA_WRITE;
	UNIT_CHECK(!areas_continue(&lower, &upper));
	upper.flags = lower.flags;
	upper.start = page(4);
	UNIT_CHECK(!areas_continue(&lower, &upper));
	upper.start = page(3);
	upper.backing = backings[1];
	UNIT_CHECK(!areas_continue(&lower, &upper));
	lower.backing = backings[1];
	upper.offset = page(2);
	UNIT_CHECK(areas_continue(&lower, &upper));
	upper.offset = page(3);
	UNIT_CHECK(!areas_continue(&lower, &upper));
}

static void guard_below_stack(void)
{
	struct area stack = { .start = page(1000), .end = page(1010), .flags = AREA_GROWSDOWN };
	struct area low = { .start = page(1), .end = page(2), .flags = AREA_GROWSDOWN };

	areas_init(&tree);
	areas_insert(&tree, &stack);
	UNIT_CHECK(areas_guarded_start(&stack) == page(744));
	UNIT_CHECK(areas_find_gap(&tree, 0, page(1005), page(10)) == page(734));
	areas_insert(&tree, &low);
	UNIT_CHECK(areas_guarded_start(&low) == 0 && low.gap == 0);
	UNIT_CHECK(areas_find_gap(&tree, 0, page(1005), page(742)) == page(2));
	UNIT_CHECK(areas_find_gap(&tree, 0, page(1005), page(743)) == AREAS_NO_GAP);
	areas_resize(&tree, &stack, page(900), page(1010));
	UNIT_CHECK(areas_find_gap(&tree, 0, page(1005), page(10)) == page(634));
}

int main(void)
{
	UNIT_CASE(empty_tree);
	UNIT_CASE(what_continues);
	UNIT_CASE(guard_below_stack);
	UNIT_CASE(random_steps);
	return unit_done();
}
