/* How one thread shares the processors (pthread_setschedparam(3), pthread_setaffinity_np(3)). */
#include <errno.h>
#include <pthread.h>
#include <string.h>

#include "syscall.h"
#include "thread_list.h"

/* A call whose first argument is the thread's TID. */
static long call(pthread_t id, long number, long b, long c)
{
	struct thread *thread = thread_of(id);
	unsigned long mask;
	long result = -ESRCH;

	if (__thread_hold(thread, &mask))
		result = syscall3(number, thread->tid, b, c);
	__thread_let_go(thread, mask);
	return result;
}

static int error_of(long result)
{
	return result < 0 ? (int)-result : 0;
}

int pthread_getschedparam(
	pthread_t id, int *restrict policy, struct sched_param *restrict parameters)
{
	long kind = call(id, SYS_sched_getscheduler, 0, 0);

	if (kind < 0)
		return (int)-kind;
	*policy = (int)kind;
	return error_of(call(id, SYS_sched_getparam, (long)parameters, 0));
}

int pthread_setschedparam(pthread_t id, int policy, const struct sched_param *parameters)
{
	return error_of(call(id, SYS_sched_setscheduler, policy, (long)parameters));
}

int pthread_setschedprio(pthread_t id, int priority)
{
	const struct sched_param parameters = { priority };

	return error_of(call(id, SYS_sched_setparam, (long)&parameters, 0));
}

int pthread_setaffinity_np(pthread_t id, size_t size, const cpu_set_t *set)
{
	return error_of(call(id, SYS_sched_setaffinity, (long)size, (long)set));
}

/* The kernel writes as much as it has CPUs; the rest is none. */
int pthread_getaffinity_np(pthread_t id, size_t size, cpu_set_t *set)
{
	long written = call(id, SYS_sched_getaffinity, (long)size, (long)set);

	if (written < 0)
		return (int)-written;
	memset((char *)set + written, 0, size - (size_t)written);
	return 0;
}
