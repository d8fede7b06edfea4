/* quick_exit(3), at_quick_exit(3). */
#include <stdlib.h>

#define FUNCTIONS 32	/* as many as the C standard promises */

static void (*functions[FUNCTIONS])(void);
static unsigned count;

int at_quick_exit(void (*function)(void))
{
	if (count == FUNCTIONS)
		return -1;
	functions[count++] = function;
	return 0;
}

_Noreturn void quick_exit(int status)
{
	while (count > 0)
		functions[--count]();
	_Exit(status);
}
