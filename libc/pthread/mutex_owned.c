/* Mutexes that know their owner: recursive, error-checking and robust ones. A robust one stands in
 * its owner's list while it is held, which the kernel goes through when the thread ends
 * (set_robust_list(2)): it puts ABI_FUTEX_OWNER_DIED into the word and wakes a waiter. The next
 * owner gets EOWNERDEAD, and if he unlocks the mutex without having made it consistent, nobody gets
 * it any more. */
#include "mutex.h"

#include <errno.h>
#include <stddef.h>

#include "alias.h"
#include "thread.h"

static struct robust_node *node_of(pthread_mutex_t *mutex)
{
	return (struct robust_node *)&mutex->__next;
}

/* "pending" covers the time when the word and the list do not agree. The kernel looks at both when
 * this thread is gone, so it is enough that the compiler keeps the order. */
static void set_pending(struct thread *self, struct robust_node *node)
{
	__atomic_signal_fence(__ATOMIC_SEQ_CST);
	__atomic_store_n(&self->robust.pending, node, __ATOMIC_RELAXED);
	__atomic_signal_fence(__ATOMIC_SEQ_CST);
}

/* The list is a ring through the thread's head, of which the kernel knows the forward direction. */
static void robust_begin(struct thread *self, pthread_mutex_t *mutex)
{
	if (!(mutex->__kind & MUTEX_ROBUST))
		return;
	if (!self->robust.next) {
		self->robust.next = (struct robust_node *)&self->robust;
		self->robust.offset = (long)offsetof(pthread_mutex_t, __word) -
			(long)offsetof(pthread_mutex_t, __next);
		syscall2(SYS_set_robust_list, (long)&self->robust, sizeof(self->robust));
	}
	set_pending(self, node_of(mutex));
}

static void robust_link(struct thread *self, pthread_mutex_t *mutex)
{
	struct robust_node *node = node_of(mutex), *head = (struct robust_node *)&self->robust;

	if (!(mutex->__kind & MUTEX_ROBUST))
		return;
	node->next = self->robust.next;
	node->previous = head;
	if (node->next != head)
		node->next->previous = node;
	__atomic_signal_fence(__ATOMIC_SEQ_CST);
	self->robust.next = node;
	set_pending(self, NULL);
}

static void robust_unlink(struct thread *self, pthread_mutex_t *mutex)
{
	struct robust_node *node = node_of(mutex), *head = (struct robust_node *)&self->robust;

	if (!(mutex->__kind & MUTEX_ROBUST))
		return;
	node->previous->next = node->next;
	if (node->next != head)
		node->next->previous = node->previous;
}

/* The owner wants it again. EBUSY means: as another would. */
static int lock_again(pthread_mutex_t *mutex)
{
	switch (mutex->__kind & MUTEX_TYPE) {
	case PTHREAD_MUTEX_RECURSIVE:
		if (mutex->__count + 1 == 0)
			return EAGAIN;
		mutex->__count++;
		return 0;
	case PTHREAD_MUTEX_ERRORCHECK:
		return EDEADLK;
	default:
		return EBUSY;
	}
}

/* One attempt: 0, EOWNERDEAD, ENOTRECOVERABLE, or EBUSY with the word that it found. waiters is the
 * bit that the word gets. */
static int try(pthread_mutex_t *mutex, struct thread *self, unsigned waiters, int *found)
{
	unsigned word = (unsigned)__atomic_load_n(&mutex->__word, __ATOMIC_RELAXED);
	unsigned died = word & ABI_FUTEX_OWNER_DIED;
	int error = 0;

	*found = (int)word;
	if ((int)word == MUTEX_LOST)
		return ENOTRECOVERABLE;
	if ((word & ABI_FUTEX_TID_MASK) != 0 && !died)
		return EBUSY;
	robust_begin(self, mutex);
	if (!__atomic_compare_exchange_n(&mutex->__word, found,
			(int)((unsigned)self->tid | waiters | (word & ABI_FUTEX_WAITERS)), false,
			__ATOMIC_ACQUIRE, __ATOMIC_RELAXED)) {
		error = EBUSY;
		set_pending(self, NULL);
	} else {
		robust_link(self, mutex);
		mutex->__count = 0;
		if (died || mutex->__inconsistent) {
			mutex->__inconsistent = 1;
			error = EOWNERDEAD;
		}
	}
	return error;
}

int __mutex_owned_trylock(pthread_mutex_t *mutex)
{
	struct thread *self = thread_self();
	int found, error;

	if (mutex_is_own(mutex)) {
		error = lock_again(mutex);
		return error == EDEADLK ? EBUSY : error;
	}
	return try(mutex, self, 0, &found);
}

int __mutex_owned_lock(pthread_mutex_t *mutex, struct deadline deadline)
{
	struct thread *self = thread_self();
	unsigned waiters = 0;
	int found, error;

	if (mutex_is_own(mutex)) {
		error = lock_again(mutex);
		if (error != EBUSY)
			return error;
	}
	while ((error = try(mutex, self, waiters, &found)) == EBUSY) {
		int waited = (int)((unsigned)found | ABI_FUTEX_WAITERS);

		if (!((unsigned)found & ABI_FUTEX_TID_MASK) ||
				((unsigned)found & ABI_FUTEX_OWNER_DIED))
			continue;
		if (found != waited && !__atomic_compare_exchange_n(&mutex->__word, &found, waited,
				false, __ATOMIC_RELAXED, __ATOMIC_RELAXED))
			continue;
		error = __futex_wait(&mutex->__word, waited, mutex_is_shared(mutex), deadline);
		if (error != 0 && error != EINTR)
			return error;
		waiters = ABI_FUTEX_WAITERS;
	}
	return error;
}

int __mutex_owned_unlock(pthread_mutex_t *mutex)
{
	struct thread *self = thread_self();
	bool shared = mutex_is_shared(mutex), robust = mutex->__kind & MUTEX_ROBUST;
	bool lost = mutex->__inconsistent;

	if (!mutex_is_own(mutex))
		return EPERM;
	if ((mutex->__kind & MUTEX_TYPE) == PTHREAD_MUTEX_RECURSIVE && mutex->__count > 0) {
		mutex->__count--;
		return 0;
	}
	robust_begin(self, mutex);
	robust_unlink(self, mutex);
	unsigned word = (unsigned)__atomic_exchange_n(
		&mutex->__word, lost ? MUTEX_LOST : 0, __ATOMIC_RELEASE);
	if (robust)
		set_pending(self, NULL);
	if (word & ABI_FUTEX_WAITERS)
		futex_wake(&mutex->__word, lost ? FUTEX_ALL : 1, shared);
	return 0;
}

int __pthread_mutex_consistent(pthread_mutex_t *mutex)
{
	if (!(mutex->__kind & MUTEX_ROBUST) || !mutex->__inconsistent ||
			!mutex_is_own(mutex))
		return EINVAL;
	mutex->__inconsistent = 0;
	return 0;
}

weak_alias(__pthread_mutex_consistent, pthread_mutex_consistent);
