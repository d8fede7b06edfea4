/* What FUTEX_WAKE_OP does to its second word. */
#ifndef PROC_FUTEX_OPERATE_H
#define PROC_FUTEX_OPERATE_H

#include "vm/user.h"

/* Changes the word in one step, as the operation says; whether what it was compares so. -EFAULT,
 * -ENOSYS. */
MUST_CHECK int futex_operate(struct user_ptr word, u32 operation);

#endif
