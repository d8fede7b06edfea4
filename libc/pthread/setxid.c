/* IDs belong to the process, says POSIX; to each thread, says the kernel. So a call that changes
 * them is made by all threads: the caller first, and if that succeeds it has the others do the same
 * in the handler of a signal which nothing blocks. It holds the lock of the list until the last has
 * said that it is done; nobody begins or ends meanwhile (launch and leave do not block that signal
 * while they wait for the lock). */
#include <stdlib.h>

#include "cancel.h"
#include "futex.h"
#include "setxid.h"
#include "thread_list.h"

static struct {
	long number, a, b, c;
	int left;	/* threads that have not done it yet */
	int failed;
} request;

static void handle(int signal)
{
	(void)signal;
	if (syscall3(request.number, request.a, request.b, request.c) < 0)
		__atomic_store_n(&request.failed, 1, __ATOMIC_RELAXED);
	if (__atomic_sub_fetch(&request.left, 1, __ATOMIC_ACQ_REL) == 0)
		futex_wake(&request.left, 1, false);
}

static void ask_others(void)
{
	const struct sigaction action = {
		.sa_handler = handle,
		.sa_mask = { { ~0ul } },
		.sa_flags = SA_RESTART | SA_ONSTACK,
	};
	struct thread *self = thread_self();
	int left;

	__sigaction_any(SETXID_SIGNAL, &action, NULL);
	request.left = __thread_count - 1;
	request.failed = 0;
	for (struct thread *thread = self->next; thread != self; thread = thread->next)
		syscall3(SYS_tgkill, __getpid(), thread->tid, SETXID_SIGNAL);
	while ((left = __atomic_load_n(&request.left, __ATOMIC_ACQUIRE)) != 0)
		__futex_wait(&request.left, left, false, (struct deadline){ 0 });
	/* Threads with different rights would be worse than none. */
	if (request.failed)
		abort();
}

long __setxid(long number, long a, long b, long c)
{
	unsigned long mask;
	long result;

	if (!__threaded)
		return syscall3(number, a, b, c);
	mask = signals_block();
	lock_always(&__thread_list_lock);
	result = syscall3(number, a, b, c);
	if (result >= 0 && __thread_count > 1) {
		request.number = number;
		request.a = a;
		request.b = b;
		request.c = c;
		ask_others();
	}
	unlock_always(&__thread_list_lock);
	signals_restore(mask);
	return result;
}
