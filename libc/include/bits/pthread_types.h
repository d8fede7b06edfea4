/* The types of POSIX threads. All zero is the initial state of objects and attributes, except those
 * of threads. */
#ifndef _BITS_PTHREAD_TYPES_H
#define _BITS_PTHREAD_TYPES_H

typedef unsigned long pthread_t;
typedef unsigned pthread_key_t;
typedef int pthread_once_t;
typedef int pthread_spinlock_t;

typedef struct {
	unsigned long __stack_size, __guard_size;
	char *__stack;			/* the program's own, its lower end, or NULL */
	int __detached, __explicit, __policy, __priority;
} pthread_attr_t;

typedef struct {
	int __word;
	unsigned __kind;
	unsigned __count;		/* how often the owner has it, beyond the first time */
	int __inconsistent;
	void *__next, *__previous;	/* in the owner's list of robust ones */
} pthread_mutex_t;

typedef struct {
	unsigned __kind;
} pthread_mutexattr_t;

typedef struct {
	int __lock;
	int __clock;
	int __shared;
	int __sequence;
	void *__first, *__last;		/* waiters */
} pthread_cond_t;

typedef struct {
	int __clock, __shared;
} pthread_condattr_t;

typedef struct {
	int __word;
	int __shared;
	int __writer;			/* its TID */
} pthread_rwlock_t;

typedef struct {
	int __shared;
} pthread_rwlockattr_t;

typedef struct {
	unsigned long __arrived, __released, __left;
	unsigned __count;
	int __shared;
} pthread_barrier_t;

typedef struct {
	int __shared;
} pthread_barrierattr_t;

#endif
