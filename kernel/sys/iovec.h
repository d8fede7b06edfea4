/* Arrays of ranges of user memory, as readv(2) takes them. */
#ifndef SYS_IOVEC_H
#define SYS_IOVEC_H

#include "vm/user.h"
#include "x86/paging.h"

#define TRANSFER_MAX	0x7ffff000ul	/* bytes of one call; what is over is left for the next */
#define IOVEC_ON_STACK	8		/* elements; an array of more is allocated */

/* Linux refuses addresses of the kernel before it looks whether there is anything to copy. */
static inline bool iovec_user_range(struct user_ptr base, size_t length)
{
	return length <= USER_END && base.addr <= USER_END - length;
}

/* Copies count elements, cut so that their sum, which is the result, stays within TRANSFER_MAX.
 * -EFAULT, -EINVAL. */
MUST_CHECK long iovec_read(struct io_vec *vec, struct user_ptr iov, int count);
/* Ranges that are another process's: wherever they lie, and of any sum. 0, or an error. */
MUST_CHECK int iovec_read_foreign(struct io_vec *vec, struct user_ptr iov, int count);

#endif
