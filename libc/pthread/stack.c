/* The memory of threads. One mapping holds, from its lower end: the guard, which nobody may touch,
 * the stack, the thread-local variables, the control block, and the values of keys.
 *
 *	mapping              stack                                 control block
 *	|  guard_size bytes  |  stack_size bytes, growing down  |  variables | block | values |
 *
 * What a thread leaves is kept for the next of the same size, as long as it is not much. It is
 * taken again, or unmapped, only when the kernel has said that the thread is gone, by its tid. */
#include <pthread.h>
#include <string.h>
#include <sys/mman.h>

#include "sigset.h"
#include "thread_list.h"

#define PAGE		4096ul
#define KEPT_MOST	8		/* mappings, not counting threads that are about to go */
#define KEPT_LARGEST	(2ul << 20)	/* bytes of one that is kept */
#define VALUES_SIZE	(PTHREAD_KEYS_MAX * sizeof(struct specific))

static struct thread *kept;	/* linked by next; __thread_list_lock */

static bool is_gone(const struct thread *thread)
{
	return __atomic_load_n(&thread->tid, __ATOMIC_ACQUIRE) == 0;
}

static size_t round_up(size_t size)
{
	return (size + PAGE - 1) & -PAGE;
}

/* Lays a thread into a mapping of which the upper part, of tls_room and the values, is zero. */
static struct thread *lay_out(char *mapping, size_t size, size_t guard)
{
	char *values = mapping + size - VALUES_SIZE;
	struct thread *thread = __tls_place(values);

	thread->canary = thread_self()->canary;
	thread->specific = (struct specific *)values;
	thread->mapping = mapping;
	thread->mapping_size = size;
	thread->guard_size = guard;
	thread->stack = mapping + guard;
	thread->stack_size = (size_t)((char *)thread - __tls_image.size - thread->stack) & -16ul;
	return thread;
}

static struct thread *take_kept(size_t size, size_t guard)
{
	unsigned long mask = signals_block();
	struct thread *thread = NULL;
	char *mapping = NULL;

	lock_always(&__thread_list_lock);
	for (struct thread **place = &kept; *place; place = &(*place)->next) {
		thread = *place;
		if (thread->mapping_size == size && thread->guard_size == guard &&
				is_gone(thread)) {
			*place = thread->next;
			mapping = thread->mapping;
			break;
		}
	}
	unlock_always(&__thread_list_lock);
	signals_restore(mask);
	if (!mapping)
		return NULL;
	char *used = (char *)thread - __tls_image.size;
	memset(used, 0, (size_t)(mapping + size - used));
	return lay_out(mapping, size, guard);
}

struct thread *__thread_allocate(size_t stack_size, size_t guard_size)
{
	size_t guard = round_up(guard_size), size;
	struct thread *thread;
	char *mapping;

	if (stack_size > SIZE_MAX / 4 || guard_size > SIZE_MAX / 4)
		return NULL;
	size = guard + round_up(stack_size + tls_room() + VALUES_SIZE);
	thread = take_kept(size, guard);
	if (thread)
		return thread;
	mapping = __mmap(NULL, size, PROT_READ | PROT_WRITE,
		MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
	if (mapping == MAP_FAILED)
		return NULL;
	if (guard > 0 && __mprotect(mapping, guard, PROT_NONE) < 0) {
		__munmap(mapping, size);
		return NULL;
	}
	return lay_out(mapping, size, guard);
}

/* Unmaps what is too much, the oldest first. */
static void trim(void)
{
	unsigned count = 0;

	for (struct thread **place = &kept; *place;) {
		struct thread *thread = *place;
		bool keep = thread->mapping_size <= KEPT_LARGEST && count < KEPT_MOST;

		if (keep || !is_gone(thread)) {
			count += keep;
			place = &thread->next;
		} else {
			*place = thread->next;
			__munmap(thread->mapping, thread->mapping_size);
		}
	}
}

void __thread_free_locked(struct thread *thread)
{
	if (!thread->mapping)
		return;
	thread->next = kept;
	kept = thread;
	trim();
}

void __threads_after_fork(void)
{
	struct thread *self = thread_self(), *next;

	/* None of the others has been seen to go by the kernel of this process. */
	for (struct thread *thread = kept; thread; thread = thread->next)
		thread->tid = 0;
	for (struct thread *thread = self->next; thread != self; thread = next) {
		next = thread->next;
		thread->tid = 0;
		__thread_free_locked(thread);
	}
	self->next = self->previous = self;
	self->exit_lock = 0;
	self->robust.next = NULL;
	__thread_count = 1;
	__thread_list_lock = 0;
}
