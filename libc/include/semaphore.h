/* Semaphores (sem_overview(7)). */
#ifndef _SEMAPHORE_H
#define _SEMAPHORE_H

#include <sys/types.h>
#include <time.h>

#define SEM_VALUE_MAX	0x7fffffff

typedef struct {
	unsigned long __value;	/* and in its upper half the number of waiters */
	int __shared;
} sem_t;

#define SEM_FAILED	((sem_t *)0)

int sem_clockwait(sem_t *__restrict semaphore, clockid_t clock,
	const struct timespec *__restrict until);
int sem_close(sem_t *semaphore);
int sem_destroy(sem_t *semaphore);
int sem_getvalue(sem_t *__restrict semaphore, int *__restrict value);
int sem_init(sem_t *semaphore, int shared, unsigned value);
sem_t *sem_open(const char *name, int flags, ...);
int sem_post(sem_t *semaphore);
int sem_timedwait(sem_t *__restrict semaphore, const struct timespec *__restrict until);
int sem_trywait(sem_t *semaphore);
int sem_unlink(const char *name);
int sem_wait(sem_t *semaphore);

#endif
