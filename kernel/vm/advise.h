/* madvise(2) and msync(2). Both take the space's lock and may sleep; the range is rounded up to
 * whole pages, and a hole in it is -ENOMEM after everything else has been done. */
#ifndef VM_ADVISE_H
#define VM_ADVISE_H

#include "lib/types.h"

struct space;

/* ABI_MADV_DONTNEED and _FREE give the pages back at once, which _FREE allows; the others that are
 * known ask for nothing that this kernel would do differently. -EINVAL for those that are not, and
 * for _FREE of what is not private anonymous memory. */
int space_advise(struct space *space, u64 address, u64 length, int advice);
/* ABI_MS_ flags. A shared mapping shows the pages of the file itself, so there is nothing to
 * write. */
int space_sync(struct space *space, u64 address, u64 length, int flags);

#endif
