/* quick_exit(3), at_quick_exit(3). */
#include <stdlib.h>

#include "lock.h"

#define FUNCTIONS 32	/* as many as the C standard promises */

static void (*functions[FUNCTIONS])(void);
static unsigned count;

int __quick_exit_lock;

int at_quick_exit(void (*function)(void))
{
	int result = -1;

	lock(&__quick_exit_lock);
	if (count < FUNCTIONS) {
		functions[count++] = function;
		result = 0;
	}
	unlock(&__quick_exit_lock);
	return result;
}

static void (*take(void))(void)
{
	void (*function)(void) = NULL;

	lock(&__quick_exit_lock);
	if (count > 0)
		function = functions[--count];
	unlock(&__quick_exit_lock);
	return function;
}

_Noreturn void quick_exit(int status)
{
	void (*function)(void);

	while ((function = take()))
		function();
	_Exit(status);
}
