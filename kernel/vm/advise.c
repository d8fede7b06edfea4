/* madvise(2), msync(2): ranges that may span areas and holes. */
#include "vm/advise.h"
#include <abi/mman.h>
#include "lib/errno.h"
#include "vm/pages.h"
#include "vm/space.h"

/* Calls visit for the part of each area that lies in the range, up to its first error. -ENOMEM if
 * there are holes. */
static int each_part(struct space *space, u64 start, u64 end,
	int (*visit)(struct space *space, struct area *area, u64 start, u64 end))
{
	struct area *area = areas_find(&space->areas, start);
	int error = 0, hole = 0;

	for (; start < end && !error; area = areas_next(area)) {
		if (!area)
			return -ENOMEM;
		if (start < area->start)
			hole = -ENOMEM;
		start = MAX(start, area->start);
		if (start >= end)
			break;
		if (visit)
			error = visit(space, area, start, MIN(end, area->end));
		start = area->end;
	}
	return error ? error : hole;
}

static int give_back(struct space *space, struct area *area, u64 start, u64 end)
{
	(void)area;
	pages_unmap(space, start, end, start, end);
	return 0;
}

static int free_private(struct space *space, struct area *area, u64 start, u64 end)
{
	return area->backing ? -EINVAL : give_back(space, area, start, end);
}

static int each_part_of(struct space *space, u64 address, u64 length,
	int (*visit)(struct space *space, struct area *area, u64 start, u64 end))
{
	int error;

	mutex_lock(&space->lock);
	error = each_part(space, address, address + length, visit);
	mutex_unlock(&space->lock);
	return error;
}

int space_advise(struct space *space, u64 address, u64 length, int advice)
{
	int (*visit)(struct space *space, struct area *area, u64 start, u64 end) = NULL;
	u64 bytes = PAGE_UP(length);

	switch (advice) {
	case ABI_MADV_NORMAL:
	case ABI_MADV_RANDOM:
	case ABI_MADV_SEQUENTIAL:
	case ABI_MADV_WILLNEED:
	case ABI_MADV_DONTDUMP:
	case ABI_MADV_DODUMP:
	case ABI_MADV_COLD:
	case ABI_MADV_PAGEOUT:
		break;
	case ABI_MADV_DONTNEED:
		visit = give_back;
		break;
	case ABI_MADV_FREE:
		visit = free_private;
		break;
	default:
		return -EINVAL;
	}
	if ((address & PAGE_MASK) || (length && !bytes) || address + bytes < address)
		return -EINVAL;
	return bytes ? each_part_of(space, address, bytes, visit) : 0;
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
	return bytes ? each_part_of(space, address, bytes, NULL) : 0;
}
