/* Signals to a group and to everybody, from one who may not send them to all.
 * guest-only: it sends signals to every process there is */
#include "test.h"

static int ready[2];
static pid_t group;

static pid_t begin(unsigned user, int in_group)
{
	char c;
	pid_t child = fork();

	CHECK(child >= 0);
	if (child == 0) {
		if (in_group)
			CHECK_EQ(setpgid(0, group), 0);
		CHECK_EQ(setuid(user), 0);
		CHECK_EQ(write(ready[1], "x", 1), 1);
		for (;;)
			pause();
	}
	CHECK_EQ(read(ready[0], &c, 1), 1);
	return child;
}

static void check_ended_by(pid_t child, int signal)
{
	int status;

	CHECK_EQ(waitpid(child, &status, 0), child);
	CHECK_EQ(status, signal);
}

/* One of the group may be signalled: no error. */
static void to_mixed_group(void)
{
	CHECK_EQ(setuid(1001), 0);
	CHECK_EQ(kill(-group, 0), 0);
	CHECK_EQ(kill(-group, SIGTERM), 0);
}

static void to_strange_group(void)
{
	CHECK_EQ(setuid(1003), 0);
	CHECK_ERRNO(kill(-group, 0), EPERM);
	CHECK_ERRNO(kill(-group, SIGTERM), EPERM);
	CHECK_EQ(kill(-group, SIGCONT), 0);
}

/* Everybody one may signal, but not oneself. */
static void to_all(void)
{
	CHECK_EQ(setuid(1001), 0);
	CHECK_EQ(kill(-1, SIGKILL), 0);
}

static void to_nobody(void)
{
	CHECK_EQ(setuid(1005), 0);
	CHECK_EQ(kill(-1, SIGKILL), 0);
}

int main(void)
{
	CHECK_EQ(pipe(ready), 0);
	pid_t first = group = 0;
	first = begin(1001, 1);
	group = first;
	pid_t second = begin(1002, 1), third = begin(1001, 1);
	pid_t outside = begin(1001, 0);

	CHECK_EXIT(to_strange_group, 0);
	CHECK_EXIT(to_mixed_group, 0);
	check_ended_by(first, SIGTERM);
	check_ended_by(third, SIGTERM);
	CHECK_EQ(waitpid(second, NULL, WNOHANG), 0);
	CHECK_EQ(waitpid(outside, NULL, WNOHANG), 0);

	CHECK_EXIT(to_nobody, 0);
	CHECK_EQ(waitpid(second, NULL, WNOHANG), 0);
	CHECK_EXIT(to_all, 0);
	check_ended_by(outside, SIGKILL);
	CHECK_EQ(waitpid(second, NULL, WNOHANG), 0);
	CHECK_EQ(kill(second, SIGKILL), 0);
	check_ended_by(second, SIGKILL);
	PASS();
}
