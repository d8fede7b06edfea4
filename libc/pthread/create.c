/* pthread_create(3), pthread_self(3), pthread_equal(3). */
#include <abi/sched.h>
#include <errno.h>
#include <pthread.h>
#include <stdint.h>

#include "alias.h"
#include "attr.h"
#include "cancel.h"
#include "futex.h"
#include "thread_list.h"

#define CLONE_FLAGS                                                                                \
	(ABI_CLONE_VM | ABI_CLONE_FS | ABI_CLONE_FILES | ABI_CLONE_SIGHAND | ABI_CLONE_THREAD |    \
		ABI_CLONE_SYSVSEM | ABI_CLONE_SETTLS | ABI_CLONE_PARENT_SETTID |                   \
		ABI_CLONE_CHILD_CLEARTID)

/* pthread/clone.asm */
long __clone(unsigned long flags, void *stack_end, int (*function)(void *), void *argument,
	int *tid, void *tls);

/* How the new thread wants to share the processors. It asks for that itself and says how that went,
 * for which the creator waits; so this is the creator's. */
struct start_scheduling {
	int policy;
	struct sched_param parameters;
	int answer;	/* 0 until then; 1 if it may, -errno if not */
};

static void ask(struct thread *self)
{
	struct start_scheduling *wanted = self->scheduling;
	long result = syscall3(
		SYS_sched_setscheduler, 0, wanted->policy, (long)&wanted->parameters);

	if (result < 0)
		self->state = THREAD_DETACHED;
	__atomic_store_n(&wanted->answer, result < 0 ? (int)result : 1, __ATOMIC_RELEASE);
	futex_wake(&wanted->answer, 1, false);
	if (result < 0)
		__thread_exit(NULL);
}

static int wait_for_answer(struct start_scheduling *wanted)
{
	int answer;

	while ((answer = __atomic_load_n(&wanted->answer, __ATOMIC_ACQUIRE)) == 0)
		__futex_wait(&wanted->answer, 0, false, (struct deadline){ 0 });
	return answer < 0 ? -answer : 0;
}

/* The new thread begins here with signals blocked. */
static int begin(void *argument)
{
	struct thread *self = argument;

	if (self->scheduling)
		ask(self);
	signals_restore(self->start_mask);
	if (self->returns_int) {
		int (*start)(void *) = (int (*)(void *))(void (*)(void))self->start;

		__thread_exit((void *)(intptr_t)start(self->argument));
	}
	__thread_exit(self->start(self->argument));
}

static struct thread *allocate(const pthread_attr_t *attributes)
{
	struct thread *thread;

	if (!attributes->__stack)
		return __thread_allocate(attributes->__stack_size, attributes->__guard_size);
	thread = __thread_allocate(0, 0);
	if (thread) {
		thread->stack = attributes->__stack;
		thread->stack_size = attributes->__stack_size;
	}
	return thread;
}

/* Nobody leaves, and no credentials change, until the thread is in the ring. */
static int launch(struct thread *thread)
{
	unsigned long mask = signals_block();
	long result;

	/* What is blocked of the libc's own is so for this thread's sake. */
	thread->start_mask = mask & SIGNALS_ALL;
	__threaded = true;
	lock_always(&__thread_list_lock);
	result = __clone(CLONE_FLAGS, thread->stack + thread->stack_size, begin, thread,
		&thread->tid, thread);
	if (result < 0)
		__thread_free_locked(thread);
	else
		__thread_list_add(thread);
	unlock_always(&__thread_list_lock);
	signals_restore(mask);
	return result < 0 ? EAGAIN : 0;
}

static int create(pthread_t *id, const pthread_attr_t *attributes, void *(*start)(void *),
	void *argument, bool returns_int)
{
	static const pthread_attr_t standard = {
		.__stack_size = STACK_SIZE_DEFAULT,
		.__guard_size = GUARD_SIZE_DEFAULT,
	};
	struct thread *thread = allocate(attributes ? attributes : &standard);
	struct start_scheduling scheduling = { 0 };
	int error;

	if (!thread)
		return EAGAIN;
	thread->start = start;
	thread->argument = argument;
	thread->returns_int = returns_int;
	if (attributes && attributes->__detached)
		thread->state = THREAD_DETACHED;
	if (attributes && attributes->__explicit) {
		scheduling.policy = attributes->__policy;
		scheduling.parameters.sched_priority = attributes->__priority;
		thread->scheduling = &scheduling;
	}
	/* POSIX lets the new thread find its ID here. */
	*id = (pthread_t)thread;
	error = launch(thread);
	if (!error && attributes && attributes->__explicit)
		error = wait_for_answer(&scheduling);
	return error;
}

int __pthread_create(pthread_t *restrict id, const pthread_attr_t *restrict attributes,
	void *(*start)(void *), void *restrict argument)
{
	return create(id, attributes, start, argument, false);
}

weak_alias(__pthread_create, pthread_create);

int __thread_create_int(pthread_t *id, int (*start)(void *), void *argument)
{
	return create(id, NULL, (void *(*)(void *))(void (*)(void))start, argument, true);
}

pthread_t __pthread_self(void)
{
	return (pthread_t)thread_self();
}

weak_alias(__pthread_self, pthread_self);

int __pthread_equal(pthread_t left, pthread_t right)
{
	return left == right;
}

weak_alias(__pthread_equal, pthread_equal);
