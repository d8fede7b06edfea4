/* Cancellation (pthreads(7)). A cancellation point is a system call that goes through
 * __cancel_call or, in stubs made from abi/syscalls.def, __cancel_stub (pthread/cancel_call.asm):
 * just before its syscall instruction that looks at the thread's cancel word. Whoever asks for
 * cancellation sets a bit there and sends CANCEL_SIGNAL, whose handler looks where the thread is:
 * between that look and the instruction (or at it, waiting) it is cancelled, elsewhere it goes on
 * to its next cancellation point. So a call that has done something always says so. */
#ifndef INTERNAL_CANCEL_H
#define INTERNAL_CANCEL_H

#include <stddef.h>

#include "sigset.h"

/* The bits of struct thread's cancel. */
#define CANCEL_ASKED	1
#define CANCEL_DISABLED	2
#define CANCEL_ASYNC	4
#define CANCEL_RETURNS	8	/* a cancelled call gives -ECANCELED instead of ending the thread */

#define CANCEL_SIGNAL	32
#define SETXID_SIGNAL	33	/* setxid.c */

/* A system call, its number last, that is a cancellation point; what the kernel gives. */
long __cancel_call(long a, long b, long c, long d, long e, long f, long number);

/* What a cancelled call does: ends the thread, or returns -ECANCELED. */
long __cancel_now(void);

/* Acts on a request for cancellation. */
void __cancel_test(void);	/* also pthread_testcancel */

/* Sets and clears bits of the calling thread's word; returns what it was. */
unsigned __cancel_change(unsigned set, unsigned clear);

/* Ends the calling thread. */
_Noreturn void __thread_exit(void *result);

#define cancel_call6(number, a, b, c, d, e, f)                                                     \
	__cancel_call((long)(a), (long)(b), (long)(c), (long)(d), (long)(e), (long)(f), number)

#endif
