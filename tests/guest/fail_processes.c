/* Each allocation of fork, vfork, clone of a thread and execve fails in turn: ENOMEM, and there is no new process and
 * no new descriptor; execve leaves its caller as it was, or kills it when it is past return.
 * guest-only: Linux has /proc/self/fail-nth only where it was built for it. */
#define _GNU_SOURCE
#include "fail_nth.h"
#include "thread.h"

#include <sys/mman.h>
#include <sys/prctl.h>

static char *self, *memory;

#define SIZE	(64 * 4096ul)

#define CLEAN	5	/* statuses: nothing failed; something did that was not needed; */
#define FAILED	6
#define REFUSED	7	/* the call gave ENOMEM and has done nothing */

__attribute__((noreturn))
static void fork_ended(pid_t child, int error)
{
	bool failed = fail_happened();

	fail_set(0);
	memset(memory, 1, SIZE);
	if (child < 0) {
		CHECK(failed && error == ENOMEM);
		CHECK_ERRNO(waitpid(-1, NULL, 0), ECHILD);
		_exit(REFUSED);
	}
	CHECK_EQ(waitpid(child, NULL, 0), child);
	_exit(failed ? FAILED : CLEAN);
}

/* Children that let their n-th allocation fail. */
static void fork_child(unsigned n)
{
	fail_set(n);
	pid_t child = fork();
	int error = errno;

	if (child == 0)
		_exit(3);
	fork_ended(child, error);
}

static void vfork_child(unsigned n)
{
	fail_set(n);
	pid_t child = vfork();
	int error = errno;

	if (child == 0)
		_exit(3);
	fork_ended(child, error);
}

static struct thread thread;

static void does_nothing(void *argument)
{
	(void)argument;
}

/* One that shares nothing it need not, and so allocates most. */
static void thread_child(unsigned n)
{
	const unsigned long flags = THREAD_FLAGS & ~(CLONE_FS | CLONE_FILES);

	memset(&thread, 0, sizeof(thread));
	thread.tid = -1;
	fail_set(n);
	long tid = clone_call(flags, thread.stack + sizeof(thread.stack), &thread.given, &thread.tid, NULL,
		does_nothing, NULL);
	bool failed = fail_happened();
	fail_set(0);
	if (tid < 0) {
		CHECK(failed && tid == -ENOMEM);
		_exit(REFUSED);
	}
	while (thread.tid != 0)
		usleep(100);
	_exit(failed ? FAILED : CLEAN);
}

/* The new program goes on counting: also its own first page faults fail. */
static int exec_program(void)
{
	return fail_happened() ? FAILED : CLEAN;
}

static void exec_child(unsigned n)
{
	char *arguments[] = { self, "program", NULL }, *environment[] = { "A=B", NULL };

	CHECK_EQ(dup2(fail_fd, 100), 100);
	fail_set(n);
	execve(self, arguments, environment);
	int error = errno;
	CHECK(fail_happened());
	fail_set(0);
	/* All of it is still there. */
	memset(memory, 2, SIZE);
	CHECK_STR(arguments[1], "program");
	_exit(error == ENOMEM ? REFUSED : 1);
}

/* After the call the child goes on counting for a while: a page fault that fails kills it. Its own
 * children come to this process then. */
static void each(const char *name, void (*child_runs)(unsigned))
{
	struct abi_ai_ledger before;
	unsigned refused = 0;
	int ended = 0, status;

	for (unsigned n = 1; ended != CLEAN; n++) {
		CHECK(n < FAIL_NTH_MOST);
		CHECK(ledger_read(&before));
		pid_t child = fork();
		CHECK(child >= 0);
		if (child == 0)
			child_runs(n);
		CHECK_EQ(waitpid(child, &status, 0), child);
		while (waitpid(-1, NULL, 0) > 0)
			;
		ended = WIFEXITED(status) ? WEXITSTATUS(status) : 0;
		refused += ended == REFUSED;
		if (ended < CLEAN && !(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL))
			test_fail(__FILE__, __LINE__, "%s, allocation %u: status %#x", name, n, status);
		fail_check_ledger(&before, name, n);
	}
	CHECK(refused > 5);
}

static void nothing(void)
{
}

int main(int argc, char **argv)
{
	if (argc > 1) {
		fail_fd = 100;
		return exec_program();
	}
	self = argv[0];
	fail_init();
	memory = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	CHECK(memory != MAP_FAILED);
	memset(memory, 7, SIZE);
	CHECK_EQ(prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
	CHECK_EXIT(nothing, 0);		/* the pages that a first fork touches are no leak */
	each("fork", fork_child);
	each("vfork", vfork_child);
	each("thread", thread_child);
	each("execve", exec_child);
	PASS();
}
