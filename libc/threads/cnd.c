/* cnd_wait(3p) and its family. The C standard knows no cancellation, so these are no cancellation
 * points. */
#include <errno.h>
#include <threads.h>

#include "pthread_names.h"

int cnd_init(cnd_t *cond)
{
	__pthread_cond_init(cond, NULL);
	return thrd_success;
}

void cnd_destroy(cnd_t *cond)
{
	__pthread_cond_destroy(cond);
}

int cnd_broadcast(cnd_t *cond)
{
	__pthread_cond_broadcast(cond);
	return thrd_success;
}

int cnd_signal(cnd_t *cond)
{
	__pthread_cond_signal(cond);
	return thrd_success;
}

int cnd_timedwait(
	cnd_t *restrict cond, mtx_t *restrict mutex, const struct timespec *restrict until)
{
	int state, error;

	__pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &state);
	error = until ? __pthread_cond_timedwait(cond, mutex, until) :
		__pthread_cond_wait(cond, mutex);
	__pthread_setcancelstate(state, NULL);
	return error == 0 ? thrd_success : error == ETIMEDOUT ? thrd_timedout : thrd_error;
}

int cnd_wait(cnd_t *cond, mtx_t *mutex)
{
	return cnd_timedwait(cond, mutex, NULL);
}
