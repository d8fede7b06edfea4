/* mmap(2), munmap(2), mprotect(2) and brk(2). The errors and their order are Linux's: programs
 * probe for them. Overcommit is as in Linux's mode 0, which only refuses what could never be:
 * writable private memory, in one call, larger than all of RAM. */
#include "vm/map.h"
#include <abi/mman.h>
#include "lib/errno.h"
#include "mem/frame.h"
#include "sched/thread.h"
#include "vm/lock.h"
#include "vm/pages.h"
#include "vm/shared.h"
#include "vm/space.h"

#define MAP_32BIT_LOW	0x40000000ul
#define MAP_32BIT_HIGH	0x80000000ul
#define MAP_IGNORED	0x7c000080	/* MAP_ABOVE4G, MAP_UNINITIALIZED, sizes of huge pages */

/* What MAP_SHARED_VALIDATE accepts, in which Linux has no MAP_FIXED_NOREPLACE. */
#define MAP_KNOWN	(ABI_MAP_TYPE | ABI_MAP_FIXED | ABI_MAP_ANONYMOUS | ABI_MAP_32BIT | \
			 ABI_MAP_GROWSDOWN | ABI_MAP_DENYWRITE | ABI_MAP_EXECUTABLE | \
			 ABI_MAP_LOCKED | ABI_MAP_NORESERVE | ABI_MAP_POPULATE | \
			 ABI_MAP_NONBLOCK | ABI_MAP_STACK | ABI_MAP_HUGETLB | MAP_IGNORED)

#define PROT_SEM	0x8	/* no meaning on x86 */
#define PROT_KNOWN	(ABI_PROT_READ | ABI_PROT_WRITE | ABI_PROT_EXEC | PROT_SEM)

_Static_assert(
	AREA_READ == ABI_PROT_READ && AREA_WRITE == ABI_PROT_WRITE && AREA_EXEC == ABI_PROT_EXEC,
	"rights pass between the two as they are");

/* What mmap has been asked for, its length in whole pages. */
struct request {
	u64 address, length;
	int prot, flags;
	struct backing *backing;
	u64 offset;
	u32 max_prot;
};

/* Whether one call asks for more writable memory than there can be. What is shared with a file has its
 * place there. */
bool map_overcommits(const struct backing *backing, u32 area_flags, u64 length)
{
	static u64 ram;		/* does not change, so it does not matter who fills it in first */

	if ((area_flags & (AREA_WRITE | AREA_NORESERVE)) != AREA_WRITE)
		return false;
	if (backing && (area_flags & AREA_SHARED))
		return false;
	if (!ram) {
		struct frame_counts counts;

		frame_count(&counts);
		ram = counts.total << PAGE_SHIFT;
	}
	return length > ram;
}

/* The AREA_ flags for a mapping, or the error that its request is. */
static long map_flags(const struct space *space, const struct request *request)
{
	u32 prot = request->prot & AREA_PROT, area = prot | AREA_MAX(request->max_prot & AREA_PROT);
	int flags = request->flags;

	if ((flags & ABI_MAP_LOCKED) && space_lock_limit() == 0)
		return -EPERM;
	if ((flags & ABI_MAP_LOCKED) || space->lock_future)
		area |= AREA_LOCKED;
	if (!space_may_lock(space, area, request->length))
		return -EAGAIN;
	switch (flags & ABI_MAP_TYPE) {
	case ABI_MAP_SHARED_VALIDATE:
		if (!request->backing)
			return -EINVAL;
		if (flags & ~MAP_KNOWN)
			return -EOPNOTSUPP;
		/* fall through */
	case ABI_MAP_SHARED:
		area |= AREA_SHARED;
		break;
	case ABI_MAP_PRIVATE:
		break;
	default:
		return -EINVAL;
	}
	if (request->backing && request->offset > INT64_MAX - request->length)
		return -EOVERFLOW;
	if (!(request->max_prot & AREA_READ) || (prot & ~request->max_prot))
		return -EACCES;
	if (flags & ABI_MAP_GROWSDOWN) {
		if (request->backing || (area & AREA_SHARED))
			return -EINVAL;
		area |= AREA_GROWSDOWN;
	}
	if (flags & ABI_MAP_NORESERVE)
		area |= AREA_NORESERVE;
	/* None are set aside; and nobody gets more than there is. */
	if ((flags & ABI_MAP_HUGETLB) || map_overcommits(request->backing, area, request->length))
		return -ENOMEM;
	return area;
}

