/* tss_create(3p) and its family. */
#include <threads.h>

#include "pthread_names.h"

int tss_create(tss_t *key, tss_dtor_t destructor)
{
	return __pthread_key_create(key, destructor) == 0 ? thrd_success : thrd_error;
}

void tss_delete(tss_t key)
{
	__pthread_key_delete(key);
}

void *tss_get(tss_t key)
{
	return __pthread_getspecific(key);
}

int tss_set(tss_t key, void *value)
{
	return __pthread_setspecific(key, value) == 0 ? thrd_success : thrd_error;
}
