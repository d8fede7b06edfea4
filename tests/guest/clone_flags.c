/* What of clone(2) goes together and what does not. */
#include "thread.h"

#include <sys/stat.h>

static char stack[32768] __attribute__((aligned(16)));
static volatile int memory;

static void refused(unsigned long flags)
{
	errno = 0;
	long result = syscall(SYS_clone, flags, stack + sizeof(stack), 0, 0, 0);

	if (result == 0)
		_exit(99);
	if (result != -1 || errno != EINVAL)
		test_fail(__FILE__, __LINE__, "clone %#lx gives %ld, errno %d", flags, result, errno);
}

static void child(void *argument)
{
	memory = 1;
	if (argument)
		chdir("/tmp");
	close(100);
	_exit(7);
}

/* Runs a child with the flags; whether it has changed this process's memory, directory, descriptors. */
static void shared(unsigned long flags)
{
	int status;
	char path[64];

	memory = 0;
	CHECK_EQ(chdir("/"), 0);
	CHECK_EQ(dup2(1, 100), 100);
	int pid = clone_call(flags | SIGCHLD, stack + sizeof(stack), NULL, NULL, NULL, child, stack);
	CHECK(pid > 0);
	CHECK_EQ(waitpid(pid, &status, 0), pid);
	CHECK_EQ(status, 7 << 8);
	CHECK_EQ(memory, !!(flags & CLONE_VM));
	CHECK_STR(getcwd(path, sizeof(path)), flags & CLONE_FS ? "/tmp" : "/");
	CHECK_EQ(close(100), flags & CLONE_FILES ? -1 : 0);
}

static void exit_signal(void *argument)
{
	(void)argument;
	_exit(3);
}

static volatile sig_atomic_t caught;

static void catches(int signal)
{
	caught = signal;
}

/* A child that ends with another signal than SIGCHLD is waited for by who says so. */
static void other_signal(int signal)
{
	int status, wclone = (int)0x80000000, wall = 0x40000000;

	caught = 0;
	int pid = clone_call(signal, stack + sizeof(stack), NULL, NULL, NULL, exit_signal, NULL);
	CHECK(pid > 0);
	CHECK_ERRNO(waitpid(pid, &status, 0), ECHILD);
	CHECK_EQ(waitpid(pid, &status, signal ? wclone : wall), pid);
	CHECK_EQ(status, 3 << 8);
	CHECK_EQ(caught, signal);
	pid = fork();
	if (pid == 0)
		_exit(0);
	CHECK_ERRNO(waitpid(pid, &status, wclone), ECHILD);
	CHECK_EQ(waitpid(pid, &status, wall), pid);
}

static void sibling(void *argument)
{
	_exit(getppid() == *(int *)argument ? 4 : 5);
}

/* CLONE_PARENT: a child of this process's parent. */
static void has_sibling(void)
{
	int parent = getppid();
	int pid = clone_call(CLONE_PARENT, stack + sizeof(stack), NULL, NULL, NULL, sibling, &parent);

	CHECK(pid > 0);
	CHECK_ERRNO(waitpid(pid, NULL, 0), ECHILD);
	_exit(0);
}

int main(void)
{
	const unsigned long vm = CLONE_VM;

	refused(CLONE_THREAD | SIGCHLD);
	refused(CLONE_SIGHAND | SIGCHLD);
	refused(CLONE_THREAD | vm);
	refused(CLONE_THREAD | CLONE_SIGHAND);
	refused(CLONE_NEWNS | CLONE_FS);
	refused(CLONE_PIDFD | CLONE_PARENT_SETTID);
	refused(CLONE_PIDFD | CLONE_DETACHED);
	for (unsigned flags = 0; flags < 8; flags++)
		shared((flags & 1 ? vm : 0) | (flags & 2 ? CLONE_FS : 0) | (flags & 4 ? CLONE_FILES : 0));
	shared(vm | CLONE_VFORK);
	shared(CLONE_VFORK);
	shared(CLONE_PTRACE | CLONE_SYSVSEM | CLONE_DETACHED | CLONE_UNTRACED | CLONE_IO);
	signal(SIGUSR1, catches);
	other_signal(SIGUSR1);
	other_signal(0);

	int status, pid = fork(), count = 0;
	if (pid == 0)
		has_sibling();
	while (waitpid(-1, &status, 0) > 0) {
		CHECK(status == 0 || status == 4 << 8);
		count++;
	}
	CHECK_EQ(count, 2);
	PASS();
}