/* Where a mapping goes that insists on its place. */
static long place_fixed(struct space *space, u64 address, u64 length, int flags)
{
	struct area *area;

	if (address > USER_END - length)
		return -ENOMEM;
	if (address & PAGE_MASK)
		return -EINVAL;
	if (address < SPACE_MIN)
		return -EPERM;
	area = areas_find(&space->areas, address);
	if ((flags & ABI_MAP_FIXED_NOREPLACE) && area && area->start < address + length)
		return -EEXIST;
	return address;
}

static bool hint_is_free(struct space *space, u64 hint, u64 length)
{
	struct area *area = areas_find(&space->areas, hint);

	return hint <= USER_END - length && (!area || hint + length <= areas_guarded_start(area));
}

long map_place(struct space *space, u64 length)
{
	u64 place;

	if (length > USER_END)
		return -ENOMEM;
	place = areas_find_gap(&space->areas, SPACE_MIN, space->mmap_top, length);
	if (place == AREAS_NO_GAP)
		place = areas_find_gap(&space->areas, space->mmap_top, USER_END, length);
	return place == AREAS_NO_GAP ? -ENOMEM : (long)place;
}

/* Where another one goes: at the hint if that is free. */
static long place_free(struct space *space, u64 hint, u64 length, int flags)
{
	u64 place;

	hint = PAGE_DOWN(hint);
	if (hint) {
		hint = MAX(hint, SPACE_MIN);
		if (hint_is_free(space, hint, length))
			return hint;
	}
	if (!(flags & ABI_MAP_32BIT))
		return map_place(space, length);
	place = areas_find_gap(&space->areas, MAP_32BIT_LOW, MAP_32BIT_HIGH, length);
	return place == AREAS_NO_GAP ? -ENOMEM : (long)place;
}

static long place(struct space *space, const struct request *request)
{
	if (request->length > USER_END)
		return -ENOMEM;
	if (request->flags & (ABI_MAP_FIXED | ABI_MAP_FIXED_NOREPLACE))
		return place_fixed(space, request->address, request->length, request->flags);
	return place_free(space, request->address, request->length, request->flags);
}

/* Puts a new area in the place of whatever is there. If that fails, the area is a spare. */
static int replace(struct space *space, struct area *area, struct list_node *spares)
{
	struct area *there = areas_find(&space->areas, area->start);

	if (there && there->start < area->end) {
		if (space_cut(space, area->start, area->end)) {
			list_push_back(spares, &area->backing_node);
			return -ENOMEM;
		}
		space_remove(space, area->start, area->end, spares);
	}
	space_add_area(space, area, spares);
	return 0;
}

/* What lies at its place goes, and makes room. */
static bool has_room(const struct space *space, u64 start, u64 length, u32 flags)
{
	return likely(space_has_room(space, flags, length)) ||
		space_has_room(space, flags,
			length - areas_covered(&space->areas, start, start + length, 0));
}

static long map_locked(struct space *space, const struct request *request, struct list_node *spares)
{
	struct backing *backing = request->backing, *shared = NULL;
	struct area *area = NULL;
	long start, flags;
	int error = -ENOMEM;

	if (space->area_count > SPACE_AREAS_MAX)
		return -ENOMEM;
	start = place(space, request);
	if (start < 0)
		return start;
	flags = map_flags(space, request);
	if (flags < 0)
		return flags;
	if (!has_room(space, start, request->length, flags))
		return -ENOMEM;
	if (!backing && (flags & AREA_SHARED)) {
		backing = shared = shared_new(request->length);
		if (!shared)
			return -ENOMEM;
	}
	area = space_area_new(space, start, start + request->length, flags, backing,
		shared ? 0 : request->offset);
	if (area)
		error = replace(space, area, spares);
	if (shared)
		shared->ops->put(shared);
	return error ? error : start;
}

