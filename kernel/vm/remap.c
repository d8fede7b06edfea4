/* mremap(2). A mapping moves by its page-table entries: tables for all of them are made first, so
 * that the move itself cannot fail, and no page is copied. */
#include "vm/remap.h"
#include <abi/mman.h>
#include "lib/errno.h"
#include "vm/lock.h"
#include "vm/pages.h"
#include "vm/space.h"

#define FLAGS_KNOWN	(ABI_MREMAP_MAYMOVE | ABI_MREMAP_FIXED | ABI_MREMAP_DONTUNMAP)
#define MOVE_AREAS	4	/* so many areas may be more meanwhile */

/* What mremap has been asked for; the lengths in whole pages. */
struct remap {
	struct space *space;
	u64 address, old_length, new_length;
	int flags;
	u64 new_address;
	struct list_node spares;
};

static bool remap_overlaps(const struct remap *remap)
{
	return remap->address + remap->old_length > remap->new_address &&
		remap->new_address + remap->new_length > remap->address;
}

/* What is wrong whatever is mapped; in Linux's order. */
static int remap_check(const struct remap *remap)
{
	int flags = remap->flags;

	if ((flags & ~FLAGS_KNOWN) || (remap->address & PAGE_MASK))
		return -EINVAL;
	if (remap->new_length == 0 || remap->new_length > USER_END)
		return -EINVAL;
	if (!(flags & (ABI_MREMAP_FIXED | ABI_MREMAP_DONTUNMAP)))
		return 0;
	if (remap->new_address > USER_END - remap->new_length || (remap->new_address & PAGE_MASK))
		return -EINVAL;
	if (!(flags & ABI_MREMAP_MAYMOVE))
		return -EINVAL;
	if ((flags & ABI_MREMAP_DONTUNMAP) && remap->old_length != remap->new_length)
		return -EINVAL;
	if (remap_overlaps(remap))
		return -EINVAL;
	return remap->space->area_count + MOVE_AREAS > SPACE_AREAS_MAX ? -ENOMEM : 0;
}

/* The area at the address. */
static struct area *remap_area(const struct remap *remap)
{
	struct area *area = areas_find(&remap->space->areas, remap->address);

	return area && area->start <= remap->address ? area : ERR_PTR(-EFAULT);
}

/* The area, if it can grow or move: a length of 0 asks for a second mapping of the same pages. */
static struct area *remap_source(const struct remap *remap)
{
	struct area *area = remap_area(remap);

	if (IS_ERR(area))
		return area;
	if (remap->old_length == 0 && !(area->flags & AREA_SHARED))
		return ERR_PTR(-EINVAL);
	if (remap->old_length > area->end - remap->address)
		return ERR_PTR(-EFAULT);
	return area;
}

/* Makes an area reach further if nothing is in the way. */
static bool grow_in_place(struct remap *remap, struct area *area)
{
	struct space *space = remap->space;
	const struct area *next = areas_next(area);
	u64 end = remap->address + remap->new_length;

	if (remap->address + remap->old_length != area->end)
		return false;
	if (end < area->end || end > USER_END || (next && next->start < end))
		return false;
	space_account(space, area, end - area->end);
	areas_resize(&space->areas, area, area->start, end);
	space_join_at(space, end, &remap->spares);
	return true;
}

/* Takes the old place out of use, unless it stays. What is left of its area has been cut off. */
static void leave_old(struct remap *remap)
{
	u64 end = remap->address + remap->old_length;

	if (remap->old_length == 0)
		return;
	if (!(remap->flags & ABI_MREMAP_DONTUNMAP)) {
		space_remove(remap->space, remap->address, end, &remap->spares);
		return;
	}
	struct area *old = areas_find(&remap->space->areas, remap->address);
	space_change_flags(remap->space, old, old->flags & ~AREA_LOCKED);	/* that has moved */
	space_join_at(remap->space, remap->address, &remap->spares);
	space_join_at(remap->space, end, &remap->spares);
}

static int move_pages(struct remap *remap, u64 place)
{
	u64 end = remap->address + remap->old_length;
	int error;

	if (remap->old_length == 0)
		return 0;
	error = pages_move_prepare(remap->space, remap->address, place, remap->old_length);
	if (!error)
		error = space_cut(remap->space, remap->address, end);
	if (error)
		pages_trim(remap->space);
	else
		pages_move(remap->space, remap->address, place, remap->old_length);
	return error;
}

