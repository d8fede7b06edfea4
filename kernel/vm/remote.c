/* Access to other spaces (vm/remote.h). The lock is held while bytes are copied through the direct map,
 * so that the page is the one that the space's own threads see. */
#include "vm/remote.h"

#include "lib/errno.h"
#include "lib/string.h"
#include "vm/space.h"
#include "x86/paging.h"

/* The page's bytes from the address on; NULL if it cannot be had. The lock is held. */
static void *page_bytes(struct space *space, u64 address, u64 error, enum space_fault *fault)
{
	*fault = address < USER_END ? space_fault_locked(space, address, error) : SPACE_FAULT_SEGV;
	if (*fault != SPACE_FAULT_OK)
		return NULL;
	const pte_t *entry = paging_entry(space->root, address, false);
	return (char *)paging_direct(pte_paddr(*entry)) + (address & PAGE_MASK);
}

static long copy(struct space *space, u64 address, void *buffer, size_t size, bool write)
{
	u64 error = TRAP_PF_USER | (write ? TRAP_PF_WRITE : 0);
	enum space_fault fault;

	size = MIN(size, PAGE_SIZE - (address & PAGE_MASK));
	do {
		mutex_lock(&space->lock);
		void *bytes = page_bytes(space, address, error, &fault);
		if (bytes && write)
			memcpy(bytes, buffer, size);
		else if (bytes)
			memcpy(buffer, bytes, size);
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
