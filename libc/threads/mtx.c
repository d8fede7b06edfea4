/* mtx_lock(3p) and its family. */
#include <errno.h>
#include <threads.h>

#include "pthread_names.h"

static int status(int error)
{
	switch (error) {
	case 0:
		return thrd_success;
	case EBUSY:
		return thrd_busy;
	case ETIMEDOUT:
		return thrd_timedout;
	default:
		return thrd_error;
	}
}

/* Every mutex can be locked for a time. */
int mtx_init(mtx_t *mutex, int type)
{
	const pthread_mutexattr_t recursive = { PTHREAD_MUTEX_RECURSIVE };

	if (type & ~(mtx_recursive | mtx_timed))
		return thrd_error;
	return status(__pthread_mutex_init(mutex, type & mtx_recursive ? &recursive : NULL));
}

void mtx_destroy(mtx_t *mutex)
{
	__pthread_mutex_destroy(mutex);
}

int mtx_lock(mtx_t *mutex)
{
	return status(__pthread_mutex_lock(mutex));
}

int mtx_timedlock(mtx_t *restrict mutex, const struct timespec *restrict until)
{
	return status(__pthread_mutex_timedlock(mutex, until));
}

int mtx_trylock(mtx_t *mutex)
{
	return status(__pthread_mutex_trylock(mutex));
}

int mtx_unlock(mtx_t *mutex)
{
	return status(__pthread_mutex_unlock(mutex));
}
