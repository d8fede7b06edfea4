/* Access to other spaces (vm/remote.h). The lock is held while bytes are copied through the direct
 * map, so that the page is the one that the space's own threads see. */
#include "vm/remote.h"

#include "lib/errno.h"
#include "lib/string.h"
#include "vm/space.h"
#include "x86/paging.h"

/* Who looks from outside needs the right that the CPU takes for granted: to read what may be
 * written or run. The lock is held. */
static enum space_fault touch(struct space *space, u64 address, bool write, pte_t *entry)
{
	enum space_fault fault = SPACE_FAULT_SEGV;

	if (address < USER_END)
		fault = space_touch_locked(space, address, write, entry);
	if (fault == SPACE_FAULT_OK && !write &&
		!(areas_find(&space->areas, address)->flags & AREA_READ))
		fault = SPACE_FAULT_ACCESS;
	return fault;
}

static void *bytes_at(pte_t entry, u64 address)
{
	return (char *)paging_direct(pte_paddr(entry)) + (address & PAGE_MASK);
}

static long copy(struct space *space, u64 address, void *buffer, size_t size, bool write)
{
	enum space_fault fault;
	pte_t entry;

	size = MIN(size, PAGE_SIZE - (address & PAGE_MASK));
	do {
		mutex_lock(&space->lock);
		fault = touch(space, address, write, &entry);
		if (fault == SPACE_FAULT_OK && write)
			memcpy(bytes_at(entry, address), buffer, size);
		else if (fault == SPACE_FAULT_OK)
			memcpy(buffer, bytes_at(entry, address), size);
		mutex_unlock(&space->lock);
	} while (fault == SPACE_FAULT_NO_MEMORY && space_relieve());
	return fault == SPACE_FAULT_OK ? (long)size : -EFAULT;
}

long space_read_remote(struct space *space, u64 address, void *buffer, size_t size)
{
	return copy(space, address, buffer, size, false);
}

long space_write_remote(struct space *space, u64 address, const void *buffer, size_t size)
{
	return copy(space, address, (void *)buffer, size, true);
}
