/* mremap(2): a mapping that becomes shorter or longer, in place or elsewhere. */
#ifndef VM_REMAP_H
#define VM_REMAP_H

#include "lib/types.h"

struct space;

/* mremap(2), with ABI_MREMAP_ flags: the address of the mapping. -EINVAL, -EFAULT (not one mapping,
 * or too short), -ENOMEM, -EPERM (to below SPACE_MIN). Takes the space's lock, may sleep. A call
 * that fails has changed nothing; only, with ABI_MREMAP_FIXED, as on Linux, what lay at the new
 * place is gone and the mapping may already be shorter. */
long space_remap(struct space *space, u64 address, u64 old_length, u64 new_length, int flags,
	u64 new_address);

#endif
