/* The ring of all threads. The first is there from the start, by itself. */
#include "thread_list.h"

#include <errno.h>
#include <pthread.h>

#include "alias.h"
#include "sigset.h"

int __thread_list_lock;
int __thread_count = 1;

void __thread_list_add(struct thread *thread)
{
	struct thread *self = thread_self();

	thread->next = self;
	thread->previous = self->previous;
	self->previous->next = thread;
	self->previous = thread;
	__thread_count++;
}

void __thread_list_remove(struct thread *thread)
{
	thread->previous->next = thread->next;
	thread->next->previous = thread->previous;
	__thread_count--;
}

bool __thread_hold(struct thread *thread, unsigned long *mask)
{
	*mask = signals_block();
	lock_always(&thread->exit_lock);
	return !thread->leaving;
}

void __thread_let_go(struct thread *thread, unsigned long mask)
{
	unlock_always(&thread->exit_lock);
	signals_restore(mask);
}

int __thread_signal(struct thread *thread, int signal)
{
	unsigned long mask;
	long result = 0;

	if (__thread_hold(thread, &mask))
		result = syscall3(SYS_tgkill, __getpid(), thread->tid, signal);
	__thread_let_go(thread, mask);
	return (int)-result;
}

int __pthread_kill(pthread_t id, int signal)
{
	if (signal_is_libcs(signal))
		return EINVAL;
	return __thread_signal(thread_of(id), signal);
}

weak_alias(__pthread_kill, pthread_kill);
