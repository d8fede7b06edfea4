/* Who may send a signal to whom: the sender's real or effective user has to be the other's real or saved one. On Linux it needs
 * to be run by root; whatever is sent is signal 0 or SIGCONT, which its own children get. */
#include "test.h"

#include <sys/syscall.h>

struct users {
	unsigned real, effective, saved;
};

static const struct {
	struct users sender, target;
	int allowed;
} rows[] = {
	{ { 0, 0, 0 }, { 1001, 1001, 1001 }, 1 },
	{ { 1001, 0, 1001 }, { 1002, 1002, 1002 }, 1 },
	{ { 0, 1001, 0 }, { 1002, 1002, 1002 }, 0 },
	{ { 1001, 1001, 1001 }, { 0, 0, 0 }, 0 },
	{ { 1001, 1001, 1001 }, { 1001, 1001, 1001 }, 1 },
	{ { 1001, 1001, 1001 }, { 1002, 1002, 1002 }, 0 },
	{ { 1001, 1002, 1002 }, { 1001, 1003, 1003 }, 1 },
	{ { 1001, 1002, 1002 }, { 1003, 1003, 1001 }, 1 },
	{ { 1001, 1002, 1003 }, { 1002, 1004, 1004 }, 1 },
	{ { 1001, 1002, 1003 }, { 1004, 1004, 1002 }, 1 },
	/* The target's effective user and the sender's saved one do not count. */
	{ { 1001, 1001, 1001 }, { 1002, 1001, 1002 }, 0 },
	{ { 1001, 1002, 1003 }, { 1003, 1003, 1003 }, 0 },
};

static int ready[2];
static volatile pid_t target;
static int row;

static void become(const struct users *users)
{
	CHECK_EQ(syscall(SYS_setresuid, users->real, users->effective, users->saved), 0);
}

static pid_t begin_target(const struct users *users, int own_session)
{
	char c;
	pid_t child = fork();

	CHECK(child >= 0);
	if (child == 0) {
		if (own_session)
			CHECK_EQ(setsid(), getpid());
		become(users);
		CHECK_EQ(write(ready[1], "x", 1), 1);
		for (;;)
			pause();
	}
	CHECK_EQ(read(ready[0], &c, 1), 1);
	return child;
}

static void end_target(void)
{
	CHECK_EQ(kill(target, SIGKILL), 0);
	CHECK_EQ(waitpid(target, NULL, 0), target);
}

/* All calls by which a signal is sent say the same. */
static void send(int signal, int allowed)
{
	long results[] = {
		kill(target, signal),
		syscall(SYS_tkill, target, signal),
		syscall(SYS_tgkill, target, target, signal),
	};

	for (int i = 0; i < 3; i++)
		if (results[i] != (allowed ? 0 : -1) || (!allowed && errno != EPERM))
			test_fail(__FILE__, __LINE__, "row %d, call %d, signal %d: %ld, errno %d", row, i, signal,
				results[i], errno);
}

static void try_row(void)
{
	become(&rows[row].sender);
	send(0, rows[row].allowed);
	/* Of one's own session anybody may be continued. */
	send(SIGCONT, 1);
	CHECK_ERRNO(kill(target, 65), EINVAL);
}

static void try_stranger(void)
{
	become(&rows[row].sender);
	send(0, 0);
	send(SIGCONT, 0);
}

/* Who has ended is still somebody's. */
static void try_zombie(void)
{
	CHECK_EQ(setuid(1001), 0);
	CHECK_ERRNO(kill(target, 0), EPERM);
}

int main(void)
{
	if (geteuid() != 0)
		PASS();
	CHECK_EQ(pipe(ready), 0);
	for (row = 0; row < (int)(sizeof(rows) / sizeof(rows[0])); row++) {
		target = begin_target(&rows[row].target, 0);
		CHECK_EXIT(try_row, 0);
		end_target();
		if (rows[row].allowed)
			continue;
		target = begin_target(&rows[row].target, 1);
		CHECK_EXIT(try_stranger, 0);
		end_target();
	}

	siginfo_t info;
	target = begin_target(&(struct users){ 1002, 1002, 1002 }, 0);
	CHECK_EQ(kill(target, SIGKILL), 0);
	CHECK_EQ(waitid(P_PID, target, &info, WEXITED | WNOWAIT), 0);
	CHECK_EXIT(try_zombie, 0);
	CHECK_EQ(waitpid(target, NULL, 0), target);
	PASS();
}
