/* The heap over glibc, whose threads end without __malloc_thread_exit: so pthread_create is wrapped by
 * one that has them call it (ld's --wrap). */
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

#include "libc/internal/malloc_fork.h"

struct start {
	void *(*function)(void *);
	void *argument;
};

int __real_pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
	void *(*function)(void *), void *argument);
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
	void *(*function)(void *), void *argument);

static void *thread_run(void *argument)
{
	struct start start = *(struct start *)argument;
	void *result;

	free(argument);
	result = start.function(start.argument);
	__malloc_thread_exit();
	return result;
}

int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
	void *(*function)(void *), void *argument)
{
	struct start *start = malloc(sizeof *start);
	int error;

	if (!start)
		return EAGAIN;
	*start = (struct start){ function, argument };
	error = __real_pthread_create(thread, attributes, thread_run, start);
	if (error)
		free(start);
	return error;
}
