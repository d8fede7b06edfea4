/* Attributes of mutexes (pthread_mutexattr_init(3)). There is no priority inheritance. */
#include <errno.h>
#include <pthread.h>

#include "alias.h"
#include "mutex.h"

int __pthread_mutexattr_init(pthread_mutexattr_t *attributes)
{
	attributes->__kind = 0;
	return 0;
}

weak_alias(__pthread_mutexattr_init, pthread_mutexattr_init);

int pthread_mutexattr_destroy(pthread_mutexattr_t *attributes)
{
	(void)attributes;
	return 0;
}

static int set(pthread_mutexattr_t *attributes, unsigned bits, unsigned value)
{
	attributes->__kind = (attributes->__kind & ~bits) | value;
	return 0;
}

int pthread_mutexattr_gettype(const pthread_mutexattr_t *restrict attributes, int *restrict type)
{
	*type = (int)(attributes->__kind & MUTEX_TYPE);
	return 0;
}

int __pthread_mutexattr_settype(pthread_mutexattr_t *attributes, int type)
{
	if (type < PTHREAD_MUTEX_NORMAL || type > PTHREAD_MUTEX_ERRORCHECK)
		return EINVAL;
	return set(attributes, MUTEX_TYPE, (unsigned)type);
}

weak_alias(__pthread_mutexattr_settype, pthread_mutexattr_settype);

int pthread_mutexattr_getpshared(
	const pthread_mutexattr_t *restrict attributes, int *restrict shared)
{
	*shared = attributes->__kind & MUTEX_SHARED ? PTHREAD_PROCESS_SHARED :
		PTHREAD_PROCESS_PRIVATE;
	return 0;
}

int pthread_mutexattr_setpshared(pthread_mutexattr_t *attributes, int shared)
{
	if (shared != PTHREAD_PROCESS_PRIVATE && shared != PTHREAD_PROCESS_SHARED)
		return EINVAL;
	return set(attributes, MUTEX_SHARED, shared ? MUTEX_SHARED : 0);
}

int pthread_mutexattr_getrobust(
	const pthread_mutexattr_t *restrict attributes, int *restrict robust)
{
	*robust = attributes->__kind & MUTEX_ROBUST ? PTHREAD_MUTEX_ROBUST : PTHREAD_MUTEX_STALLED;
	return 0;
}

int pthread_mutexattr_setrobust(pthread_mutexattr_t *attributes, int robust)
{
	if (robust != PTHREAD_MUTEX_STALLED && robust != PTHREAD_MUTEX_ROBUST)
		return EINVAL;
	return set(attributes, MUTEX_ROBUST, robust ? MUTEX_ROBUST : 0);
}

int pthread_mutexattr_getprotocol(
	const pthread_mutexattr_t *restrict attributes, int *restrict protocol)
{
	(void)attributes;
	*protocol = PTHREAD_PRIO_NONE;
	return 0;
}

int pthread_mutexattr_setprotocol(pthread_mutexattr_t *attributes, int protocol)
{
	(void)attributes;
	if (protocol == PTHREAD_PRIO_NONE)
		return 0;
	return protocol == PTHREAD_PRIO_INHERIT || protocol == PTHREAD_PRIO_PROTECT ? ENOTSUP :
		EINVAL;
}
