/* Attributes of threads (pthread_attr_init(3)). */
#include "attr.h"

#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <stdint.h>

int pthread_attr_init(pthread_attr_t *attributes)
{
	*attributes = (pthread_attr_t){
		.__stack_size = STACK_SIZE_DEFAULT,
		.__guard_size = GUARD_SIZE_DEFAULT,
	};
	return 0;
}

int pthread_attr_destroy(pthread_attr_t *attributes)
{
	(void)attributes;
	return 0;
}

int pthread_attr_getdetachstate(const pthread_attr_t *attributes, int *state)
{
	*state = attributes->__detached;
	return 0;
}

int pthread_attr_setdetachstate(pthread_attr_t *attributes, int state)
{
	if (state != PTHREAD_CREATE_JOINABLE && state != PTHREAD_CREATE_DETACHED)
		return EINVAL;
	attributes->__detached = state;
	return 0;
}

int pthread_attr_getstacksize(const pthread_attr_t *restrict attributes, size_t *restrict size)
{
	*size = attributes->__stack_size;
	return 0;
}

int pthread_attr_setstacksize(pthread_attr_t *attributes, size_t size)
{
	if (size < PTHREAD_STACK_MIN)
		return EINVAL;
	attributes->__stack_size = size;
	attributes->__stack = NULL;
	return 0;
}

int pthread_attr_getguardsize(const pthread_attr_t *restrict attributes, size_t *restrict size)
{
	*size = attributes->__guard_size;
	return 0;
}

int pthread_attr_setguardsize(pthread_attr_t *attributes, size_t size)
{
	attributes->__guard_size = size;
	return 0;
}

int pthread_attr_getstack(
	const pthread_attr_t *restrict attributes, void **restrict stack, size_t *restrict size)
{
	*stack = attributes->__stack;
	*size = attributes->__stack_size;
	return 0;
}

int pthread_attr_setstack(pthread_attr_t *attributes, void *stack, size_t size)
{
	if (size < PTHREAD_STACK_MIN || ((uintptr_t)stack + size) % 16 != 0)
		return EINVAL;
	attributes->__stack = stack;
	attributes->__stack_size = size;
	return 0;
}

int pthread_attr_getscope(const pthread_attr_t *restrict attributes, int *restrict scope)
{
	(void)attributes;
	*scope = PTHREAD_SCOPE_SYSTEM;
	return 0;
}

int pthread_attr_setscope(pthread_attr_t *attributes, int scope)
{
	(void)attributes;
	if (scope == PTHREAD_SCOPE_PROCESS)
		return ENOTSUP;
	return scope == PTHREAD_SCOPE_SYSTEM ? 0 : EINVAL;
}

int pthread_attr_getinheritsched(
	const pthread_attr_t *restrict attributes, int *restrict inherit)
{
	*inherit = attributes->__explicit;
	return 0;
}

int pthread_attr_setinheritsched(pthread_attr_t *attributes, int inherit)
{
	if (inherit != PTHREAD_INHERIT_SCHED && inherit != PTHREAD_EXPLICIT_SCHED)
		return EINVAL;
	attributes->__explicit = inherit;
	return 0;
}

int pthread_attr_getschedpolicy(const pthread_attr_t *restrict attributes, int *restrict policy)
{
	*policy = attributes->__policy;
	return 0;
}

int pthread_attr_setschedpolicy(pthread_attr_t *attributes, int policy)
{
	if (policy != SCHED_OTHER && policy != SCHED_FIFO && policy != SCHED_RR)
		return EINVAL;
	attributes->__policy = policy;
	return 0;
}

int pthread_attr_getschedparam(
	const pthread_attr_t *restrict attributes, struct sched_param *restrict parameters)
{
	parameters->sched_priority = attributes->__priority;
	return 0;
}

int pthread_attr_setschedparam(
	pthread_attr_t *restrict attributes, const struct sched_param *restrict parameters)
{
	attributes->__priority = parameters->sched_priority;
	return 0;
}
