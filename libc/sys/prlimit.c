/* prlimit(2): long ago the call had limits of 32 bits, so the one of today has another name. */
#include <sys/resource.h>

#include "syscall.h"

int prlimit(pid_t pid, int resource, const struct rlimit *wanted, struct rlimit *old)
{
	return __prlimit64(pid, resource, wanted, old);
}
