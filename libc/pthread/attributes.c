/* Attributes that say little: of condition variables, reader-writer locks and barriers
 * (pthread_condattr_init(3) and its like). */
#include <errno.h>
#include <pthread.h>

static int set_shared(int *field, int shared)
{
	if (shared != PTHREAD_PROCESS_PRIVATE && shared != PTHREAD_PROCESS_SHARED)
		return EINVAL;
	*field = shared;
	return 0;
}

int pthread_condattr_init(pthread_condattr_t *attributes)
{
	*attributes = (pthread_condattr_t){ .__clock = CLOCK_REALTIME };
	return 0;
}

int pthread_condattr_destroy(pthread_condattr_t *attributes)
{
	(void)attributes;
	return 0;
}

int pthread_condattr_getclock(
	const pthread_condattr_t *restrict attributes, clockid_t *restrict clock)
{
	*clock = attributes->__clock;
	return 0;
}

int pthread_condattr_setclock(pthread_condattr_t *attributes, clockid_t clock)
{
	if (clock != CLOCK_REALTIME && clock != CLOCK_MONOTONIC)
		return EINVAL;
	attributes->__clock = clock;
	return 0;
}

int pthread_condattr_getpshared(
	const pthread_condattr_t *restrict attributes, int *restrict shared)
{
	*shared = attributes->__shared;
	return 0;
}

int pthread_condattr_setpshared(pthread_condattr_t *attributes, int shared)
{
	return set_shared(&attributes->__shared, shared);
}

int pthread_rwlockattr_init(pthread_rwlockattr_t *attributes)
{
	*attributes = (pthread_rwlockattr_t){ 0 };
	return 0;
}

int pthread_rwlockattr_destroy(pthread_rwlockattr_t *attributes)
{
	(void)attributes;
	return 0;
}

int pthread_rwlockattr_getpshared(
	const pthread_rwlockattr_t *restrict attributes, int *restrict shared)
{
	*shared = attributes->__shared;
	return 0;
}

int pthread_rwlockattr_setpshared(pthread_rwlockattr_t *attributes, int shared)
{
	return set_shared(&attributes->__shared, shared);
}

int pthread_barrierattr_init(pthread_barrierattr_t *attributes)
{
	*attributes = (pthread_barrierattr_t){ 0 };
	return 0;
}

int pthread_barrierattr_destroy(pthread_barrierattr_t *attributes)
{
	(void)attributes;
	return 0;
}

int pthread_barrierattr_getpshared(
	const pthread_barrierattr_t *restrict attributes, int *restrict shared)
{
	*shared = attributes->__shared;
	return 0;
}

int pthread_barrierattr_setpshared(pthread_barrierattr_t *attributes, int shared)
{
	return set_shared(&attributes->__shared, shared);
}
