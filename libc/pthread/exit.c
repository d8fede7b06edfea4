/* pthread_exit(3), and the cleanup handlers that run before (pthread_cleanup_push(3)). */
#include <pthread.h>
#include <stdlib.h>

#include "alias.h"
#include "cancel.h"
#include "malloc_fork.h"
#include "thread_list.h"

/* There if the program has keys, and a heap. */
#pragma weak __keys_run
#pragma weak __malloc_thread_exit
void __keys_run(void);

void __pthread_cleanup_push(struct __pthread_cleanup *cleanup)
{
	struct thread *self = thread_self();

	cleanup->__outer = self->cleanups;
	self->cleanups = cleanup;
}

void __pthread_cleanup_pop(struct __pthread_cleanup *cleanup, int execute)
{
	thread_self()->cleanups = cleanup->__outer;
	if (execute)
		cleanup->__function(cleanup->__argument);
}

/* Takes the thread out of the ring. From then on its memory is whoever joins it's, or, if it is
 * detached, the cache's; but it stays until the kernel has made tid 0. */
static _Noreturn void leave(struct thread *self)
{
	unsigned long mask = signals_block();

	lock_always(&__thread_list_lock);
	if (__thread_count == 1) {
		unlock_always(&__thread_list_lock);
		signals_restore(mask);
		exit(0);
	}
	lock_always(&self->exit_lock);
	self->leaving = true;
	unlock_always(&self->exit_lock);
	__thread_list_remove(self);
	if (__atomic_exchange_n(&self->state, THREAD_ENDED, __ATOMIC_ACQ_REL) == THREAD_DETACHED)
		__thread_free_locked(self);
	unlock_always(&__thread_list_lock);
	for (;;)
		syscall1(SYS_exit, 0);
}

_Noreturn void __thread_exit(void *result)
{
	struct thread *self = thread_self();

	self->result = result;
	__cancel_change(CANCEL_DISABLED, CANCEL_ASYNC | CANCEL_RETURNS);
	while (self->cleanups)
		__pthread_cleanup_pop(self->cleanups, 1);
	if (__keys_run)
		__keys_run();
	if (__malloc_thread_exit)
		__malloc_thread_exit();
	leave(self);
}

weak_alias(__thread_exit, pthread_exit);
