/* Keys of futexes (vm/futex_key.h). */
#include "vm/futex_key.h"

#include "lib/errno.h"
#include "vm/backing.h"
#include "vm/space.h"

int futex_key_get(struct futex_key *key, struct space *space, u64 address, bool private)
{
	const struct area *area;
	int error = 0;

	*key = (struct futex_key){ .space = space->serial, .offset = address };
	if (private)
		return 0;
	mutex_lock(&space->lock);
	area = areas_find(&space->areas, address);
	if (!area || address < area->start) {
		error = -EFAULT;
	} else if (area->flags & AREA_SHARED) {
		key->space = 0;
		key->backing = area->backing;
		key->offset = area->offset + (address - area->start);
		key->backing->ops->get(key->backing);
	}
	mutex_unlock(&space->lock);
	return error;
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
