/* mlock(2) and its family. There is no swap, so a page that is there stays: what locking does is to
 * make the pages present at once, to count them against a limit, and to keep madvise and msync from
 * taking them away. Take the space's lock, may sleep. */
#ifndef VM_LOCK_H
#define VM_LOCK_H

#include "lib/types.h"
#include "vm/areas.h"

struct space;

/* [address, address + length), any numbers, as mlock(2) takes them. on_fault: the pages may come
 * when they are touched. -EPERM, -EINVAL, -ENOMEM (limit, hole, or a page that cannot be had),
 * -EAGAIN. */
int space_lock(struct space *space, u64 address, u64 length, bool on_fault);
int space_unlock(struct space *space, u64 address, u64 length);
/* ABI_MCL_ flags. -EINVAL, -EPERM, -ENOMEM. */
int space_lock_all(struct space *space, int flags);
void space_unlock_all(struct space *space);

/* How many bytes the caller may lock: told by proc at boot, so that vm needs no arrow to it. */
void space_register_lock_limit(u64 (*limit)(void));
u64 space_lock_limit(void);

/* For vm/. Whether there may be so many bytes more of an area with these flags; under the space's
 * lock. */
bool space_may_lock(const struct space *space, u32 flags, u64 bytes);
/* Makes the pages of locked areas in a range present, as far as that goes. Not under the lock. */
void space_populate_locked(struct space *space, u64 start, u64 length);

#endif
