/* pthread_atfork(3): what comes before fork runs in the reverse order of its registration. */
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

#include "fork.h"
#include "lock.h"

struct handlers {
	struct handlers *next, *previous;
	void (*prepare)(void), (*parent)(void), (*child)(void);
};

static struct handlers *first, *last;
static int handlers_lock;

int pthread_atfork(void (*prepare)(void), void (*parent)(void), void (*child)(void))
{
	struct handlers *handlers = malloc(sizeof(*handlers));

	if (!handlers)
		return ENOMEM;
	*handlers = (struct handlers){ NULL, NULL, prepare, parent, child };
	lock(&handlers_lock);
	handlers->previous = last;
	if (last)
		last->next = handlers;
	else
		first = handlers;
	last = handlers;
	unlock(&handlers_lock);
	return 0;
}

/* The list is held from here until fork is over, so that who is prepared is also told. */
void __atfork_prepare(void)
{
	lock(&handlers_lock);
	for (struct handlers *each = last; each; each = each->previous)
		if (each->prepare)
			each->prepare();
}

void __atfork_parent(void)
{
	for (struct handlers *each = first; each; each = each->next)
		if (each->parent)
			each->parent();
	unlock(&handlers_lock);
}

void __atfork_child(void)
{
	for (struct handlers *each = first; each; each = each->next)
		if (each->child)
			each->child();
	handlers_lock = 0;
}