/* Moves the mapping, which lies in the area, to a place that is free. */
static long move(struct remap *remap, const struct area *area, u64 place)
{
	struct space *space = remap->space;
	u32 flags = area->flags & ~(AREA_HEAP | AREA_STACK);
	u64 offset = area->offset + (remap->address - area->start);
	struct area *moved;
	int error;

	u64 more = remap->new_length;
	if (!(remap->flags & ABI_MREMAP_DONTUNMAP))
		more -= remap->old_length;
	if (!space_may_lock(space, flags, remap->new_length - remap->old_length))
		return -EAGAIN;
	if (!space_has_room(space, flags, more) ||
		map_overcommits(area->backing, flags, remap->new_length) ||
		space->area_count + MOVE_AREAS > SPACE_AREAS_MAX)
		return -ENOMEM;
	moved = space_area_new(
		space, place, place + remap->new_length, flags, area->backing, offset);
	if (!moved)
		return -ENOMEM;
	error = move_pages(remap, place);
	if (error) {
		list_push_back(&remap->spares, &moved->backing_node);
		return error;
	}
	space_insert_area(space, moved);	/* the old place may be its neighbour */
	leave_old(remap);
	space_join_at(space, place, &remap->spares);
	space_join_at(space, place + remap->new_length, &remap->spares);
	return place;
}

/* Unmaps what a mapping that becomes shorter has too much; there may be holes in it. */
static int cut_tail(struct remap *remap)
{
	u64 start = remap->address + remap->new_length;
	u64 length = remap->old_length - remap->new_length;

	if (start > USER_END || length > USER_END - start)
		return -EINVAL;
	return map_unmap_locked(remap->space, start, start + length, &remap->spares);
}

/* Moves it to where the caller says. */
static long move_fixed(struct remap *remap)
{
	u64 end = remap->new_address + remap->new_length;
	struct area *area = remap_area(remap);
	int error;

	if (IS_ERR(area))
		return PTR_ERR(area);
	if (remap->new_address < SPACE_MIN)
		return -EPERM;
	error = map_unmap_locked(remap->space, remap->new_address, end, &remap->spares);
	if (!error && remap->old_length > remap->new_length) {
		error = cut_tail(remap);
		remap->old_length = remap->new_length;
	}
	if (error)
		return error;
	area = remap_source(remap);
	return IS_ERR(area) ? PTR_ERR(area) : move(remap, area, remap->new_address);
}

static long move_anywhere(struct remap *remap, const struct area *area)
{
	long place = map_place(remap->space, remap->new_length);

	return place < 0 ? place : move(remap, area, place);
}

static long shrink(struct remap *remap)
{
	struct area *area = remap_area(remap);
	int error = 0;

	if (IS_ERR(area))
		return PTR_ERR(area);
	if (remap->old_length > remap->new_length)
		error = cut_tail(remap);
	return error ? error : (long)remap->address;
}

static long grow(struct remap *remap)
{
	struct area *area = remap_source(remap);

	if (IS_ERR(area))
		return PTR_ERR(area);
	u64 more = remap->new_length - remap->old_length;
	if (!space_may_lock(remap->space, area->flags, more))
		return -EAGAIN;
	if (!space_has_room(remap->space, area->flags, more) ||
		map_overcommits(area->backing, area->flags, more))
		return -ENOMEM;
	if (grow_in_place(remap, area))
		return remap->address;
	return remap->flags & ABI_MREMAP_MAYMOVE ? move_anywhere(remap, area) : -ENOMEM;
}

static long remap_locked(struct remap *remap)
{
	int error = remap_check(remap);
	struct area *area;

	if (error)
		return error;
	if (remap->flags & ABI_MREMAP_FIXED)
		return move_fixed(remap);
	if (remap->flags & ABI_MREMAP_DONTUNMAP) {
		area = remap_source(remap);
		return IS_ERR(area) ? PTR_ERR(area) : move_anywhere(remap, area);
	}
	return remap->old_length >= remap->new_length ? shrink(remap) : grow(remap);
}

long space_remap(struct space *space, u64 address, u64 old_length, u64 new_length, int flags,
	u64 new_address)
{
	struct remap remap = {
		space, address, PAGE_UP(old_length), PAGE_UP(new_length), flags, new_address,
		LIST_INIT(remap.spares),
	};
	long result;

	mutex_lock(&space->lock);
	result = remap_locked(&remap);
	mutex_unlock(&space->lock);
	space_free_spares(&remap.spares);
	if (result >= 0 && remap.new_length > remap.old_length)
		space_populate_locked(
			space, result + remap.old_length, remap.new_length - remap.old_length);
	return result;
}