long space_map(struct space *space, u64 address, u64 length, int prot, int flags,
	struct backing *backing, u64 offset, u32 max_prot)
{
	struct request request = {
		address, PAGE_UP(length), prot, flags, backing, offset, max_prot,
	};
	struct list_node spares = LIST_INIT(spares);
	long result;

	if (length == 0 || (offset & PAGE_MASK))
		return -EINVAL;
	if (request.length == 0)
		return -ENOMEM;
	mutex_lock(&space->lock);
	result = map_locked(space, &request, &spares);
	mutex_unlock(&space->lock);
	space_free_spares(&spares);
	if (result < 0)
		return result;
	if ((flags & (ABI_MAP_POPULATE | ABI_MAP_LOCKED)) && !(flags & ABI_MAP_NONBLOCK))
		(void)space_populate(space, result, request.length, prot & ABI_PROT_WRITE);
	else if (unlikely(space->lock_future))
		space_populate_locked(space, result, request.length);
	return result;
}

int space_map_area(
	struct space *space, u64 start, u64 end, u32 flags, struct backing *backing, u64 offset)
{
	struct list_node spares = LIST_INIT(spares);
	struct area *area, *there;
	int error = 0;

	if (start < SPACE_MIN || start >= end || end > USER_END)
		return -EINVAL;
	area = space_area_new(space, start, end, flags | AREA_MAX_ALL, backing, offset);
	if (!area)
		return -ENOMEM;
	mutex_lock(&space->lock);
	there = areas_find(&space->areas, start);
	if (there && there->start < end) {
		error = -EEXIST;
		list_push_back(&spares, &area->backing_node);
	} else {
		space_add_area(space, area, &spares);
	}
	mutex_unlock(&space->lock);
	space_free_spares(&spares);
	return error;
}

int map_unmap_locked(struct space *space, u64 start, u64 end, struct list_node *spares)
{
	struct area *area = areas_find(&space->areas, start);
	int error;

	if (!area || area->start >= end)
		return 0;
	error = space_cut(space, start, end);
	if (!error)
		space_remove(space, start, end, spares);
	return error;
}

int space_unmap(struct space *space, u64 address, u64 length)
{
	struct list_node spares = LIST_INIT(spares);
	int error;

	if ((address & PAGE_MASK) || address > USER_END || length > USER_END - address ||
		length == 0)
		return -EINVAL;
	mutex_lock(&space->lock);
	error = map_unmap_locked(space, address, address + PAGE_UP(length), &spares);
	mutex_unlock(&space->lock);
	space_free_spares(&spares);
	return error;
}

/* Gives [start, end), which lies in the area, other rights. */
static int protect_area(struct space *space, struct area *area, u64 start, u64 end, u32 prot,
	struct list_node *spares)
{
	u32 flags = (area->flags & ~AREA_PROT) | prot;

	if (AREA_MAX(prot) & ~area->flags)
		return -EACCES;
	if (area->flags == flags)
		return 0;
	if (!(flags & AREA_SHARED) && !(area->flags & AREA_WRITE) &&
		map_overcommits(area->backing, flags, end - start))
		return -ENOMEM;
	if (area_is_data(flags) && !area_is_data(area->flags) &&
		!space_has_data_room(space, end - start))
		return -ENOMEM;
	area = space_set_flags(space, area, start, end, flags);
	if (IS_ERR(area))
		return PTR_ERR(area);
	pages_protect(space, area);
	space_join_at(space, start, spares);
	space_join_at(space, end, spares);
	return 0;
}

