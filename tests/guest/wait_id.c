/* waitid: what it tells of children that end, stop and go on, to whom, and what it leaves. */
#include "test.h"

#include <sys/resource.h>
#include <sys/syscall.h>

#define NOTHING	0x55

static int gate[2];

/* A child that ends with that code when the gate is closed. */
static pid_t begin(int code, int own_group)
{
	char c;
	pid_t child = fork();

	CHECK(child >= 0);
	if (child == 0) {
		close(gate[1]);
		if (own_group)
			setpgid(0, 0);
		while (read(gate[0], &c, 1) < 0)
			;
		_exit(code);
	}
	if (own_group)
		setpgid(child, child);
	return child;
}

static void wait_for(idtype_t type, id_t id, int options, pid_t child, int code, int status)
{
	siginfo_t info;

	memset(&info, NOTHING, sizeof(info));
	CHECK_EQ(waitid(type, id, &info, options), 0);
	CHECK_EQ(info.si_signo, SIGCHLD);
	CHECK_EQ(info.si_errno, 0);
	CHECK_EQ(info.si_code, code);
	CHECK_EQ(info.si_pid, child);
	CHECK_EQ(info.si_uid, getuid());
	CHECK_EQ(info.si_status, status);
}

/* There is nothing to tell: the information is zero, and nothing behind it is written. */
static void wait_for_nothing(idtype_t type, id_t id, int options)
{
	siginfo_t info;
	unsigned char *bytes = (unsigned char *)&info;

	memset(&info, NOTHING, sizeof(info));
	CHECK_EQ(waitid(type, id, &info, options | WNOHANG), 0);
	CHECK_EQ(info.si_signo, 0);
	CHECK_EQ(info.si_errno, 0);
	CHECK_EQ(info.si_code, 0);
	CHECK_EQ(info.si_pid, 0);
	CHECK_EQ(info.si_uid, 0);
	CHECK_EQ(info.si_status, 0);
	for (size_t i = 32; i < sizeof(info); i++)
		CHECK_EQ(bytes[i], NOTHING);
}

static void stops_and_ends(void)
{
	pid_t child = begin(7, 0);

	wait_for_nothing(P_PID, child, WEXITED | WSTOPPED | WCONTINUED);
	CHECK_EQ(kill(child, SIGSTOP), 0);
	wait_for(P_PID, child, WSTOPPED | WNOWAIT, child, CLD_STOPPED, SIGSTOP);
	wait_for_nothing(P_PID, child, WEXITED | WCONTINUED);
	wait_for(P_ALL, 0, WSTOPPED, child, CLD_STOPPED, SIGSTOP);
	wait_for_nothing(P_PID, child, WSTOPPED);

	CHECK_EQ(kill(child, SIGCONT), 0);
	wait_for(P_ALL, 0, WCONTINUED | WNOWAIT, child, CLD_CONTINUED, SIGCONT);
	wait_for(P_PID, child, WCONTINUED | WSTOPPED, child, CLD_CONTINUED, SIGCONT);
	wait_for_nothing(P_PID, child, WCONTINUED | WSTOPPED);

	CHECK_EQ(close(gate[1]), 0);
	wait_for(P_PID, child, WEXITED | WNOWAIT, child, CLD_EXITED, 7);
	/* One that has ended is no child for who does not ask for that. */
	CHECK_ERRNO(waitid(P_PID, child, NULL, WSTOPPED), ECHILD);
	CHECK_ERRNO(waitid(P_PID, child, NULL, WCONTINUED | WNOHANG), ECHILD);
	wait_for(P_ALL, 0, WEXITED | WNOWAIT, child, CLD_EXITED, 7);
	wait_for(P_PID, child, WEXITED, child, CLD_EXITED, 7);
	CHECK_ERRNO(waitid(P_PID, child, NULL, WEXITED), ECHILD);
}

static void groups_and_signals(void)
{
	CHECK_EQ(pipe(gate), 0);
	pid_t alone = begin(3, 1), with_us = begin(4, 0);

	wait_for_nothing(P_PGID, alone, WEXITED);
	CHECK_ERRNO(waitid(P_PGID, with_us, NULL, WEXITED), ECHILD);
	CHECK_EQ(kill(alone, SIGTERM), 0);
	wait_for(P_PGID, alone, WEXITED, alone, CLD_KILLED, SIGTERM);
	wait_for_nothing(P_PGID, 0, WEXITED);
	CHECK_EQ(close(gate[1]), 0);
	wait_for(P_PGID, getpgrp(), WEXITED, with_us, CLD_EXITED, 4);
}

static void errors(void)
{
	siginfo_t info;

	CHECK_ERRNO(waitid(P_ALL, 0, &info, WEXITED), ECHILD);
	CHECK_ERRNO(waitid(P_ALL, 0, &info, 0), EINVAL);
	CHECK_ERRNO(waitid(P_ALL, 0, &info, WNOHANG | WNOWAIT), EINVAL);
	CHECK_ERRNO(waitid(P_ALL, 0, &info, WEXITED | 0x100), EINVAL);
	CHECK_ERRNO(waitid(P_PID, 0, &info, WEXITED), EINVAL);
	CHECK_ERRNO(waitid(P_PID, (id_t)-5, &info, WEXITED), EINVAL);
	CHECK_ERRNO(waitid(P_PGID, (id_t)-5, &info, WEXITED), EINVAL);
	CHECK_ERRNO(waitid(P_PIDFD, 0, &info, WEXITED), EBADF);
	CHECK_ERRNO(waitid(P_PIDFD, (id_t)-5, &info, WEXITED), EINVAL);
	CHECK_ERRNO(waitid((idtype_t)77, 1, &info, WEXITED), EINVAL);
	CHECK_ERRNO(waitid(P_PID, getpid(), &info, WEXITED), ECHILD);
	CHECK_ERRNO(waitid(P_ALL, 0, (siginfo_t *)16, 0), EFAULT);

	/* wait4 has none of waitid's own options. */
	CHECK_ERRNO(waitpid(-1, NULL, WEXITED), EINVAL);
	CHECK_ERRNO(waitpid(-1, NULL, WNOWAIT), EINVAL);
}

static void tells_usage(void)
{
	struct rusage usage;

	CHECK_EQ(pipe(gate), 0);
	pid_t child = begin(0, 0);
	CHECK_EQ(close(gate[1]), 0);
	memset(&usage, NOTHING, sizeof(usage));
	CHECK_EQ(syscall(SYS_waitid, P_PID, child, NULL, WEXITED, &usage), 0);
	CHECK(usage.ru_utime.tv_sec < 100 && usage.ru_nsignals == 0);
}

int main(void)
{
	errors();
	CHECK_EQ(pipe(gate), 0);
	stops_and_ends();
	groups_and_signals();
	tells_usage();
	PASS();
}
