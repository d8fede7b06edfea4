/* sched_getaffinity(2), getcpu(2), getpriority(2), nice(2): where what the kernel returns is not what
 * the function does. */
#include <errno.h>
#include <sched.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "syscall.h"

#define PRIORITY_BASE	20	/* the kernel returns it less the nice value, so that none is negative */

/* The kernel fills as much as it has processors for. */
int sched_getaffinity(pid_t pid, size_t size, cpu_set_t *set)
{
	long filled = syscall_return(syscall3(SYS_sched_getaffinity, pid, (long)size, (long)set));

	if (filled < 0)
		return -1;
	memset((char *)set + filled, 0, size - (size_t)filled);
	return 0;
}

int __cpu_count(const cpu_set_t *set)
{
	int count = 0;

	for (int cpu = 0; cpu < CPU_SETSIZE; cpu++)
		count += CPU_ISSET(cpu, set);
	return count;
}

int getcpu(unsigned *cpu, unsigned *node)
{
	return (int)syscall_return(syscall3(SYS_getcpu, (long)cpu, (long)node, 0));
}

int sched_getcpu(void)
{
	unsigned cpu;

	return getcpu(&cpu, NULL) < 0 ? -1 : (int)cpu;
}

int getpriority(int which, id_t who)
{
	long result = syscall_return(syscall2(SYS_getpriority, which, (long)who));

	return result < 0 ? -1 : PRIORITY_BASE - (int)result;
}

int nice(int more)
{
	int least = PRIO_MIN - PRIO_MAX, most = PRIO_MAX - PRIO_MIN;
	int steps = more < least ? least : more > most ? most : more;

	/* One's own there is always; what is out of range, the kernel puts at its end. */
	if (setpriority(PRIO_PROCESS, 0, getpriority(PRIO_PROCESS, 0) + steps) < 0) {
		if (errno == EACCES)
			errno = EPERM;
		return -1;
	}
	return getpriority(PRIO_PROCESS, 0);
}
