/* What the compiler's stack protector calls when a function finds its canary overwritten. */
#include <stdlib.h>
#include <unistd.h>

#include "syscall.h"

_Noreturn void __stack_chk_fail(void)
{
	static const char message[] = "stack smashing detected\n";

	__write(STDERR_FILENO, message, sizeof(message) - 1);
	abort();
}
