/* What the heap's lock (libc/pthread/lock.c) needs of our libc where another is the program's: there
 * may always be a second thread. */
#include <stdbool.h>

#include "libc/internal/futex.h"
#include "libc/internal/thread.h"

bool __threaded = true;

int __futex_wait(const void *word, int value, bool shared, struct deadline deadline)
{
	(void)shared;
	(void)deadline;
	return (int)-syscall4(SYS_futex, (long)word, ABI_FUTEX_WAIT | ABI_FUTEX_PRIVATE, value, 0);
}
