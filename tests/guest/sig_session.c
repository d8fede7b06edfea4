/* Sessions and groups: who may begin one and who may join, with exact errors. */
#include "test.h"

static void begin_session(void)
{
	pid_t old = getsid(0);

	CHECK_EQ(setsid(), getpid());
	CHECK_EQ(getsid(0), getpid());
	CHECK_EQ(getpgrp(), getpid());
	CHECK(old != getpid());
	CHECK_ERRNO(setsid(), EPERM);		/* its group has that number */
	CHECK_ERRNO(setpgid(0, 0), EPERM);	/* who leads a session stays */
}

static void group_leader(void)
{
	CHECK_EQ(setpgid(0, 0), 0);
	CHECK_ERRNO(setsid(), EPERM);
}

/* A child in another session is out of reach, and so is a group there. */
static void other_session(void)
{
	int up[2], down[2];
	char c;

	CHECK_EQ(pipe(up), 0);
	CHECK_EQ(pipe(down), 0);
	pid_t child = fork();
	if (child == 0) {
		CHECK(setsid() > 0);
		CHECK_EQ(write(up[1], "x", 1), 1);
		CHECK_EQ(read(down[0], &c, 1), 1);
		_exit(0);
	}
	CHECK_EQ(read(up[0], &c, 1), 1);
	CHECK_EQ(getsid(child), child);
	CHECK_ERRNO(setpgid(child, child), EPERM);
	CHECK_ERRNO(setpgid(0, child), EPERM);
	CHECK_EQ(write(down[1], "x", 1), 1);
	CHECK_EQ(waitpid(child, NULL, 0), child);
	CHECK_ERRNO(getsid(child), ESRCH);
}

/* A child in the parent's session is in it. */
static void inherited(void)
{
	pid_t session = getsid(0), child = fork();

	if (child == 0)
		_exit(getsid(0) == session ? 0 : 1);
	int status;
	CHECK_EQ(waitpid(child, &status, 0), child);
	CHECK_EQ(status, 0);
}

int main(void)
{
	CHECK_EXIT(begin_session, 0);
	CHECK_EXIT(group_leader, 0);
	CHECK_EXIT(other_session, 0);
	inherited();
	CHECK_ERRNO(getsid(-1), ESRCH);
	CHECK_ERRNO(setpgid(-1, 0), EINVAL);
	CHECK_ERRNO(setpgid(-1, 1), ESRCH);
	CHECK_ERRNO(setpgid(0, -1), EINVAL);
	CHECK_ERRNO(setpgid(getppid(), 0), ESRCH);
	PASS();
}
