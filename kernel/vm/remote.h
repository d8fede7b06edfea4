/* The memory of a space that need not be loaded. */
#ifndef VM_REMOTE_H
#define VM_REMOTE_H

#include "lib/types.h"

struct space;

/* Copies between a buffer of the kernel's and the space's memory, as if a thread of its own touched
 * that; up to the end of the page. How many bytes, or -EFAULT. The caller holds a reference and no
 * lock; may sleep. */
MUST_CHECK long space_read_remote(struct space *space, u64 address, void *buffer, size_t size);
MUST_CHECK long space_write_remote(
	struct space *space, u64 address, const void *buffer, size_t size);

#endif
