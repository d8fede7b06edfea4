/* How the processors are shared, and which of them a thread may run on (sched(7)). */
#ifndef _SCHED_H
#define _SCHED_H

#include <stddef.h>
#include <sys/types.h>
#include <time.h>

struct sched_param {
	int sched_priority;
};

#define SCHED_OTHER		0
#define SCHED_FIFO		1
#define SCHED_RR		2
#define SCHED_BATCH		3
#define SCHED_IDLE		5
#define SCHED_RESET_ON_FORK	0x40000000

int sched_yield(void);
int sched_get_priority_max(int policy);
int sched_get_priority_min(int policy);
int sched_getparam(pid_t pid, struct sched_param *param);
int sched_getscheduler(pid_t pid);
int sched_rr_get_interval(pid_t pid, struct timespec *interval);
int sched_setparam(pid_t pid, const struct sched_param *param);
int sched_setscheduler(pid_t pid, int policy, const struct sched_param *param);

/* Sets of processors (CPU_SET(3)). */
#define CPU_SETSIZE	1024

typedef struct {
	unsigned long __bits[CPU_SETSIZE / 64];
} cpu_set_t;

#define __CPU_WORD(cpu, set)	((set)->__bits[(cpu) / 64])
#define __CPU_BIT(cpu)		(1UL << (cpu) % 64)
#define CPU_ZERO(set)		((void)(*(set) = (cpu_set_t){ { 0 } }))
#define CPU_SET(cpu, set)	((void)(__CPU_WORD(cpu, set) |= __CPU_BIT(cpu)))
#define CPU_CLR(cpu, set)	((void)(__CPU_WORD(cpu, set) &= ~__CPU_BIT(cpu)))
#define CPU_ISSET(cpu, set)	((__CPU_WORD(cpu, set) & __CPU_BIT(cpu)) != 0)
#define CPU_COUNT(set)		__cpu_count(set)

int __cpu_count(const cpu_set_t *set);
int getcpu(unsigned *cpu, unsigned *node);
int sched_getaffinity(pid_t pid, size_t size, cpu_set_t *set);
int sched_getcpu(void);
int sched_setaffinity(pid_t pid, size_t size, const cpu_set_t *set);

#endif
