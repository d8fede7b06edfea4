/* The canary that the compiler puts between a function's arrays and its return address. It starts
 * as a constant, which only catches accidents. */
#ifndef CORE_STACK_GUARD_H
#define CORE_STACK_GUARD_H

#include "core/random.h"

extern u64 __stack_chk_guard;

/* Makes it random. Inline, for a caller that never returns: every function under way has the old
 * value on its stack. The lowest byte in memory is 0, so that no string can write over the canary
 * unseen. */
static inline __attribute__((always_inline)) void stack_guard_init(void)
{
	u64 guard;
	random_bytes(&guard, sizeof(guard));
	__stack_chk_guard = guard & ~0xfful;
}

/* What the compiler calls when the canary has changed. */
NORETURN void __stack_chk_fail(void);

#endif
