/* The libc's own names for POSIX's functions (alias.h says why), for those of <threads.h>. */
#ifndef INTERNAL_PTHREAD_NAMES_H
#define INTERNAL_PTHREAD_NAMES_H

#include <pthread.h>

int __pthread_detach(pthread_t thread);
int __pthread_join(pthread_t thread, void **result);
pthread_t __pthread_self(void);
int __thread_create_int(pthread_t *thread, int (*start)(void *), void *argument);

int __pthread_mutex_destroy(pthread_mutex_t *mutex);
int __pthread_mutex_init(pthread_mutex_t *mutex, const pthread_mutexattr_t *attributes);
int __pthread_mutex_lock(pthread_mutex_t *mutex);
int __pthread_mutex_timedlock(pthread_mutex_t *mutex, const struct timespec *until);
int __pthread_mutex_trylock(pthread_mutex_t *mutex);
int __pthread_mutex_unlock(pthread_mutex_t *mutex);

int __pthread_cond_broadcast(pthread_cond_t *cond);
int __pthread_cond_destroy(pthread_cond_t *cond);
int __pthread_cond_init(pthread_cond_t *cond, const pthread_condattr_t *attributes);
int __pthread_cond_signal(pthread_cond_t *cond);
int __pthread_cond_timedwait(
	pthread_cond_t *cond, pthread_mutex_t *mutex, const struct timespec *until);
int __pthread_cond_wait(pthread_cond_t *cond, pthread_mutex_t *mutex);

int __pthread_key_create(pthread_key_t *key, void (*destructor)(void *));
int __pthread_key_delete(pthread_key_t key);
void *__pthread_getspecific(pthread_key_t key);
int __pthread_setspecific(pthread_key_t key, const void *value);
int __pthread_once(pthread_once_t *once, void (*function)(void));
int __pthread_setcancelstate(int state, int *old);

#endif
