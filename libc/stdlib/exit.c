/* exit(3), _Exit(2). */
#include <stdlib.h>

#include "alias.h"
#include "fork.h"
#include "syscall.h"
#include "thread.h"

typedef void (*destructor)(void);

/* linker/user.ld */
extern const destructor __fini_array_start[], __fini_array_end[];

/* These two are there only if the program uses what they end: functions registered with atexit, and
 * streams. */
void __atexit_run(void) __attribute__((weak));
void __stdio_exit(void) __attribute__((weak));

_Noreturn void _Exit(int status)
{
	for (;;)
		syscall1(SYS_exit_group, status);
}

weak_alias(_Exit, _exit);

struct thread *__exit_thread;

/* One thread ends the process; others that want to, wait for that. A function that exit calls and
 * that calls exit again goes on where it was. */
static void become_the_one(void)
{
	struct thread *nobody = NULL;

	while (!__atomic_compare_exchange_n(&__exit_thread, &nobody, thread_self(), false,
			__ATOMIC_ACQUIRE, __ATOMIC_ACQUIRE) && nobody != thread_self())
		syscall0(SYS_pause);
}

_Noreturn void exit(int status)
{
	if (__threaded)
		become_the_one();
	if (__atexit_run)
		__atexit_run();
	for (const destructor *d = __fini_array_end; d > __fini_array_start;)
		(*--d)();
	if (__stdio_exit)
		__stdio_exit();
	_Exit(status);
}
