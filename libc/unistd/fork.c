/* fork(2). In the child only the calling thread is left, so nobody may be half-way through a change
 * of what the libc has: the locks of such things are taken before, and the child begins with them
 * free. Of streams a child cannot know which another thread was using; __stdio_after_fork makes
 * all of them usable. */
#include <abi/sched.h>
#include <signal.h>
#include <unistd.h>

#include "alias.h"
#include "fork.h"
#include "malloc_fork.h"
#include "sigset.h"
#include "thread_list.h"

unsigned __fork_generation;

/* Of these there is what the program uses. */
#pragma weak __malloc_in_child
#pragma weak __heap_lock
#pragma weak __atfork_prepare
#pragma weak __atfork_parent
#pragma weak __atfork_child
#pragma weak __stdio_after_fork
#pragma weak __threads_after_fork
extern int __atexit_lock __attribute__((weak));
extern int __environ_lock __attribute__((weak));
extern int __file_list_lock __attribute__((weak));
extern int __keys_lock __attribute__((weak));
extern int __quick_exit_lock __attribute__((weak));
extern int __sem_list_lock __attribute__((weak));
extern int __system_lock __attribute__((weak));
extern int __thread_list_lock __attribute__((weak));

void __stdio_after_fork(void);
void __threads_after_fork(void);

/* In the order in which one may be taken while another is held. */
static int *const locks[] = {
	&__thread_list_lock, &__keys_lock, &__atexit_lock, &__quick_exit_lock, &__environ_lock,
	&__system_lock, &__file_list_lock, &__sem_list_lock, &__heap_lock,
};
#define LOCKS (sizeof(locks) / sizeof(locks[0]))

static void lock_all(void)
{
	for (size_t i = 0; i < LOCKS; i++)
		if (locks[i])
			lock(locks[i]);
}

static void unlock_all(void)
{
	for (size_t i = LOCKS; i-- > 0;)
		if (locks[i])
			unlock(locks[i]);
}

static void begin_child(void)
{
	__fork_generation++;
	if (__exit_thread != thread_self())
		__exit_thread = NULL;
	if (__malloc_in_child)
		__malloc_in_child();
	unlock_all();
	if (__threads_after_fork)
		__threads_after_fork();
	if (__stdio_after_fork)
		__stdio_after_fork();
}

/* The child's TID gets into its copy of the control block. */
static long call(void)
{
	return syscall6(SYS_clone, ABI_CLONE_CHILD_SETTID | ABI_CLONE_CHILD_CLEARTID | SIGCHLD, 0,
		0, (long)&thread_self()->tid, 0, 0);
}

pid_t __fork(void)
{
	unsigned long mask;
	long result;

	if (__atfork_prepare)
		__atfork_prepare();
	mask = signals_block();
	lock_all();
	result = call();
	if (result == 0)
		begin_child();
	else
		unlock_all();
	signals_restore(mask);
	if (result == 0 && __atfork_child)
		__atfork_child();
	else if (result != 0 && __atfork_parent)
		__atfork_parent();
	return (pid_t)syscall_return(result);
}

weak_alias(__fork, fork);
