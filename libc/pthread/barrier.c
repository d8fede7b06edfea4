/* pthread_barrier_wait(3). Arrivals are counted for ever; those of a round have passed when
 * __released has come up to its last. Who leaves is counted too, so that pthread_barrier_destroy,
 * which one of them may call at once, waits until the last has looked at the barrier. */
#include <errno.h>
#include <limits.h>
#include <pthread.h>

#include "futex.h"

#define DESTROYING (1ul << 63)	/* beside __left: wake me */

static unsigned long load(const unsigned long *counter)
{
	return __atomic_load_n(counter, __ATOMIC_ACQUIRE);
}

static void leave(pthread_barrier_t *barrier, bool shared)
{
	if (__atomic_fetch_add(&barrier->__left, 1, __ATOMIC_ACQ_REL) & DESTROYING)
		futex_wake(&barrier->__left, 1, shared);
}

int pthread_barrier_wait(pthread_barrier_t *barrier)
{
	unsigned long count = barrier->__count, released;
	unsigned long arrived = __atomic_add_fetch(&barrier->__arrived, 1, __ATOMIC_ACQ_REL);
	unsigned long last = (arrived + count - 1) / count * count;
	bool shared = barrier->__shared;

	if (arrived == last) {
		__atomic_store_n(&barrier->__released, last, __ATOMIC_RELEASE);
		futex_wake(&barrier->__released, FUTEX_ALL, shared);
	} else {
		/* The kernel looks at the lower half, which comes first. */
		while ((released = load(&barrier->__released)) < last)
			__futex_wait(&barrier->__released, (int)released, shared,
				(struct deadline){ 0 });
	}
	leave(barrier, shared);
	return arrived == last ? PTHREAD_BARRIER_SERIAL_THREAD : 0;
}

int pthread_barrier_init(pthread_barrier_t *restrict barrier,
	const pthread_barrierattr_t *restrict attributes, unsigned count)
{
	if (count == 0 || count > INT_MAX)
		return EINVAL;
	*barrier = (pthread_barrier_t){
		.__count = count,
		.__shared = attributes ? attributes->__shared : 0,
	};
	return 0;
}

int pthread_barrier_destroy(pthread_barrier_t *barrier)
{
	unsigned long arrived = load(&barrier->__arrived), left;

	if (arrived % barrier->__count != 0)
		return EBUSY;
	left = __atomic_or_fetch(&barrier->__left, DESTROYING, __ATOMIC_ACQ_REL);
	while ((left & ~DESTROYING) != arrived) {
		__futex_wait(&barrier->__left, (int)left, barrier->__shared,
			(struct deadline){ 0 });
		left = load(&barrier->__left);
	}
	return 0;
}