/* Area by area, up to the first hole or area that refuses. */
static int protect_locked(
	struct space *space, u64 start, u64 end, u32 prot, struct list_node *spares)
{
	int error = 0;

	while (start < end && !error) {
		struct area *area = areas_find(&space->areas, start);
		u64 next;

		if (!area || area->start > start)
			return -ENOMEM;
		next = MIN(area->end, end);
		error = protect_area(space, area, start, next, prot, spares);
		start = next;
		sched_relax();
	}
	return error;
}

/* PROT_GROWSDOWN: the change begins where the area does, which has to be one that grows down. */
static int protect_grows_down(struct space *space, u64 *start, u64 end)
{
	struct area *area = areas_find(&space->areas, *start);

	if (!area || area->start >= end)
		return -ENOMEM;
	if (!(area->flags & AREA_GROWSDOWN))
		return -EINVAL;
	*start = area->start;
	return 0;
}

int space_protect(struct space *space, u64 address, u64 length, int prot)
{
	struct list_node spares = LIST_INIT(spares);
	u64 start = address, end = address + PAGE_UP(length);
	int grows = prot & (ABI_PROT_GROWSDOWN | ABI_PROT_GROWSUP), error = 0;

	if (grows == (ABI_PROT_GROWSDOWN | ABI_PROT_GROWSUP) || (address & PAGE_MASK))
		return -EINVAL;
	if (length == 0)
		return 0;
	if (end <= start)
		return -ENOMEM;
	prot &= ~grows;
	if ((prot & ~PROT_KNOWN) || grows == ABI_PROT_GROWSUP)
		return -EINVAL;
	mutex_lock(&space->lock);
	if (grows)
		error = protect_grows_down(space, &start, end);
	if (!error)
		error = protect_locked(space, start, end, prot & AREA_PROT, &spares);
	mutex_unlock(&space->lock);
	space_free_spares(&spares);
	return error;
}

/* Grows the heap over what is free; it keeps a page away from what comes next. */
static int brk_grow(struct space *space, u64 start, u64 end, struct list_node *spares)
{
	u32 flags = AREA_READ | AREA_WRITE | AREA_HEAP | AREA_MAX_ALL;
	struct area *next = areas_find(&space->areas, start);
	struct area *area;

	if (end + PAGE_SIZE > USER_END || (next && end + PAGE_SIZE > areas_guarded_start(next)))
		return -ENOMEM;
	if (!space_has_room(space, flags, end - start))
		return -ENOMEM;
	if (space->lock_future)
		flags |= AREA_LOCKED;
	if (!space_may_lock(space, flags, end - start))
		return -ENOMEM;
	if (map_overcommits(NULL, flags, end - start) || space->area_count > SPACE_AREAS_MAX)
		return -ENOMEM;
	area = space_area_new(space, start, end, flags, NULL, 0);
	if (!area)
		return -ENOMEM;
	space_add_area(space, area, spares);
	return 0;
}

static int brk_locked(struct space *space, u64 address, struct list_node *spares)
{
	u64 old = PAGE_UP(space->brk), new = PAGE_UP(address);
	int error = 0;

	if (address < space->brk_start || address > USER_END ||
		address - space->brk_start > READ_ONCE(space->data_limit))
		return -ENOMEM;
	if (new > old)
		error = brk_grow(space, old, new, spares);
	else if (new < old)
		error = map_unmap_locked(space, new, old, spares);
	if (!error)
		space->brk = address;
	return error;
}

u64 space_brk(struct space *space, u64 address)
{
	struct list_node spares = LIST_INIT(spares);
	u64 old, result;

	mutex_lock(&space->lock);
	old = space->brk;
	(void)brk_locked(space, address, &spares);
	result = space->brk;
	mutex_unlock(&space->lock);
	space_free_spares(&spares);
	if (unlikely(space->lock_future) && result > old)
		space_populate_locked(space, PAGE_UP(old), PAGE_UP(result) - PAGE_UP(old));
	return result;
}
