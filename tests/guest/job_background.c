/* A group in the background that reads from its terminal, changes it, or (with TOSTOP) writes to it is stopped; one that
 * ignores or blocks the signal, or that nobody would continue, is told so.
 * own-linux: yes
 * guest-only: the host's console is not for tests. */
#include "job.h"

static char byte;

static void read_once(void)
{
	CHECK_EQ(fcntl(terminal, F_SETFL, O_NONBLOCK), 0);
	CHECK_ERRNO(read(terminal, &byte, 1), EAGAIN);	/* only when it is in the foreground */
	CHECK_EQ(fcntl(terminal, F_SETFL, 0), 0);
}

static void readers(void)
{
	pid_t job = job_start(read_once);

	CHECK_STOPS(job, SIGTTIN);
	CHECK_EQ(kill(job, SIGCONT), 0);
	CHECK_STOPS(job, SIGTTIN);
	CHECK_EQ(tcsetpgrp(terminal, job), 0);
	CHECK_EQ(kill(-job, SIGCONT), 0);
	CHECK_ENDS(job, 0);
	/* The group in the foreground is gone; so the leader is in the background. */
	disposition(SIGTTOU, SIG_IGN);
	CHECK_EQ(tcgetpgrp(terminal), job);
	CHECK_EQ(tcsetpgrp(terminal, getpid()), 0);
	disposition(SIGTTOU, SIG_DFL);
}

static void read_ignoring(void)
{
	disposition(SIGTTIN, SIG_IGN);
	CHECK_ERRNO(read(terminal, &byte, 1), EIO);
	CHECK_ERRNO(read(terminal, &byte, 0), EIO);
	disposition(SIGTTIN, SIG_DFL);
	block(SIGTTIN);
	CHECK_ERRNO(read(terminal, &byte, 1), EIO);
}

static void write_nothing(void)
{
	CHECK_EQ(write(terminal, "", 0), 0);
}

static void write_ignoring(void)
{
	disposition(SIGTTOU, SIG_IGN);
	write_nothing();
	disposition(SIGTTOU, SIG_DFL);
	block(SIGTTOU);
	write_nothing();
}

static void writers(void)
{
	pid_t job = job_start(write_nothing);

	CHECK_ENDS(job, 0);
	set_local_flags(TOSTOP, 0);
	job = job_start(write_nothing);
	CHECK_STOPS(job, SIGTTOU);
	set_local_flags(0, TOSTOP);
	CHECK_EQ(kill(job, SIGCONT), 0);
	CHECK_ENDS(job, 0);
	set_local_flags(TOSTOP, 0);
	CHECK_ENDS(job_start(write_ignoring), 0);
	set_local_flags(0, TOSTOP);
}

static void set_attributes(void)
{
	set_local_flags(0, 0);
}

static void drain(void)
{
	CHECK_EQ(tcdrain(terminal), 0);
}

static void flush(void)
{
	CHECK_EQ(tcflush(terminal, TCIFLUSH), 0);
}

static void take_foreground(void)
{
	CHECK_EQ(tcsetpgrp(terminal, getpgrp()), 0);
	CHECK_EQ(tcgetpgrp(terminal), getpgrp());
}

static void take_foreground_ignoring(void)
{
	disposition(SIGTTOU, SIG_IGN);
	take_foreground();
}

static void take_foreground_blocking(void)
{
	block(SIGTTOU);
	take_foreground();
}

/* What only looks is allowed to all. */
static void look(void)
{
	struct termios modes;
	struct winsize size;

	CHECK_EQ(tcgetattr(terminal, &modes), 0);
	CHECK_EQ(ioctl(terminal, TIOCGWINSZ, &size), 0);
	CHECK_EQ(ioctl(terminal, TIOCSWINSZ, &size), 0);
	CHECK_EQ(tcgetpgrp(terminal), getsid(0));
}

static void changers(void)
{
	static void (*const functions[])(void) = { set_attributes, drain, flush, take_foreground };
	pid_t job;
	int word;

	for (size_t i = 0; i < sizeof(functions) / sizeof(functions[0]); i++) {
		job = job_start(functions[i]);
		CHECK_STOPS(job, SIGTTOU);
		CHECK_EQ(kill(-job, SIGKILL), 0);
		word = job_change(job);
		CHECK(WIFSIGNALED(word));
	}
	disposition(SIGTTOU, SIG_IGN);
	CHECK_ENDS(job_start(take_foreground_ignoring), 0);
	CHECK_EQ(tcsetpgrp(terminal, getpid()), 0);
	disposition(SIGTTOU, SIG_DFL);
	job = job_start(take_foreground_blocking);
	CHECK_ENDS(job, 0);
	disposition(SIGTTOU, SIG_IGN);
	CHECK_EQ(tcsetpgrp(terminal, getpid()), 0);
	disposition(SIGTTOU, SIG_DFL);
	CHECK_ENDS(job_start(look), 0);
}

/* In a group whose processes all have parents outside the session or in the group itself. */
static void orphan(void)
{
	struct termios modes;

	CHECK_EQ(tcgetattr(terminal, &modes), 0);
	CHECK_ERRNO(read(terminal, &byte, 1), EIO);
	CHECK_ERRNO(tcsetattr(terminal, TCSANOW, &modes), EIO);
	CHECK_ERRNO(tcsetpgrp(terminal, getpgrp()), ENOTTY);
}

static void make_orphan(void)
{
	int ends[2];
	char result = 1;

	CHECK_EQ(pipe(ends), 0);
	if (fork() == 0) {
		if (fork() == 0) {
			setpgid(0, 0);
			while (getppid() != 1 && kill(getppid(), 0) == 0 && getsid(getppid()) == getsid(0))
				usleep(1000);
			orphan();
			result = 0;
			CHECK_EQ(write(ends[1], &result, 1), 1);
		}
		_exit(0);
	}
	close(ends[1]);
	wait(NULL);
	CHECK_EQ(read(ends[0], &result, 1), 1);
	CHECK_EQ(result, 0);
	close(ends[0]);
}

static void session(void)
{
	session_begin();
	readers();
	CHECK_ENDS(job_start(read_ignoring), 0);
	writers();
	changers();
	make_orphan();
}

int main(void)
{
	CHECK_EXIT(session, 0);
	PASS();
}
