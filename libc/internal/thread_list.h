/* All threads of the process, and those that have ended but whose memory is still there. */
#ifndef INTERNAL_THREAD_LIST_H
#define INTERNAL_THREAD_LIST_H

#include <signal.h>

#include "lock.h"
#include "thread.h"

/* Guards the ring, the count and the cache of stacks. Its holder has signals blocked
 * (signals_block), except in fork and setxid, which say why not. */
extern int __thread_list_lock;
extern int __thread_count;

void __thread_list_add(struct thread *thread);
void __thread_list_remove(struct thread *thread);

static inline struct thread *thread_of(pthread_t id)
{
	return (struct thread *)id;
}

/* Until it is let go, the thread does not leave, and its TID is no other's; false if it has left
 * already. Signals are blocked meanwhile. */
bool __thread_hold(struct thread *thread, unsigned long *mask);
void __thread_let_go(struct thread *thread, unsigned long mask);

/* pthread_kill: 0 also if the thread has ended and nobody has joined it. */
int __thread_signal(struct thread *thread, int signal);

/* Memory for a thread and, unless stack_size is 0, its stack, with a guard below; the control block
 * has its variables and what is said of the memory. NULL if there is none. Takes the lock. */
struct thread *__thread_allocate(size_t stack_size, size_t guard_size);

/* Takes the memory of a thread that nobody refers to any more, and that is gone or about to go: the
 * kernel says by its tid. Its caller holds the lock. */
void __thread_free_locked(struct thread *thread);

/* In the child of fork, of all threads only the caller is there. */
void __threads_after_fork(void);

#endif
