/* Keys of futexes (vm/futex_key.h). */
#include "vm/futex_key.h"

#include "lib/errno.h"
#include "mem/frame.h"
#include "vm/backing.h"
#include "vm/space.h"
#include "x86/paging.h"

/* The page is touched to write to it if that may be: then a private one is the space's own. One that
 * nobody can write will never change, so nobody can wait for that. */
static enum space_fault get_locked(struct futex_key *key, struct space *space, u64 address)
{
	const struct area *area = areas_find(&space->areas, address);
	enum space_fault fault = SPACE_FAULT_SEGV;
	pte_t entry;

	if (area && address >= area->start)
		fault = space_touch_locked(space, address, area->flags & AREA_WRITE, &entry);
	if (fault != SPACE_FAULT_OK)
		return fault;
	if (page_of(pte_paddr(entry))->use != FRAME_FILE)
		return area->flags & AREA_WRITE ? SPACE_FAULT_OK : SPACE_FAULT_ACCESS;
	key->space = 0;
	key->backing = area->backing;
	key->offset = area->offset + (address - area->start);
	key->backing->ops->get(key->backing);
	return SPACE_FAULT_OK;
}

int futex_key_get(struct futex_key *key, struct space *space, u64 address, bool private)
{
	enum space_fault fault;

	*key = (struct futex_key){ .space = space->serial, .offset = address };
	if (private)
		return 0;
	do {
		mutex_lock(&space->lock);
		fault = get_locked(key, space, address);
		mutex_unlock(&space->lock);
	} while (fault == SPACE_FAULT_NO_MEMORY && space_relieve());
	return fault == SPACE_FAULT_OK ? 0 : -EFAULT;
}

void futex_key_dup(struct futex_key *key)
{
	if (key->backing)
		key->backing->ops->get(key->backing);
}

void futex_key_put(struct futex_key *key)
{
	if (key->backing)
		key->backing->ops->put(key->backing);
	key->backing = NULL;
}
