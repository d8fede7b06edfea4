/* What makes two addresses the same futex: private memory is known by its address space and
 * address, a page of a file or of shared memory by its backing and the offset in it, wherever and
 * however it is mapped. */
#ifndef VM_FUTEX_KEY_H
#define VM_FUTEX_KEY_H

#include "lib/types.h"

struct backing;
struct space;

struct futex_key {
	u64 space;			/* its serial number, or 0 */
	struct backing *backing;	/* or NULL; with a reference */
	u64 offset;			/* in the backing, or the address */
};

/* The key of an address in the space. private: the word is not shared, whatever the mapping says.
 * -EFAULT if nothing is mapped there that can be touched, or private memory that cannot be written.
 * Takes the space's lock. */
MUST_CHECK int futex_key_get(
	struct futex_key *key, struct space *space, u64 address, bool private);
/* One more reference; any context. */
void futex_key_dup(struct futex_key *key);
void futex_key_put(struct futex_key *key);

static inline bool futex_key_equal(const struct futex_key *a, const struct futex_key *b)
{
	return a->space == b->space && a->backing == b->backing && a->offset == b->offset;
}

#endif
