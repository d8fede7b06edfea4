/* pthread_setname_np(3), pthread_getname_np(3): the thread's own name by prctl(2), another's by
 * /proc. */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>

#include "syscall.h"
#include "thread_list.h"

#define NAME_SIZE 16	/* with the NUL */

static int open_name(const struct thread *thread, int flags)
{
	char path[48];

	snprintf(path, sizeof(path), "/proc/self/task/%d/comm", thread->tid);
	return (int)syscall4(SYS_openat, AT_FDCWD, (long)path, flags | O_CLOEXEC, 0);
}

int pthread_setname_np(pthread_t id, const char *name)
{
	size_t length = strlen(name);
	long result, fd;

	if (length >= NAME_SIZE)
		return ERANGE;
	if (thread_of(id) == thread_self())
		return (int)-syscall2(SYS_prctl, PR_SET_NAME, (long)name);
	fd = open_name(thread_of(id), O_WRONLY);
	if (fd < 0)
		return (int)-fd;
	result = syscall3(SYS_write, fd, (long)name, (long)length);
	syscall1(SYS_close, fd);
	return result < 0 ? (int)-result : 0;
}

int pthread_getname_np(pthread_t id, char *name, size_t size)
{
	long result, fd;

	if (size < NAME_SIZE)
		return ERANGE;
	if (thread_of(id) == thread_self())
		return (int)-syscall2(SYS_prctl, PR_GET_NAME, (long)name);
	fd = open_name(thread_of(id), O_RDONLY);
	if (fd < 0)
		return (int)-fd;
	result = syscall3(SYS_read, fd, (long)name, NAME_SIZE);
	syscall1(SYS_close, fd);
	if (result <= 0)
		return result < 0 ? (int)-result : ESRCH;
	name[result - 1] = 0;	/* the newline */
	return 0;
}
