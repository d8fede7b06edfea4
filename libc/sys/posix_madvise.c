/* posix_madvise(3): advice that changes no contents, unlike madvise(2)'s of the same name. */
#include <errno.h>
#include <sys/mman.h>

#include "syscall.h"

int posix_madvise(void *address, size_t length, int advice)
{
	if (advice < POSIX_MADV_NORMAL || advice > POSIX_MADV_DONTNEED)
		return EINVAL;
	if (advice == POSIX_MADV_DONTNEED)
		advice = MADV_NORMAL;
	return -syscall3(SYS_madvise, (long)address, length, advice);
}
