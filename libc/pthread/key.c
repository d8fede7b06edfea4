/* Thread-specific data (pthread_key_create(3), pthread_getspecific(3)). A key's generation is odd
 * while the key exists; a thread's value counts only if it was set in that generation, so nobody
 * has to clear values when a key goes. */
#include <errno.h>
#include <pthread.h>

#include "alias.h"
#include "lock.h"

static struct {
	unsigned long generation;
	void (*destructor)(void *);
} keys[PTHREAD_KEYS_MAX];

int __keys_lock;

/* The first thread's; the others have theirs beside their stacks. */
static struct specific first_values[PTHREAD_KEYS_MAX];

static unsigned long generation_of(pthread_key_t key)
{
	return __atomic_load_n(&keys[key].generation, __ATOMIC_RELAXED);
}

int __pthread_key_create(pthread_key_t *key, void (*destructor)(void *))
{
	pthread_key_t free = 0;

	lock(&__keys_lock);
	while (free < PTHREAD_KEYS_MAX && (generation_of(free) & 1))
		free++;
	if (free < PTHREAD_KEYS_MAX) {
		keys[free].destructor = destructor;
		__atomic_store_n(&keys[free].generation, generation_of(free) + 1, __ATOMIC_RELAXED);
		*key = free;
	}
	unlock(&__keys_lock);
	return free < PTHREAD_KEYS_MAX ? 0 : EAGAIN;
}

weak_alias(__pthread_key_create, pthread_key_create);

int __pthread_key_delete(pthread_key_t key)
{
	int error = EINVAL;

	lock(&__keys_lock);
	if (key < PTHREAD_KEYS_MAX && (generation_of(key) & 1)) {
		__atomic_store_n(&keys[key].generation, generation_of(key) + 1, __ATOMIC_RELAXED);
		error = 0;
	}
	unlock(&__keys_lock);
	return error;
}

weak_alias(__pthread_key_delete, pthread_key_delete);

void *__pthread_getspecific(pthread_key_t key)
{
	const struct specific *values = thread_self()->specific;

	if (key >= PTHREAD_KEYS_MAX || !values || values[key].generation != generation_of(key))
		return NULL;
	return values[key].value;
}

weak_alias(__pthread_getspecific, pthread_getspecific);

int __pthread_setspecific(pthread_key_t key, const void *value)
{
	struct thread *self = thread_self();

	if (key >= PTHREAD_KEYS_MAX || !(generation_of(key) & 1))
		return EINVAL;
	if (!self->specific)
		self->specific = first_values;
	self->specific[key] = (struct specific){ generation_of(key), (void *)value };
	return 0;
}

weak_alias(__pthread_setspecific, pthread_setspecific);

/* One thread's value of one key goes to the destructor; false if there is none. */
static bool destroy(pthread_key_t key, struct specific *specific)
{
	void (*destructor)(void *) = NULL;
	void *value = specific->value;

	if (!value)
		return false;
	lock(&__keys_lock);
	if (specific->generation == generation_of(key))
		destructor = keys[key].destructor;
	unlock(&__keys_lock);
	specific->value = NULL;
	if (destructor)
		destructor(value);
	return destructor != NULL;
}

/* A destructor may set values again, so there are several rounds. */
void __keys_run(void)
{
	struct specific *values = thread_self()->specific;
	bool again = values != NULL;

	for (int round = 0; again && round < PTHREAD_DESTRUCTOR_ITERATIONS; round++) {
		again = false;
		for (pthread_key_t key = 0; key < PTHREAD_KEYS_MAX; key++)
			again |= destroy(key, &values[key]);
	}
}
