/* madvise(2), msync(2), mincore(2): ranges that may span areas and holes. */
#include "vm/advise.h"
#include <abi/mman.h>
#include "lib/errno.h"
#include "sched/thread.h"
#include "vm/pages.h"
#include "vm/space.h"

struct advice {
	struct space *space;
	int what;			/* ABI_MADV_ or ABI_MS_ */
	struct list_node spares;
};

typedef int (*advise_t)(struct advice *advice, struct area *area, u64 start, u64 end);

/* Calls visit, which may cut and join areas, for the part of each that lies in the range, up to its
 * first error. -ENOMEM if there are holes. */
static int each_part(struct advice *advice, u64 start, u64 end, advise_t visit)
{
	int error = 0, hole = 0;

	while (start < end && !error) {
		struct area *area = areas_find(&advice->space->areas, start);
		u64 next;

		if (!area)
			return -ENOMEM;
		if (start < area->start)
			hole = -ENOMEM;
		start = MAX(start, area->start);
		if (start >= end)
			break;
		next = MIN(area->end, end);
		if (visit)
			error = visit(advice, area, start, next);
		start = next;
		sched_relax();
	}
	return error ? error : hole;
}

static int each_part_of(struct space *space, u64 address, u64 length, int what, advise_t visit)
{
	struct advice advice = { space, what, LIST_INIT(advice.spares) };
	int error;

	mutex_lock(&space->lock);
	error = each_part(&advice, address, address + length, visit);
	mutex_unlock(&space->lock);
	space_free_spares(&advice.spares);
	return error;
}

static int not_locked(struct advice *advice, struct area *area, u64 start, u64 end)
{
	(void)advice;
	(void)start;
	(void)end;
	return area->flags & AREA_LOCKED ? -EINVAL : 0;
}

static int give_back(struct advice *advice, struct area *area, u64 start, u64 end)
{
	if (area->flags & AREA_LOCKED && advice->what != ABI_MADV_DONTNEED_LOCKED)
		return -EINVAL;
	if (advice->what == ABI_MADV_FREE && area->backing)
		return -EINVAL;
	pages_unmap(advice->space, start, end, start, end);
	return 0;
}

/* Whether what the part of an area shows may be taken out of its backing; the lock is held. */
static int may_remove(const struct area *area)
{
	if (area->flags & AREA_LOCKED || !area->backing || !area->backing->ops->remove)
		return -EINVAL;
	return area->flags & AREA_SHARED && area->flags & AREA_MAX(AREA_WRITE) ? 0 : -EACCES;
}

/* Pages of a backing, which the holder puts. */
struct shown {
	struct backing *backing;
	u64 first, last;
	bool after_hole;
};

/* Finds what the first area from *start on shows, up to end; *start becomes where that part
 * ends. */
static int find_removable(struct space *space, u64 *start, u64 end, struct shown *shown)
{
	int error = -ENOMEM;

	mutex_lock(&space->lock);
	struct area *area = areas_find(&space->areas, *start);
	if (area && area->start < end)
		error = may_remove(area);
	if (!error) {
		u64 low = MAX(area->start, *start);

		shown->after_hole = area->start > *start;
		*start = MIN(area->end, end);
		shown->backing = area->backing;
		shown->first = (area->offset + (low - area->start)) >> PAGE_SHIFT;
		shown->last = shown->first + ((*start - low) >> PAGE_SHIFT) - 1;
		shown->backing->ops->get(shown->backing);
	}
	mutex_unlock(&space->lock);
	return error;
}

/* As each_part, but without the lock while pages are removed: their backing takes those of all
 * spaces that map it. */
static int remove_pages(struct space *space, u64 start, u64 end)
{
	int hole = 0;

	while (start < end) {
		struct shown shown;

		int error = find_removable(space, &start, end, &shown);
		if (error)
			return error;
		if (shown.after_hole)
			hole = -ENOMEM;
		error = shown.backing->ops->remove(shown.backing, shown.first, shown.last);
		shown.backing->ops->put(shown.backing);
		if (error)
			return error;
		if (sched_relax())
			return -EINTR;
	}
	return hole;
}

