/* pthread_cancel(3), pthread_setcancelstate(3), pthread_testcancel(3). internal/cancel.h says how
 * it works. */
#include "cancel.h"

#include <errno.h>
#include <pthread.h>
#include <stdint.h>

#include "alias.h"
#include "syscall.h"
#include "thread_list.h"

extern const char __cancel_begin[], __cancel_end[], __cancel_here[], __cancel_anywhere[];

static unsigned flags(struct thread *thread)
{
	return __atomic_load_n(&thread->cancel, __ATOMIC_ACQUIRE);
}

static bool due(unsigned flags)
{
	return (flags & (CANCEL_ASKED | CANCEL_DISABLED)) == CANCEL_ASKED;
}

long __cancel_now(void)
{
	if (flags(thread_self()) & CANCEL_RETURNS)
		return -ECANCELED;
	__thread_exit(PTHREAD_CANCELED);
}

void __cancel_test(void)
{
	if (due(flags(thread_self())))
		__cancel_now();
}

/* On a handler's stack the interrupted code may be the program's handler of another signal, which
 * has interrupted a cancellation point. So this signal comes again when that handler returns: it is
 * sent again and blocked until then. */
static void handle_cancel(int signal, siginfo_t *info, void *context)
{
	mcontext_t *at = &((ucontext_t *)context)->uc_mcontext;
	uintptr_t place = (uintptr_t)at->gregs[REG_RIP];
	struct thread *self = thread_self();

	(void)info;
	if (!due(flags(self)))
		return;
	if (place >= (uintptr_t)__cancel_begin && place < (uintptr_t)__cancel_end) {
		at->gregs[REG_RIP] = (greg_t)__cancel_here;
	} else if ((flags(self) & (CANCEL_ASYNC | CANCEL_RETURNS)) == CANCEL_ASYNC) {
		at->gregs[REG_RIP] = (greg_t)__cancel_anywhere;
	} else {
		((ucontext_t *)context)->uc_sigmask.__bits[0] |= 1ul << (signal - 1);
		__tgkill(__getpid(), self->tid, signal);
	}
}

static void install_handler(void)
{
	static bool installed;
	const struct sigaction action = {
		.sa_sigaction = handle_cancel,
		.sa_mask = { { SIGNALS_ALL } },
		.sa_flags = SA_SIGINFO | SA_RESTART | SA_ONSTACK,
	};

	if (!__atomic_load_n(&installed, __ATOMIC_ACQUIRE)) {
		__sigaction_any(CANCEL_SIGNAL, &action, NULL);
		__atomic_store_n(&installed, true, __ATOMIC_RELEASE);
	}
}

int __pthread_cancel(pthread_t id)
{
	struct thread *thread = thread_of(id);

	install_handler();
	__atomic_fetch_or(&thread->cancel, CANCEL_ASKED, __ATOMIC_SEQ_CST);
	if (thread != thread_self())
		return __thread_signal(thread, CANCEL_SIGNAL);
	if (flags(thread) & CANCEL_ASYNC)
		__cancel_test();
	return 0;
}

weak_alias(__pthread_cancel, pthread_cancel);

unsigned __cancel_change(unsigned set, unsigned clear)
{
	struct thread *self = thread_self();
	unsigned old = flags(self);

	while (!__atomic_compare_exchange_n(&self->cancel, &old, (old & ~clear) | set, false,
		__ATOMIC_SEQ_CST, __ATOMIC_ACQUIRE))
		;
	return old;
}

static int change(unsigned bit, bool set, int *was)
{
	unsigned old = __cancel_change(set ? bit : 0, set ? 0 : bit);

	if (was)
		*was = (old & bit) != 0;
	if (flags(thread_self()) & CANCEL_ASYNC)
		__cancel_test();
	return 0;
}

int __pthread_setcancelstate(int state, int *old)
{
	if (state != PTHREAD_CANCEL_ENABLE && state != PTHREAD_CANCEL_DISABLE)
		return EINVAL;
	return change(CANCEL_DISABLED, state == PTHREAD_CANCEL_DISABLE, old);
}

int __pthread_setcanceltype(int type, int *old)
{
	if (type != PTHREAD_CANCEL_DEFERRED && type != PTHREAD_CANCEL_ASYNCHRONOUS)
		return EINVAL;
	return change(CANCEL_ASYNC, type == PTHREAD_CANCEL_ASYNCHRONOUS, old);
}

weak_alias(__pthread_setcanceltype, pthread_setcanceltype);

weak_alias(__pthread_setcancelstate, pthread_setcancelstate);
weak_alias(__cancel_test, pthread_testcancel);
