/* Atomic operations by their names: counts of references, and words that other CPUs (or the
 * page-table walker of this one) change at the same time. Loads acquire and stores release, the
 * rest is sequentially consistent, unless the name or the comment says otherwise. */
#ifndef LIB_ATOMIC_H
#define LIB_ATOMIC_H

#include "lib/types.h"

/* Counts of references. ref_get: the caller already holds one. ref_get_unless_zero: the object is
 * found through something that holds none; false means that it is being freed. ref_put: true if
 * that was the last one, and then the caller frees the object; everything that other holders wrote
 * before their ref_put is visible to it. */
static inline void ref_get(u32 *refs)
{
	__atomic_add_fetch(refs, 1, __ATOMIC_RELAXED);
}

static inline MUST_CHECK bool ref_get_unless_zero(u32 *refs)
{
	u32 old = __atomic_load_n(refs, __ATOMIC_RELAXED);
	while (old != 0)
		if (__atomic_compare_exchange_n(refs, &old, old + 1, true, __ATOMIC_ACQUIRE,
						__ATOMIC_RELAXED))
			return true;
	return false;
}

static inline MUST_CHECK bool ref_put(u32 *refs)
{
	return __atomic_sub_fetch(refs, 1, __ATOMIC_ACQ_REL) == 0;
}

static inline u32 ref_count(const u32 *refs)
{
	return __atomic_load_n(refs, __ATOMIC_ACQUIRE);
}

/* Any integer or pointer object of up to 8 bytes. The fetch operations return the value before. */
#define atomic_load(object)		__atomic_load_n(object, __ATOMIC_ACQUIRE)
#define atomic_load_relaxed(object)	__atomic_load_n(object, __ATOMIC_RELAXED)
#define atomic_store(object, value)	__atomic_store_n(object, value, __ATOMIC_RELEASE)
#define atomic_store_relaxed(object, value) __atomic_store_n(object, value, __ATOMIC_RELAXED)
#define atomic_exchange(object, value)	__atomic_exchange_n(object, value, __ATOMIC_SEQ_CST)
#define atomic_fetch_add(object, value)	__atomic_fetch_add(object, value, __ATOMIC_SEQ_CST)
#define atomic_fetch_sub(object, value)	__atomic_fetch_sub(object, value, __ATOMIC_SEQ_CST)
#define atomic_fetch_or(object, value)	__atomic_fetch_or(object, value, __ATOMIC_SEQ_CST)
#define atomic_fetch_and(object, value)	__atomic_fetch_and(object, value, __ATOMIC_SEQ_CST)
#define atomic_fence()			__atomic_thread_fence(__ATOMIC_SEQ_CST)
/* Loads before it come before loads after it. */
#define atomic_fence_acquire()		__atomic_thread_fence(__ATOMIC_ACQUIRE)

/* If *object is *expected, makes it desired and returns true; else *expected becomes what it is. */
#define atomic_compare_exchange(object, expected, desired) \
	__atomic_compare_exchange_n(object, expected, desired, false, __ATOMIC_SEQ_CST, \
				    __ATOMIC_SEQ_CST)

#endif