/* What a child gets of it. */
static int for_fork(struct advice *advice, struct area *area, u64 start, u64 end)
{
	u32 flags = area->flags;

	switch (advice->what) {
	case ABI_MADV_DONTFORK:
		flags |= AREA_DONTFORK;
		break;
	case ABI_MADV_DOFORK:
		flags &= ~AREA_DONTFORK;
		break;
	case ABI_MADV_WIPEONFORK:
		if (area->backing)
			return -EINVAL;
		flags |= AREA_WIPEONFORK;
		break;
	default:
		flags &= ~AREA_WIPEONFORK;
		break;
	}
	if (flags == area->flags)
		return 0;
	area = space_set_flags(advice->space, area, start, end, flags);
	if (IS_ERR(area))
		return PTR_ERR(area);
	space_join_at(advice->space, start, &advice->spares);
	space_join_at(advice->space, end, &advice->spares);
	return 0;
}

/* What is to be done to each area, if anything; whether there is such advice. */
static advise_t visit_of(int advice, bool *known)
{
	*known = true;
	switch (advice) {
	case ABI_MADV_DONTNEED:
	case ABI_MADV_DONTNEED_LOCKED:
	case ABI_MADV_FREE:
		return give_back;
	case ABI_MADV_DONTFORK:
	case ABI_MADV_DOFORK:
	case ABI_MADV_WIPEONFORK:
	case ABI_MADV_KEEPONFORK:
		return for_fork;
	case ABI_MADV_COLD:
	case ABI_MADV_PAGEOUT:
		return not_locked;
	case ABI_MADV_NORMAL:
	case ABI_MADV_RANDOM:
	case ABI_MADV_SEQUENTIAL:
	case ABI_MADV_WILLNEED:
	case ABI_MADV_REMOVE:
	case ABI_MADV_DONTDUMP:
	case ABI_MADV_DODUMP:
	case ABI_MADV_POPULATE_READ:
	case ABI_MADV_POPULATE_WRITE:
		return NULL;
	default:
		*known = false;
		return NULL;
	}
}

int space_advise(struct space *space, u64 address, u64 length, int advice)
{
	u64 bytes = PAGE_UP(length);
	bool known;
	advise_t visit = visit_of(advice, &known);

	if (!known)
		return -EINVAL;
	if ((address & PAGE_MASK) || (length && !bytes) || address + bytes < address)
		return -EINVAL;
	if (bytes == 0)
		return 0;
	if (advice == ABI_MADV_POPULATE_READ || advice == ABI_MADV_POPULATE_WRITE)
		return space_populate(space, address, bytes, advice == ABI_MADV_POPULATE_WRITE);
	if (advice == ABI_MADV_REMOVE)
		return remove_pages(space, address, address + bytes);
	return each_part_of(space, address, bytes, advice, visit);
}

static int sync_part(struct advice *advice, struct area *area, u64 start, u64 end)
{
	(void)start;
	(void)end;
	return advice->what & ABI_MS_INVALIDATE && area->flags & AREA_LOCKED ? -EBUSY : 0;
}

int space_sync(struct space *space, u64 address, u64 length, int flags)
{
	u64 bytes = PAGE_UP(length);

	if (flags & ~(ABI_MS_ASYNC | ABI_MS_INVALIDATE | ABI_MS_SYNC) || (address & PAGE_MASK))
		return -EINVAL;
	if ((flags & ABI_MS_ASYNC) && (flags & ABI_MS_SYNC))
		return -EINVAL;
	if (address + bytes < address)
		return -ENOMEM;
	return bytes ? each_part_of(space, address, bytes, flags, sync_part) : 0;
}

/* A page that is not mapped may be in memory for others. */
static bool page_in_core(const struct space *space, const struct area *area, u64 address)
{
	const pte_t *entry = paging_entry(space->root, address, false);
	struct backing *backing = area->backing;

	if (entry && *entry)
		return true;
	return backing && backing->ops->has_page &&
		backing->ops->has_page(
			backing, (area->offset + (address - area->start)) >> PAGE_SHIFT);
}

int space_in_core(struct space *space, u64 address, u64 count, u8 *vector)
{
	const struct area *area = NULL;
	int error = 0;

	mutex_lock(&space->lock);
	for (u64 i = 0; i < count && !error; i++, address += PAGE_SIZE) {
		if (!area || address >= area->end)
			area = areas_find(&space->areas, address);
		if (!area || area->start > address)
			error = -ENOMEM;
		else
			vector[i] = page_in_core(space, area, address);
	}
	mutex_unlock(&space->lock);
	return error;
}
