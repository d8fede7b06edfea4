/* The end of a session's leader, and what it gives up: SIGHUP and SIGCONT for the foreground group, the terminal free
 * for the next, and files on it that are cut off. SIGWINCH when the size changes.
 * guest-only: the host's console is not for tests. */
#include "job.h"

static int ends[2];

static void note(int signal)
{
	char name = signal == SIGHUP ? 'h' : signal == SIGCONT ? 'c' : signal == SIGWINCH ? 'w' : '?';

	if (write(ends[1], &name, 1) != 1)
		_exit(2);
}

static void expect(const char *signals)
{
	char name;

	for (; *signals; signals++) {
		CHECK_EQ(read(ends[0], &name, 1), 1);
		CHECK_EQ(name, *signals);
	}
}

static void note_all(void)
{
	disposition(SIGHUP, note);
	disposition(SIGCONT, note);
	disposition(SIGWINCH, note);
	note(0);
}

static void wait_long(void)
{
	note_all();
	for (;;)
		sleep(1000);
}

/* A process in the foreground that has the terminal open and reads; then it is cut off. */
static void read_long(void)
{
	struct termios modes;
	int group = getpgrp();
	char byte;

	signal(SIGHUP, SIG_IGN);
	note(0);
	CHECK_EQ(read(terminal, &byte, 1), 0);
	CHECK_EQ(read(terminal, &byte, 1), 0);
	CHECK_ERRNO(write(terminal, "wrong\n", 6), EIO);
	CHECK_ERRNO(tcgetattr(terminal, &modes), EIO);
	CHECK_ERRNO(ioctl(terminal, TIOCSPGRP, &group), ENOTTY);
	CHECK_ERRNO(open("/dev/tty", O_RDWR), ENXIO);
	terminal = open("/dev/ttyS0", O_RDWR);
	CHECK_EQ(isatty(terminal), 1);
	note(0);
}

static void leader_of_reader(void)
{
	pid_t job;

	session_begin();
	job = job_start(read_long);
	expect("?");
	CHECK_EQ(tcsetpgrp(terminal, job), 0);
}

static void leader_of_waiter(void)
{
	pid_t job, behind;

	session_begin();
	behind = job_start(wait_long);
	expect("?");
	job = job_start(wait_long);
	expect("?");
	CHECK_EQ(tcsetpgrp(terminal, job), 0);
	CHECK_EQ(write(ends[1], &job, sizeof(job)), sizeof(job));
	CHECK_EQ(write(ends[1], &behind, sizeof(behind)), sizeof(behind));
}

static void end_it(pid_t job)
{
	CHECK_EQ(kill(job, SIGKILL), 0);
}

/* The size, and TIOCNOTTY by the leader. */
static void window(void)
{
	struct winsize size, other;

	session_begin();
	note_all();
	expect("?");
	CHECK_EQ(ioctl(terminal, TIOCGWINSZ, &size), 0);
	other = size;
	other.ws_col += 7;
	CHECK_EQ(ioctl(terminal, TIOCSWINSZ, &other), 0);
	expect("w");
	CHECK_EQ(ioctl(terminal, TIOCSWINSZ, &other), 0);	/* no change, no signal */
	CHECK_EQ(ioctl(terminal, TIOCSWINSZ, &size), 0);
	note(0);
	expect("w?");
	CHECK_EQ(ioctl(terminal, TIOCNOTTY), 0);
	note(0);
	/* Lower numbers are delivered first. */
	expect("hc?");
	CHECK_ERRNO(open("/dev/tty", O_RDWR), ENXIO);
	CHECK_EQ(ioctl(terminal, TIOCSCTTY, 0), 0);
	CHECK_EQ(tcgetpgrp(terminal), getpid());
	disposition(SIGHUP, SIG_DFL);
}

int main(void)
{
	pid_t job, behind;

	CHECK_EQ(pipe(ends), 0);
	CHECK_EXIT(leader_of_reader, 0);
	expect("?");
	CHECK_EXIT(leader_of_waiter, 0);
	CHECK_EQ(read(ends[0], &job, sizeof(job)), sizeof(job));
	CHECK_EQ(read(ends[0], &behind, sizeof(behind)), sizeof(behind));
	/* The group in the background hears nothing. */
	expect("hc");
	CHECK_EQ(fcntl(ends[0], F_SETFL, O_NONBLOCK), 0);
	usleep(20000);
	char byte;
	CHECK_ERRNO(read(ends[0], &byte, 1), EAGAIN);
	CHECK_EQ(fcntl(ends[0], F_SETFL, 0), 0);
	end_it(job);
	end_it(behind);
	int word = child_status(window);
	CHECK(WIFEXITED(word) || WTERMSIG(word) == SIGHUP);
	PASS();
}
