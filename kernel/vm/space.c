/* The life of an address space, and the changes to its areas that mmap's family is made of: put in,
 * cut, take out, join. What can fail (cutting, a new area) comes before what cannot. */
#include "vm/space.h"
#include "core/stat.h"
#include "lib/atomic.h"
#include "lib/errno.h"
#include "mem/slab.h"
#include "sched/thread.h"
#include "vm/pages.h"
#include "x86/paging.h"

#define STACK_LIMIT	(8ul << 20)

static SLAB_CACHE(space_cache, struct space);
static SLAB_CACHE(area_cache, struct area);
static u64 last_serial;		/* atomic */

struct space *space_new(void)
{
	struct space *space = slab_alloc_zeroed(&space_cache);

	if (!space)
		return NULL;
	space->root = paging_root_new();
	if (!space->root) {
		slab_free(&space_cache, space);
		return NULL;
	}
	mutex_init(&space->lock, MUTEX_SPACE);
	space->refs = 1;
	space->serial = atomic_fetch_add(&last_serial, 1) + 1;
	areas_init(&space->areas);
	space->stack_limit = STACK_LIMIT;
	space->size_limit = space->data_limit = UINT64_MAX;
	space->mmap_top = USER_END - 2 * STACK_LIMIT;
	return space;
}

void space_get(struct space *space)
{
	ref_get(&space->refs);
}

struct area *space_area_new(
	struct space *space, u64 start, u64 end, u32 flags, struct backing *backing, u64 offset)
{
	struct area *area = slab_alloc_zeroed(&area_cache);

	if (!area)
		return NULL;
	area->start = start;
	area->end = end;
	area->flags = flags;
	area->space = space;
	area->backing = backing;
	area->offset = backing ? offset : 0;
	if (backing)
		backing->ops->get(backing);
	return area;
}

void space_area_free(struct area *area)
{
	if (area->backing)
		area->backing->ops->put(area->backing);
	slab_free(&area_cache, area);
}

void space_free_spares(struct list_node *spares)
{
	struct area *area, *following;

	list_for_each_safe(area, following, spares, backing_node) {
		space_area_free(area);
		sched_relax();
	}
}

static void spare_push(struct list_node *spares, struct area *area)
{
	list_push_back(spares, &area->backing_node);
}

/* Nobody can find it any more but through a backing, which then sees that it has no references. */
void space_put(struct space *space)
{
	struct list_node spares = LIST_INIT(spares);

	if (!ref_put(&space->refs))
		return;
	for (struct area *area = areas_first(&space->areas); area; area = areas_next(area)) {
		pages_drop(space, area);
		backing_unlink(area);
		spare_push(&spares, area);
		sched_relax();
	}
	space_free_spares(&spares);
	paging_root_free(space->root);
	slab_free(&space_cache, space);
}

/* upper, which is in the tree, becomes part of lower. */
static void space_join(
	struct space *space, struct area *lower, struct area *upper, struct list_node *spares)
{
	areas_join(&space->areas, lower, upper);
	backing_unlink(upper);
	space->area_count--;
	spare_push(spares, upper);
}

void space_insert_area(struct space *space, struct area *area)
{
	space_account(space, area, area->end - area->start);
	areas_insert(&space->areas, area);
	backing_link(area);
	space->area_count++;
}

void space_add_area(struct space *space, struct area *area, struct list_node *spares)
{
	struct area *after = areas_find(&space->areas, area->start);
	struct area *before = after ? areas_prev(after) : areas_of(rb_last(&space->areas));

	if (before && areas_continue(before, area)) {
		space_account(space, area, area->end - area->start);
		areas_resize(&space->areas, before, before->start, area->end);
		spare_push(spares, area);
		area = before;
	} else {
		space_insert_area(space, area);
	}
	if (after && areas_continue(area, after))
		space_join(space, area, after, spares);
}

void space_join_at(struct space *space, u64 address, struct list_node *spares)
{
	struct area *upper = areas_find(&space->areas, address);
	struct area *lower = upper ? areas_prev(upper) : NULL;

	if (lower && upper->start == address && areas_continue(lower, upper))
		space_join(space, lower, upper, spares);
}

/* The area that has the address within it, not at its edge. */
static struct area *area_across(struct space *space, u64 address)
{
	struct area *area = areas_find(&space->areas, address);

	return area && area->start < address ? area : NULL;
}

/* upper is a copy of the area, which holds the backing. */
static void space_split(struct space *space, struct area *area, u64 address, struct area *upper)
{
	areas_split(&space->areas, area, address, upper);
	backing_link(upper);
	space->area_count++;
}

static struct area *area_copy(const struct area *area)
{
	return space_area_new(
		area->space, area->start, area->end, area->flags, area->backing, area->offset);
}

int space_cut(struct space *space, u64 start, u64 end)
{
	struct area *low = area_across(space, start), *high = area_across(space, end);
	struct area *low_rest = NULL, *high_rest = NULL;

	if (low && low == high && space->area_count >= SPACE_AREAS_MAX)
		return -ENOMEM;
	if (low && !(low_rest = area_copy(low)))
		return -ENOMEM;
	if (high && !(high_rest = area_copy(high))) {
		if (low_rest)
			space_area_free(low_rest);
		return -ENOMEM;
	}
	if (high)
		space_split(space, high, end, high_rest);
	if (low)
		space_split(space, low, start, low_rest);
	return 0;
}

void space_change_flags(struct space *space, struct area *area, u32 flags)
{
	space_account(space, area, area->start - area->end);
	area->flags = flags;
	space_account(space, area, area->end - area->start);
}

struct area *space_set_flags(
	struct space *space, struct area *area, u64 start, u64 end, u32 flags)
{
	u32 cuts = (area->start < start) + (area->end > end);

	if (space->area_count + cuts > SPACE_AREAS_MAX || space_cut(space, start, end))
		return ERR_PTR(-ENOMEM);
	area = areas_find(&space->areas, start);
	space_change_flags(space, area, flags);
	return area;
}

void space_remove(struct space *space, u64 start, u64 end, struct list_node *spares)
{
	struct area *area = areas_find(&space->areas, start);
	struct area *before = area ? areas_prev(area) : areas_of(rb_last(&space->areas));
	struct area *next;

	for (; area && area->start < end; area = next) {
		next = areas_next(area);
		areas_remove(&space->areas, area);
		backing_unlink(area);
		space->area_count--;
		space_account(space, area, area->start - area->end);
		spare_push(spares, area);
		sched_relax();
	}
	pages_unmap(space, start, end, before ? before->end : 0, area ? area->start : USER_END);
}

static bool fits(u64 held, u64 more, u64 limit)
{
	return held <= limit && more <= limit - held;
}

bool space_has_data_room(const struct space *space, u64 bytes)
{
	return fits(space->data, bytes, PAGE_DOWN(READ_ONCE(space->data_limit)));
}

bool space_has_room(const struct space *space, u32 flags, u64 bytes)
{
	return fits(space->mapped, bytes, READ_ONCE(space->size_limit)) &&
		(!area_is_data(flags) || space_has_data_room(space, bytes));
}

void space_each_area(
	struct space *space, void (*emit)(const struct area *area, void *context), void *context)
{
	mutex_lock(&space->lock);
	for (struct area *area = areas_first(&space->areas); area; area = areas_next(area)) {
		emit(area, context);
		sched_relax();
	}
	mutex_unlock(&space->lock);
}

u64 space_areas_total(void)
{
	return slab_objects(&area_cache);
}

STAT_GAUGE(vm_areas, "areas of all address spaces", space_areas_total);
