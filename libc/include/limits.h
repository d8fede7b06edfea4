/* Limits of the C types and of the system (limits.h(0p)). What sysconf(3) gives can be more than
 * the minimum here. */
#ifndef _LIMITS_H
#define _LIMITS_H

#define CHAR_BIT	__CHAR_BIT__
#define SCHAR_MAX	__SCHAR_MAX__
#define SCHAR_MIN	(-SCHAR_MAX - 1)
#define UCHAR_MAX	(SCHAR_MAX * 2 + 1)
#ifdef __CHAR_UNSIGNED__
#define CHAR_MIN	0
#define CHAR_MAX	UCHAR_MAX
#else
#define CHAR_MIN	SCHAR_MIN
#define CHAR_MAX	SCHAR_MAX
#endif
#define SHRT_MAX	__SHRT_MAX__
#define SHRT_MIN	(-SHRT_MAX - 1)
#define USHRT_MAX	(SHRT_MAX * 2 + 1)
#define INT_MAX		__INT_MAX__
#define INT_MIN		(-INT_MAX - 1)
#define UINT_MAX	(INT_MAX * 2U + 1)
#define LONG_MAX	__LONG_MAX__
#define LONG_MIN	(-LONG_MAX - 1)
#define ULONG_MAX	(LONG_MAX * 2UL + 1)
#define LLONG_MAX	__LONG_LONG_MAX__
#define LLONG_MIN	(-LLONG_MAX - 1)
#define ULLONG_MAX	(LLONG_MAX * 2ULL + 1)
#define SSIZE_MAX	LONG_MAX
#define LONG_BIT	64
#define WORD_BIT	32
#define MB_LEN_MAX	4

#define PATH_MAX	4096	/* bytes of a path, its NUL included */
#define NAME_MAX	255	/* bytes of one component, without NUL */
#define PIPE_BUF	4096	/* bytes that write to a pipe puts there undivided */
#define IOV_MAX		1024	/* parts that readv and writev take */
#define ARG_MAX		131072	/* bytes of arguments and environment that execve always takes */
#define LINE_MAX	2048
#define HOST_NAME_MAX	64	/* bytes of gethostname's name, without NUL */
#define NGROUPS_MAX	65536
#define SYMLOOP_MAX	40

#define PTHREAD_KEYS_MAX		128
#define PTHREAD_DESTRUCTOR_ITERATIONS	4
#define PTHREAD_STACK_MIN		16384
#define SEM_VALUE_MAX			0x7fffffff

#define _POSIX_PATH_MAX	256
#define _POSIX_NAME_MAX	14
#define _POSIX_PIPE_BUF	512
#define _POSIX_ARG_MAX	4096

#endif
