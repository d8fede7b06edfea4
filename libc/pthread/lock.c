/* The slow halves of the libc's own locks. */
#include "lock.h"

#include "futex.h"

#define SPINS 100	/* about as long as what is done under such a lock takes */

void __lock_wait(int *lock)
{
	for (int i = 0; i < SPINS; i++) {
		if (__atomic_load_n(lock, __ATOMIC_RELAXED) == 0 && try_lock_always(lock))
			return;
		__builtin_ia32_pause();
	}
	while (__atomic_exchange_n(lock, 2, __ATOMIC_ACQUIRE) != 0)
		__futex_wait(lock, 2, false, (struct deadline){ 0 });
}

void __lock_wake(int *lock)
{
	futex_wake(lock, 1, false);
}
