/* pthread_once(3). The word is 0 before, DONE afterwards, and while the function runs RUNNING with
 * the generation of the process: in a child of fork nobody is left to finish what another thread of
 * the parent has begun, so it begins anew. */
#include <limits.h>
#include <pthread.h>

#include "alias.h"
#include "fork.h"
#include "futex.h"

#define RUNNING	1
#define DONE	2
#define WAITERS	2	/* beside RUNNING */

static void finish(pthread_once_t *once, int value)
{
	if (__atomic_exchange_n(once, value, __ATOMIC_RELEASE) & WAITERS)
		futex_wake(once, FUTEX_ALL, false);
}

static void start_anew(void *once)
{
	finish(once, 0);
}

/* True if the caller has to run the function, false if that has been done. */
static bool begin(pthread_once_t *once)
{
	int running = (int)(__fork_generation << 2) | RUNNING;

	for (;;) {
		int old = __atomic_load_n(once, __ATOMIC_ACQUIRE);

		if (old == DONE)
			return false;
		if ((old & ~WAITERS) != running) {
			if (__atomic_compare_exchange_n(once, &old, running, false,
					__ATOMIC_ACQUIRE, __ATOMIC_RELAXED))
				return true;
		} else if ((old & WAITERS) || __atomic_compare_exchange_n(once, &old, old | WAITERS,
				false, __ATOMIC_RELAXED, __ATOMIC_RELAXED)) {
			__futex_wait(once, old | WAITERS, false, (struct deadline){ 0 });
		}
	}
}

int __pthread_once(pthread_once_t *once, void (*function)(void))
{
	if (__atomic_load_n(once, __ATOMIC_ACQUIRE) == DONE || !begin(once))
		return 0;
	pthread_cleanup_push(start_anew, once);
	function();
	pthread_cleanup_pop(0);
	finish(once, DONE);
	return 0;
}

weak_alias(__pthread_once, pthread_once);
