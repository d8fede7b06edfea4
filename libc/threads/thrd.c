/* thrd_create(3p) and its family, call_once. */
#include <errno.h>
#include <sched.h>
#include <stdint.h>
#include <threads.h>

#include "cancel.h"
#include "pthread_names.h"
#include "syscall.h"

int thrd_create(thrd_t *thread, thrd_start_t start, void *argument)
{
	switch (__thread_create_int(thread, start, argument)) {
	case 0:
		return thrd_success;
	case EAGAIN:
		return thrd_nomem;
	default:
		return thrd_error;
	}
}

thrd_t thrd_current(void)
{
	return __pthread_self();
}

int thrd_detach(thrd_t thread)
{
	return __pthread_detach(thread) == 0 ? thrd_success : thrd_error;
}

int thrd_equal(thrd_t left, thrd_t right)
{
	return left == right;
}

_Noreturn void thrd_exit(int result)
{
	__thread_exit((void *)(intptr_t)result);
}

int thrd_join(thrd_t thread, int *result)
{
	void *value;

	if (__pthread_join(thread, &value) != 0)
		return thrd_error;
	if (result)
		*result = (int)(intptr_t)value;
	return thrd_success;
}

/* 0, -1 if a signal has ended it, another negative number for other errors. */
int thrd_sleep(const struct timespec *time, struct timespec *left)
{
	long result = syscall2(SYS_nanosleep, (long)time, (long)left);

	return result == 0 ? 0 : result == -EINTR ? -1 : -2;
}

void thrd_yield(void)
{
	__sched_yield();
}

void call_once(once_flag *flag, void (*function)(void))
{
	__pthread_once(flag, function);
}
