/* clock_gettime(2), nanosleep(2), getrusage(2), times(2). */
#ifndef ABI_TIME_H
#define ABI_TIME_H

#include <abi/types.h>

struct abi_timespec {
	abi_s64 tv_sec;
	abi_s64 tv_nsec;	/* 0 .. 999,999,999 */
};
ABI_LAYOUT(abi_timespec, tv_nsec, 8, 16);

struct abi_timeval {
	abi_s64 tv_sec;
	abi_s64 tv_usec;
};
ABI_LAYOUT(abi_timeval, tv_usec, 8, 16);

/* Of old; always 0. */
struct abi_timezone {
	abi_s32 tz_minuteswest;
	abi_s32 tz_dsttime;
};
ABI_LAYOUT(abi_timezone, tz_dsttime, 4, 8);
/* utime(2) */
struct abi_utimbuf {
	abi_s64 actime;
	abi_s64 modtime;
};
ABI_LAYOUT(abi_utimbuf, modtime, 8, 16);
/* setitimer(2). */
struct abi_itimerval {
	struct abi_timeval it_interval;
	struct abi_timeval it_value;
};
ABI_LAYOUT(abi_itimerval, it_value, 16, 32);

#define ABI_ITIMER_REAL		0
#define ABI_ITIMER_VIRTUAL	1
#define ABI_ITIMER_PROF		2

struct abi_rusage {
	struct abi_timeval ru_utime;
	struct abi_timeval ru_stime;
	abi_s64 ru_maxrss;	/* KiB */
	abi_s64 ru_ixrss;
	abi_s64 ru_idrss;
	abi_s64 ru_isrss;
	abi_s64 ru_minflt;
	abi_s64 ru_majflt;
	abi_s64 ru_nswap;
	abi_s64 ru_inblock;
	abi_s64 ru_oublock;
	abi_s64 ru_msgsnd;
	abi_s64 ru_msgrcv;
	abi_s64 ru_nsignals;
	abi_s64 ru_nvcsw;
	abi_s64 ru_nivcsw;
};
ABI_LAYOUT(abi_rusage, ru_nivcsw, 136, 144);

#define ABI_RUSAGE_CHILDREN	(-1)
#define ABI_RUSAGE_SELF		0
#define ABI_RUSAGE_THREAD	1

/* In hundredths of a second. */
struct abi_tms {
	abi_s64 tms_utime;
	abi_s64 tms_stime;
	abi_s64 tms_cutime;
	abi_s64 tms_cstime;
};
ABI_LAYOUT(abi_tms, tms_cstime, 24, 32);

#define ABI_CLOCK_REALTIME		0
#define ABI_CLOCK_MONOTONIC		1
#define ABI_CLOCK_PROCESS_CPUTIME_ID	2
#define ABI_CLOCK_THREAD_CPUTIME_ID	3
#define ABI_CLOCK_MONOTONIC_RAW		4
#define ABI_CLOCK_REALTIME_COARSE	5
#define ABI_CLOCK_MONOTONIC_COARSE	6
#define ABI_CLOCK_BOOTTIME		7

#define ABI_TIMER_ABSTIME	1

#endif
