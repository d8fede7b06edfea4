/* sysconf(3), getpagesize(2). */
#include <abi/mman.h>
#include <errno.h>
#include <limits.h>
#include <sched.h>
#include <sys/resource.h>
#include <unistd.h>

#define CLOCK_TICKS     100 /* a second: the unit of AT_CLKTCK, the same on every x86-64 kernel */

static long open_files(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) < 0 || limit.rlim_cur == RLIM_INFINITY)
		return -1;
	return limit.rlim_cur;
}

/* Those that this process may run on, as in musl. */
static long processors(void)
{
	cpu_set_t set;

	return sched_getaffinity(0, sizeof(set), &set) < 0 ? 1 : CPU_COUNT(&set);
}

long sysconf(int name)
{
	switch (name) {
	case _SC_ARG_MAX:
		return ARG_MAX;
	case _SC_CLK_TCK:
		return CLOCK_TICKS;
	case _SC_OPEN_MAX:
		return open_files();
	case _SC_SEM_VALUE_MAX:
		return SEM_VALUE_MAX;
	case _SC_THREAD_DESTRUCTOR_ITERATIONS:
		return PTHREAD_DESTRUCTOR_ITERATIONS;
	case _SC_THREAD_KEYS_MAX:
		return PTHREAD_KEYS_MAX;
	case _SC_THREAD_STACK_MIN:
		return PTHREAD_STACK_MIN;
	case _SC_THREADS:
	case _SC_VERSION:
		return _POSIX_VERSION;
	case _SC_PAGESIZE:
		return ABI_PAGE_SIZE;
	case _SC_LINE_MAX:
		return LINE_MAX;
	case _SC_NPROCESSORS_CONF:
	case _SC_NPROCESSORS_ONLN:
		return processors();
	case _SC_IOV_MAX:
		return IOV_MAX;
	}
	errno = EINVAL;
	return -1;
}

int getpagesize(void)
{
	return ABI_PAGE_SIZE;
}
