/* The list of a backing's areas. backing_unmap goes through it without keeping its lock, since it
 * takes a mutex per space: each call is a round, an area that has been dealt with carries the
 * round's number and stands behind those that have not. New areas come to the front, so the first
 * of the list tells whether there is more to do. */
#include "vm/backing.h"
#include "lib/atomic.h"
#include "sched/thread.h"
#include "vm/pages.h"
#include "vm/space.h"

void backing_init(struct backing *backing, const struct backing_ops *ops)
{
	backing->ops = ops;
	spin_init(&backing->areas_lock, "backing", LOCK_INODE_LIST);
	list_init(&backing->areas);
	backing->unmap_round = 0;
	backing->writers = 0;
	backing->writers_denied = false;
	backing->inode = backing->device = 0;
}

static bool may_write(const struct area *area)
{
	return area->flags & AREA_SHARED && area->flags & AREA_MAX(AREA_WRITE);
}

void backing_link(struct area *area)
{
	struct backing *backing = area->backing;

	if (!backing)
		return;
	spin_lock(&backing->areas_lock);
	area->unmap_round = backing->unmap_round - 1;
	/* Who asked before writers were denied, and comes after, may no more than read. */
	if (unlikely(backing->writers_denied) && area->flags & AREA_SHARED)
		area->flags &= ~(AREA_WRITE | AREA_MAX(AREA_WRITE));
	backing->writers += may_write(area);
	list_push_front(&backing->areas, &area->backing_node);
	spin_unlock(&backing->areas_lock);
}

void backing_unlink(struct area *area)
{
	struct backing *backing = area->backing;

	if (!backing)
		return;
	spin_lock(&backing->areas_lock);
	list_remove(&area->backing_node);
	backing->writers -= may_write(area);
	spin_unlock(&backing->areas_lock);
}

bool backing_has_writers(const struct backing *backing)
{
	return READ_ONCE(backing->writers) > 0;
}

bool backing_deny_writers(struct backing *backing)
{
	spin_lock(&backing->areas_lock);
	bool denied = backing->writers_denied = backing->writers == 0;
	spin_unlock(&backing->areas_lock);
	return denied;
}

/* What is to be unmapped. */
struct part {
	struct backing *backing;
	u64 first, last;	/* pages of it */
	bool copies;
};

/* Takes that from one area. */
static void unmap_from_area(struct space *space, struct area *area, const struct part *part)
{
	u64 area_first = area->offset >> PAGE_SHIFT;
	u64 area_last = area_first + ((area->end - area->start) >> PAGE_SHIFT) - 1;
	u64 low = MAX(part->first, area_first), high = MIN(part->last, area_last);

	if (low > high)
		return;
	low = area->start + ((low - area_first) << PAGE_SHIFT);
	high = area->start + ((high - area_first + 1) << PAGE_SHIFT);
	if (part->copies)
		pages_unmap(space, low, high, low, high);
	else
		pages_unmap_file(space, low, high);
}

/* This round is done with an area; areas_lock is held. */
static void mark_done_locked(struct backing *backing, struct area *area)
{
	area->unmap_round = backing->unmap_round;
	list_remove(&area->backing_node);
	list_push_back(&backing->areas, &area->backing_node);
}

/* The space of an area that this round has not dealt with, with a reference; NULL if there is no
 * such area. A space without references is on its way out, and takes its pages along. */
static struct space *next_space(struct backing *backing)
{
	struct space *space = NULL;

	spin_lock(&backing->areas_lock);
	while (!space && !list_empty(&backing->areas)) {
		struct area *area = list_first(&backing->areas, struct area, backing_node);

		if (area->unmap_round == backing->unmap_round)
			break;
		if (ref_get_unless_zero(&area->space->refs))
			space = area->space;
		else
			mark_done_locked(backing, area);
	}
	spin_unlock(&backing->areas_lock);
	return space;
}

static void unmap_from_space(struct space *space, const struct part *part)
{
	struct backing *backing = part->backing;

	mutex_lock(&space->lock);
	for (struct area *area = areas_first(&space->areas); area; area = areas_next(area)) {
		if (area->backing != backing)
			continue;
		unmap_from_area(space, area, part);
		spin_lock(&backing->areas_lock);
		mark_done_locked(backing, area);
		spin_unlock(&backing->areas_lock);
		sched_relax();
	}
	mutex_unlock(&space->lock);
}

void backing_unmap(struct backing *backing, u64 first, u64 last, bool copies)
{
	struct part part = { backing, first, last, copies };
	struct space *space;

	spin_lock(&backing->areas_lock);
	backing->unmap_round++;
	spin_unlock(&backing->areas_lock);
	while ((space = next_space(backing))) {
		unmap_from_space(space, &part);
		space_put(space);
	}
}
