/* The times that system calls take and give: nanoseconds inside, timespec and timeval outside. */
#ifndef SYS_TIMESPEC_H
#define SYS_TIMESPEC_H

#include "sched/time.h"
#include "sched/wait.h"
#include <abi/time.h>

static inline struct abi_timespec to_timespec(u64 ns)
{
	return (struct abi_timespec){ .tv_sec = ns / NS_PER_SEC, .tv_nsec = ns % NS_PER_SEC };
}

static inline struct abi_timeval to_timeval(u64 ns)
{
	return (struct abi_timeval){
		.tv_sec = ns / NS_PER_SEC, .tv_usec = ns % NS_PER_SEC / 1000 };
}

static inline bool timespec_is_valid(const struct abi_timespec *timespec)
{
	return timespec->tv_sec >= 0 && timespec->tv_nsec >= 0 &&
		timespec->tv_nsec < (s64)NS_PER_SEC;
}

/* Of a valid one; at most WAIT_FOREVER. */
static inline u64 timespec_ns(const struct abi_timespec *timespec)
{
	u64 ns;

	if (__builtin_mul_overflow((u64)timespec->tv_sec, NS_PER_SEC, &ns) ||
		__builtin_add_overflow(ns, (u64)timespec->tv_nsec, &ns))
		return WAIT_FOREVER;
	return ns;
}

/* The point in time that lies that far ahead, or WAIT_FOREVER. */
static inline u64 deadline_after(u64 ns)
{
	u64 deadline;

	return __builtin_add_overflow(clock_ns(), ns, &deadline) ? WAIT_FOREVER : deadline;
}

/* What is left until a deadline. */
static inline u64 deadline_left(u64 deadline)
{
	u64 now = clock_ns();

	return deadline > now ? deadline - now : 0;
}

#endif
