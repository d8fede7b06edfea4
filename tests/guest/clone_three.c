/* clone3: the versions of its struct, what it refuses beyond clone, and that it makes processes and threads. */
#include "thread.h"

#include <stdint.h>
#include <sys/mman.h>

#define SYS_CLONE3	435

struct args {
	uint64_t flags, pidfd, child_tid, parent_tid, exit_signal, stack, stack_size, tls, set_tid, set_tid_size,
		cgroup, more[8];
};

static char stack[32768] __attribute__((aligned(16)));
static volatile int child_tid, parent_tid, seen;

static void ends(struct args *args, size_t size)
{
	errno = 0;
	long result = syscall(SYS_CLONE3, args, size);

	if (result == 0)
		_exit(6);
	CHECK(result > 0);
	int status;
	CHECK_EQ(waitpid(result, &status, 0x40000000), result);
	CHECK_EQ(status, 6 << 8);
}

static void refused(struct args *args, size_t size, int error)
{
	errno = 0;
	long result = syscall(SYS_CLONE3, args, size);

	if (result == 0)
		_exit(1);
	if (result != -1 || errno != error)
		test_fail(__FILE__, __LINE__, "clone3 gives %ld, errno %d instead of %d", result, errno, error);
}

#define ENDS(size, ...)		ends(&(struct args){ __VA_ARGS__ }, size)
#define REFUSED(error, size, ...) refused(&(struct args){ __VA_ARGS__ }, size, error)

static void sizes(void)
{
	struct args *page = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	for (size_t size = 64; size <= sizeof(struct args); size += 4)
		ENDS(size, .exit_signal = SIGCHLD);
	REFUSED(EINVAL, 63, .exit_signal = SIGCHLD);
	REFUSED(EINVAL, 0, .exit_signal = SIGCHLD);
	REFUSED(E2BIG, sizeof(struct args), .more = { [7] = 1 });
	CHECK(page != MAP_FAILED);
	page->exit_signal = SIGCHLD;
	ends(page, 4096);
	refused(page, 4097, E2BIG);
	((uint64_t *)page)[500] = 1;
	refused(page, 4096, E2BIG);
	refused((struct args *)8, 64, EFAULT);
	refused((struct args *)8, 63, EINVAL);
	refused((struct args *)8, 5000, E2BIG);
	refused(NULL, 88, EFAULT);
	refused((struct args *)(1ul << 63), 88, EFAULT);
	CHECK_EQ(munmap(page, 8192), 0);
}

static void errors(void)
{
	const uint64_t thread = CLONE_THREAD | CLONE_SIGHAND | CLONE_VM;

	REFUSED(EINVAL, 64, .flags = SIGCHLD, .exit_signal = SIGCHLD);
	REFUSED(EINVAL, 64, .exit_signal = 65);
	REFUSED(EINVAL, 64, .exit_signal = 256);
	REFUSED(EINVAL, 64, .exit_signal = -1ul);
	REFUSED(EINVAL, 64, .flags = CLONE_DETACHED, .exit_signal = SIGCHLD);
	REFUSED(EINVAL, 64, .flags = 1ul << 40, .exit_signal = SIGCHLD);
	REFUSED(EINVAL, 64, .flags = CLONE_CLEAR_SIGHAND | CLONE_SIGHAND | CLONE_VM, .exit_signal = SIGCHLD);
	REFUSED(EINVAL, 64, .flags = thread, .exit_signal = SIGCHLD);
	REFUSED(EINVAL, 64, .flags = CLONE_PARENT, .exit_signal = SIGCHLD);
	REFUSED(EINVAL, 64, .stack = (uint64_t)stack, .exit_signal = SIGCHLD);
	REFUSED(EINVAL, 64, .stack_size = 4096, .exit_signal = SIGCHLD);
	REFUSED(EINVAL, 64, .stack = -4096ul, .stack_size = 4096, .exit_signal = SIGCHLD);
	REFUSED(EINVAL, 64, .stack = 1ul << 47, .stack_size = 4096, .exit_signal = SIGCHLD);
	REFUSED(EINVAL, 80, .set_tid_size = 1, .exit_signal = SIGCHLD);
	REFUSED(EINVAL, 80, .set_tid = (uint64_t)&seen, .exit_signal = SIGCHLD);
	REFUSED(EPERM, 64, .flags = CLONE_SETTLS, .tls = 1ul << 63, .exit_signal = SIGCHLD);
}

/* The child begins on its stack with nothing of the caller's. */
static void thread(void)
{
	struct args args = {
		.flags = THREAD_FLAGS & ~CLONE_DETACHED,
		.child_tid = (uint64_t)&child_tid,
		.parent_tid = (uint64_t)&parent_tid,
		.stack = (uint64_t)stack,
		.stack_size = sizeof(stack),
	};
	long result;

	child_tid = -1;
	__asm__ volatile("syscall\n\t"
			 "test %%rax, %%rax\n\t"
			 "jnz 1f\n\t"
			 "mov %[gettid], %%eax\n\t"
			 "push %%rax\n\t"
			 "syscall\n\t"
			 "mov %%eax, %[seen]\n\t"
			 "xor %%edi, %%edi\n\t"
			 "mov %[exit], %%eax\n\t"
			 "syscall\n\t"
			 "1:"
			 : "=a"(result), [seen] "=m"(seen)
			 : "a"(SYS_CLONE3), "D"(&args), "S"(sizeof(args)), [gettid] "i"(SYS_gettid),
			 [exit] "i"(SYS_exit)
			 : "rcx", "r11", "memory");
	CHECK(result > 0);
	while (child_tid != 0)
		syscall(SYS_sched_yield);
	CHECK_EQ(parent_tid, result);
	CHECK_EQ(seen, result);
	CHECK_EQ(*(long *)(stack + sizeof(stack) - 8), SYS_gettid);
}

static void catches(int signal)
{
	(void)signal;
}

/* Handlers are gone, what is ignored stays so. */
static void clear_handlers(void)
{
	struct args args = { .flags = CLONE_CLEAR_SIGHAND, .exit_signal = SIGCHLD };
	struct sigaction action;
	int status;

	signal(SIGUSR1, catches);
	signal(SIGUSR2, SIG_IGN);
	pid_t child = syscall(SYS_CLONE3, &args, sizeof(args));
	if (child == 0) {
		sigaction(SIGUSR1, NULL, &action);
		int cleared = action.sa_handler == SIG_DFL;
		sigaction(SIGUSR2, NULL, &action);
		_exit(cleared && action.sa_handler == SIG_IGN ? 6 : 1);
	}
	CHECK_EQ(waitpid(child, &status, 0), child);
	CHECK_EQ(status, 6 << 8);
	sigaction(SIGUSR1, NULL, &action);
	CHECK_EQ(action.sa_handler, catches);
}

int main(void)
{
	sizes();
	errors();
	ENDS(64, .flags = CLONE_VFORK, .exit_signal = SIGCHLD);
	ENDS(64, .exit_signal = 0);
	thread();
	clear_handlers();
	PASS();
}
