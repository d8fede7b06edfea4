/* mlock(2), munlock(2), mlockall(2): a flag of areas, a count, and pages made present. */
#include "vm/lock.h"
#include <abi/mman.h>
#include "lib/errno.h"
#include "sched/thread.h"
#include "vm/space.h"

static SEALED u64 (*lock_limit)(void);

void space_register_lock_limit(u64 (*limit)(void))
{
	lock_limit = limit;
}

u64 space_lock_limit(void)
{
	return lock_limit();
}

bool space_may_lock(const struct space *space, u32 flags, u64 bytes)
{
	u64 limit;

	if (likely(!(flags & AREA_LOCKED)))
		return true;
	limit = lock_limit();
	return space->locked <= limit && bytes <= limit - space->locked;
}

/* Sets or clears AREA_LOCKED from start to end, area by area up to the first hole. */
static int mark_locked(
	struct space *space, u64 start, u64 end, bool locked, struct list_node *spares)
{
	while (start < end) {
		struct area *area = areas_find(&space->areas, start);
		u64 next;
		u32 flags;

		if (!area || area->start > start)
			return -ENOMEM;
		next = MIN(area->end, end);
		flags = locked ? area->flags | AREA_LOCKED : area->flags & ~AREA_LOCKED;
		if (flags != area->flags) {
			area = space_set_flags(space, area, start, next, flags);
			if (IS_ERR(area))
				return PTR_ERR(area);
			space_join_at(space, start, spares);
		}
		start = next;
		space_join_at(space, start, spares);
		sched_relax();
	}
	return 0;
}

/* The space's lock is held. */
static int lock_locked(struct space *space, u64 start, u64 end, struct list_node *spares)
{
	u64 limit = lock_limit(), wanted = space->locked + (end - start);

	if (wanted > limit)
		wanted -= areas_covered(&space->areas, start, end, AREA_LOCKED);
	return wanted > limit ? -ENOMEM : mark_locked(space, start, end, true, spares);
}

/* What has to be done to a page to have it as its area will: a private one is copied now. -ENOMEM
 * of a page that cannot be touched, -EAGAIN of one that finds no frame. */
static int populate_range(struct space *space, u64 start, u64 end)
{
	while (start < end) {
		struct area *area;
		u64 next = end;
		bool write = false;
		int error;

		mutex_lock(&space->lock);
		area = areas_find(&space->areas, start);
		if (area && area->start <= start) {
			next = MIN(area->end, end);
			write = (area->flags & (AREA_WRITE | AREA_SHARED)) == AREA_WRITE;
		}
		mutex_unlock(&space->lock);
		error = space_populate(space, start, next - start, write);
		if (error)
			return error == -ENOMEM ? -EAGAIN : error == -EINTR ? error : -ENOMEM;
		start = next;
	}
	return 0;
}

/* Whole pages around what a caller names. */
static int round_range(u64 address, u64 length, u64 *start, u64 *end)
{
	*start = PAGE_DOWN(address);
	*end = *start + PAGE_UP(length + (address & PAGE_MASK));
	if (*end < *start)
		return -EINVAL;
	return *end > USER_END ? -ENOMEM : 0;
}

int space_lock(struct space *space, u64 address, u64 length, bool on_fault)
{
	struct list_node spares = LIST_INIT(spares);
	u64 start, end;
	int error;

	if (lock_limit() == 0)
		return -EPERM;
	error = round_range(address, length, &start, &end);
	if (error || start == end)
		return error;
	mutex_lock(&space->lock);
	error = lock_locked(space, start, end, &spares);
	mutex_unlock(&space->lock);
	space_free_spares(&spares);
	return error || on_fault ? error : populate_range(space, start, end);
}

int space_unlock(struct space *space, u64 address, u64 length)
{
	struct list_node spares = LIST_INIT(spares);
	u64 start, end;
	int error = round_range(address, length, &start, &end);

	if (error)
		return error;
	mutex_lock(&space->lock);
	error = mark_locked(space, start, end, false, &spares);
	mutex_unlock(&space->lock);
	space_free_spares(&spares);
	return error;
}

/* Every area, whole. An area that is joined to the one before it is found as part of that one. */
static void mark_all(struct space *space, bool locked, struct list_node *spares)
{
	struct area *area = areas_first(&space->areas);

	while (area) {
		u64 end = area->end;

		(void)mark_locked(space, area->start, end, locked, spares);
		area = areas_find(&space->areas, end);
	}
}

int space_lock_all(struct space *space, int flags)
{
	struct list_node spares = LIST_INIT(spares);
	int error = 0;

	if (flags == 0 || flags & ~(ABI_MCL_CURRENT | ABI_MCL_FUTURE | ABI_MCL_ONFAULT) ||
		flags == ABI_MCL_ONFAULT)
		return -EINVAL;
	if (lock_limit() == 0)
		return -EPERM;
	mutex_lock(&space->lock);
	if (flags & ABI_MCL_CURRENT && space->mapped > lock_limit())
		error = -ENOMEM;
	if (!error)
		space->lock_future = flags & ABI_MCL_FUTURE ? flags : 0;
	if (!error && flags & ABI_MCL_CURRENT)
		mark_all(space, true, &spares);
	mutex_unlock(&space->lock);
	space_free_spares(&spares);
	if (!error && flags & ABI_MCL_CURRENT && !(flags & ABI_MCL_ONFAULT))
		space_populate_locked(space, 0, USER_END);
	return error;
}

void space_unlock_all(struct space *space)
{
	struct list_node spares = LIST_INIT(spares);

	mutex_lock(&space->lock);
	space->lock_future = 0;
	mark_all(space, false, &spares);
	mutex_unlock(&space->lock);
	space_free_spares(&spares);
}

/* The next locked range from *start on; false if there is none before end. */
static bool next_locked(struct space *space, u64 *start, u64 end, u64 *length)
{
	struct area *area;

	mutex_lock(&space->lock);
	area = areas_find(&space->areas, *start);
	while (area && !(area->flags & AREA_LOCKED))
		area = areas_next(area);
	if (area) {
		*start = MAX(*start, area->start);
		*length = MIN(area->end, end) - *start;
	}
	mutex_unlock(&space->lock);
	return area && *start < end;
}

void space_populate_locked(struct space *space, u64 start, u64 length)
{
	u64 end = start + length;

	if (space->lock_future & ABI_MCL_ONFAULT || space->locked == 0)
		return;
	while (next_locked(space, &start, end, &length)) {
		if (populate_range(space, start, start + length) == -EINTR)
			return;
		start += length;
	}
}
