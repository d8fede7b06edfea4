/* Threads for tests of the kernel, made by clone(2) itself with the flags that musl and glibc use. They share the TLS of
 * main, and so errno: only one of them at a time looks at it. */
#ifndef THREAD_H
#define THREAD_H

#include <sys/syscall.h>
#include <time.h>

#include "test.h"

#define CLONE_VM		0x100
#define CLONE_FS		0x200
#define CLONE_FILES		0x400
#define CLONE_SIGHAND		0x800
#define CLONE_PIDFD		0x1000
#define CLONE_PTRACE		0x2000
#define CLONE_VFORK		0x4000
#define CLONE_PARENT		0x8000
#define CLONE_THREAD		0x10000
#define CLONE_NEWNS		0x20000
#define CLONE_SYSVSEM		0x40000
#define CLONE_SETTLS		0x80000
#define CLONE_PARENT_SETTID	0x100000
#define CLONE_CHILD_CLEARTID	0x200000
#define CLONE_DETACHED		0x400000
#define CLONE_UNTRACED		0x800000
#define CLONE_CHILD_SETTID	0x1000000
#define CLONE_IO		0x80000000ul
#define CLONE_CLEAR_SIGHAND	0x100000000ul

#define THREAD_FLAGS \
	(CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM | \
		CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID | CLONE_DETACHED)

#define FUTEX_WAIT	0
#define FUTEX_WAKE	1
#define FUTEX_PRIVATE	128

struct thread {
	volatile int tid;	/* 0 when it has ended */
	int given;		/* the same, but stays */
	char stack[32768] __attribute__((aligned(16)));
};

/* clone with the stack of its own; the child calls function(argument) and ends with exit(2). */
__attribute__((unused))
static long clone_call(unsigned long flags, void *stack_end, volatile int *parent_tid,
	volatile int *child_tid, void *tls, void (*function)(void *), void *argument)
{
	void **top = (void **)((unsigned long)stack_end & ~15ul);
	long result;

	*--top = argument;
	*--top = (void *)function;
	register volatile int *child __asm__("r10") = child_tid;
	register void *fs __asm__("r8") = tls;
	__asm__ volatile("syscall\n\t"
			 "test %%rax, %%rax\n\t"
			 "jnz 1f\n\t"
			 "xor %%ebp, %%ebp\n\t"
			 "pop %%rax\n\t"
			 "pop %%rdi\n\t"
			 "call *%%rax\n\t"
			 "xor %%edi, %%edi\n\t"
			 "mov %[exit], %%eax\n\t"
			 "syscall\n\t"
			 "hlt\n\t"
			 "1:"
			 : "=a"(result)
			 : "a"(SYS_clone), "D"(flags), "S"(top), "d"(parent_tid), "r"(child), "r"(fs),
			 [exit] "i"(SYS_exit)
			 : "rcx", "r11", "memory");
	return result;
}

__attribute__((unused))
static int thread_start(struct thread *thread, void (*function)(void *), void *argument)
{
	thread->tid = -1;
	int tid = clone_call(THREAD_FLAGS, thread->stack + sizeof(thread->stack), &thread->given,
		&thread->tid, NULL, function, argument);
	int nobody = -1;

	/* Unless it has ended already. */
	if (tid > 0)
		__atomic_compare_exchange_n(
			&thread->tid, &nobody, tid, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
	return tid;
}

__attribute__((unused))
static long futex(volatile int *word, int op, int value, const struct timespec *timeout)
{
	return syscall(SYS_futex, word, op, value, timeout, NULL, 0);
}

/* Waits until it has ended. */
__attribute__((unused))
static void thread_join(struct thread *thread)
{
	int tid;

	/* The kernel wakes those who do not call their futex private. */
	while ((tid = thread->tid) != 0)
		futex(&thread->tid, FUTEX_WAIT, tid, NULL);
}

/* Waits until another thread has set the word. */
__attribute__((unused))
static void wait_word(volatile int *word)
{
	while (!*word)
		syscall(SYS_sched_yield);
}

static inline int own_tid(void)
{
	return syscall(SYS_gettid);
}

#endif
