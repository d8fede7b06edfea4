/* madvise(2), msync(2) and mincore(2). They take the space's lock and may sleep; the range is
 * rounded up to whole pages, and a hole in it is -ENOMEM, for the first two after everything else
 * has been done. */
#ifndef VM_ADVISE_H
#define VM_ADVISE_H

#include "lib/types.h"

struct space;

/* ABI_MADV_DONTNEED and _FREE give the pages back at once, which _FREE allows; the others that are
 * known and not about fork or populating ask for nothing that this kernel would do differently.
 * -EINVAL for those that are not known, and for what cannot be so advised. */
int space_advise(struct space *space, u64 address, u64 length, int advice);
/* ABI_MS_ flags. A shared mapping shows the pages of the file itself, so there is nothing to
 * write. -EBUSY: _INVALIDATE of what is locked. */
int space_sync(struct space *space, u64 address, u64 length, int flags);
/* For each of count pages from an address on, 1 if it is in memory, else 0. */
int space_in_core(struct space *space, u64 address, u64 count, u8 *vector);

#endif
