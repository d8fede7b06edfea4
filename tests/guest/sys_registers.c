/* A system call changes rax, rcx and r11, and no other register; the direction flag and the others
 * come back as well. */
#include "test.h"
#include <sys/syscall.h>

struct registers {
	unsigned long rbx, rdx, rsi, rdi, rbp, r8, r9, r10, r12, r13, r14, r15, rax, rsp, flags;
};

/* Loads all registers, makes the call, stores all registers. rax: the number before, the result
 * after. */
void call_with(const struct registers *before, struct registers *after);
__asm__(".text\n"
	"call_with:\n"
	"	push %rbx; push %rbp; push %r12; push %r13; push %r14; push %r15; push %rsi\n"
	"	mov %rdi, %rax\n"
	"	mov (%rax), %rbx; mov 8(%rax), %rdx; mov 16(%rax), %rsi; mov 24(%rax), %rdi\n"
	"	mov 32(%rax), %rbp; mov 40(%rax), %r8; mov 48(%rax), %r9; mov 56(%rax), %r10\n"
	"	mov 64(%rax), %r12; mov 72(%rax), %r13; mov 80(%rax), %r14; mov 88(%rax), %r15\n"
	"	mov 96(%rax), %rax\n"
	"	mov %rsp, %rcx; push %rcx\n"
	"	syscall\n"
	"	pop %rcx; sub %rsp, %rcx\n"		/* 0 if the stack pointer came back */
	"	mov (%rsp), %r11\n"
	"	mov %rbx, (%r11); mov %rdx, 8(%r11); mov %rsi, 16(%r11); mov %rdi, 24(%r11)\n"
	"	mov %rbp, 32(%r11); mov %r8, 40(%r11); mov %r9, 48(%r11); mov %r10, 56(%r11)\n"
	"	mov %r12, 64(%r11); mov %r13, 72(%r11); mov %r14, 80(%r11); mov %r15, 88(%r11)\n"
	"	mov %rax, 96(%r11); mov %rcx, 104(%r11)\n"
	"	pushfq; pop %rax; mov %rax, 112(%r11)\n"
	"	pop %rsi; pop %r15; pop %r14; pop %r13; pop %r12; pop %rbp; pop %rbx\n"
	"	ret\n");

static long preserved(unsigned long number, unsigned long rdi, unsigned long rsi, unsigned long rdx)
{
	struct registers before =
				 {
					 .rbx = 0x1111111111111111,
					 .rbp = 0x2222222222222222,
					 .r8 = 0x3333333333333333,
					 .r9 = 0x4444444444444444,
					 .r10 = 0,
					 .r12 = 0x6666666666666666,
					 .r13 = 0x7777777777777777,
					 .r14 = 0x8888888888888888,
					 .r15 = 0x9999999999999999,
					 .rdi = rdi,
					 .rsi = rsi,
					 .rdx = rdx,
					 .rax = number,
				 },
			 after;

	call_with(&before, &after);
	CHECK_EQ(after.rsp, 0);
	CHECK_EQ(after.flags & 0x400, 0);
	before.rax = after.rax;
	before.rsp = after.rsp;
	before.flags = after.flags;
	CHECK_EQ(memcmp(&before, &after, sizeof(before)), 0);
	return after.rax;
}

int main(void)
{
	static const struct { long seconds, ns; } moment = { 0, 2000000 };
	int ends[2];
	char byte = 0;

	CHECK_EQ(preserved(SYS_getpid, 0, 0, 0), getpid());
	CHECK_EQ(preserved(511, 1, 2, 3), -ENOSYS);
	CHECK_EQ(preserved(99999, 1, 2, 3), -ENOSYS);
	CHECK_EQ(preserved(SYS_close, 12345, 2, 3), -EBADF);
	CHECK_EQ(preserved(SYS_sched_yield, 1, 2, 3), 0);
	CHECK_EQ(preserved(SYS_nanosleep, (unsigned long)&moment, 0, 3), 0);
	CHECK_EQ(pipe(ends), 0);
	CHECK_EQ(preserved(SYS_write, ends[1], (unsigned long)"x", 1), 1);
	CHECK_EQ(preserved(SYS_read, ends[0], (unsigned long)&byte, 1), 1);
	CHECK_EQ(byte, 'x');
	CHECK_EQ(preserved(SYS_execve, 8, 0, 0), -EFAULT);
	/* The parent's side of fork, and the child's. */
	pid_t parent = getpid();
	long child = preserved(SYS_fork, 1, 2, 3);
	if (getpid() != parent)
		_exit(child != 0);
	int status;
	CHECK(child > 0);
	CHECK_EQ(waitpid(child, &status, 0), child);
	CHECK_EQ(status, 0);
	PASS();
}
