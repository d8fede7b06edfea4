/* pthread_getattr_np(3). The first thread's stack ends at the page where the strings of execve end,
 * and may grow as far down as its limit says. */
#include <abi/auxv.h>
#include <pthread.h>
#include <string.h>
#include <sys/resource.h>

#include "auxv.h"
#include "thread_list.h"

#define PAGE		4096ul
#define STACK_MOST	(1ul << 30)	/* where there is no limit */

static void first_stack(pthread_attr_t *attributes)
{
	const char *name = (const char *)auxv_find(__auxv, ABI_AT_EXECFN);
	struct rlimit limit;
	size_t size = STACK_MOST;
	char *end = (char *)(((size_t)name + strlen(name) + PAGE) & -PAGE);

	if (getrlimit(RLIMIT_STACK, &limit) == 0 && limit.rlim_cur < STACK_MOST)
		size = limit.rlim_cur & -PAGE;
	attributes->__stack = end - size;
	attributes->__stack_size = size;
}

int pthread_getattr_np(pthread_t id, pthread_attr_t *attributes)
{
	struct thread *thread = thread_of(id);

	*attributes = (pthread_attr_t){
		.__detached = __atomic_load_n(&thread->state, __ATOMIC_RELAXED) == THREAD_DETACHED,
		.__guard_size = thread->guard_size,
		.__stack = thread->stack,
		.__stack_size = thread->stack_size,
	};
	if (!thread->mapping)
		first_stack(attributes);
	return 0;
}
