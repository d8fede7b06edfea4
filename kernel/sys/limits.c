/* System calls on resource limits (getrlimit(2)). */
#include "proc/limits.h"

#include "lib/errno.h"
#include "vm/user.h"
#include <gen/syscalls.h>

long sys_prlimit64(
	int pid, unsigned int resource, struct user_ptr new_limit, struct user_ptr old_limit)
{
	bool change = !user_ptr_is_null(new_limit);
	struct abi_rlimit new, old;

	if (change && user_get(&new, new_limit) < 0)
		return -EFAULT;
	int error = limits_change(pid, resource, change ? &new : NULL, &old);
	if (!error && !user_ptr_is_null(old_limit))
		error = user_put(old_limit, &old);
	return error;
}

long sys_getrlimit(unsigned int resource, struct user_ptr rlim)
{
	struct abi_rlimit old;

	int error = limits_change(0, resource, NULL, &old);
	return error ? error : user_put(rlim, &old);
}

long sys_setrlimit(unsigned int resource, struct user_ptr rlim)
{
	struct abi_rlimit new, old;

	if (user_get(&new, rlim) < 0)
		return -EFAULT;
	return limits_change(0, resource, &new, &old);
}
