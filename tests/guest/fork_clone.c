/* clone as fork and as vfork, on a stack of its own; and flags that mean nothing together. */
#define _GNU_SOURCE
#include "test.h"
#include <sys/syscall.h>

#define VM	0x100
#define SIGHAND	0x800
#define VFORK	0x4000
#define THREAD	0x10000

static char stack[16384] __attribute__((aligned(16)));
static volatile int seen;

static int status_of(pid_t child)
{
	int status;

	CHECK_EQ(waitpid(child, &status, 0), child);
	CHECK(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static pid_t as_fork(void)
{
	pid_t child = syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);

	if (child == 0)
		_exit(getppid() == 0 ? 1 : 6);
	return child;
}

/* The child returns from the call with nothing on its stack, so all of it is one piece of assembly:
 * it notes that it was there and that its stack is the new one, and exits. */
static pid_t as_vfork(void)
{
	long result;
	register long tls __asm__("r8") = 0;
	register long child_tid __asm__("r10") = 0;

	__asm__ volatile("syscall\n\t"
			 "test %%rax, %%rax\n\t"
			 "jnz 1f\n\t"
			 "push $1\n\t"
			 "pop %%rax\n\t"
			 "mov %%eax, %[seen]\n\t"
			 "mov $8, %%edi\n\t"
			 "mov $60, %%eax\n\t"
			 "syscall\n\t"
			 "1:"
			 : "=a"(result), [seen] "=m"(seen)
			 : "a"(SYS_clone), "D"((long)(VM | VFORK | SIGCHLD)),
			 "S"(stack + sizeof(stack)), "d"(0L), "r"(child_tid), "r"(tls)
			 : "rcx", "r11", "memory");
	return result;
}

int main(void)
{
	CHECK_EQ(status_of(as_fork()), 6);
	stack[sizeof(stack) - 8] = 0;
	CHECK_EQ(status_of(as_vfork()), 8);
	CHECK_EQ(seen, 1);
	CHECK_EQ(stack[sizeof(stack) - 8], 1);
	CHECK_ERRNO(syscall(SYS_clone, THREAD | SIGCHLD, 0, 0, 0, 0), EINVAL);
	CHECK_ERRNO(syscall(SYS_clone, SIGHAND | SIGCHLD, 0, 0, 0, 0), EINVAL);
	CHECK_ERRNO(waitpid(-1, NULL, 0), ECHILD);
	PASS();
}
