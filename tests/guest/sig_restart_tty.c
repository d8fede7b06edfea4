/* What a signal does to a read of the terminal that waits, as sig_restart_calls has it for the other calls, and with VMIN and
 * VTIME; and a read or write in the background goes on when its group is in the foreground.
 * guest-only: the host's console is not for tests */
#include "job.h"
#include "proc_stat.h"

#define INTERRUPTED	70

static int handled[2];
static int modes;	/* of the terminal: an index of settings */

static const struct {
	tcflag_t local;
	cc_t least, time;
} settings[] = { { ICANON, 1, 0 }, { 0, 1, 0 }, { 0, 5, 0 }, { 0, 5, 7 } };

static void handler(int signal)
{
	(void)signal;
	if (write(handled[1], "h", 1) != 1)
		_exit(1);
}

static void set_modes(void)
{
	struct termios termios;

	CHECK_EQ(tcgetattr(terminal, &termios), 0);
	termios.c_lflag = (termios.c_lflag & ~(ICANON | ECHO | TOSTOP)) | settings[modes].local;
	termios.c_cc[VMIN] = settings[modes].least;
	termios.c_cc[VTIME] = settings[modes].time;
	CHECK_EQ(tcsetattr(terminal, TCSANOW, &termios), 0);
}

static pid_t begin_read(int flags)
{
	struct sigaction action = { .sa_handler = handler, .sa_flags = flags };
	char bytes[10];
	pid_t child = fork();

	CHECK(child >= 0);
	if (child == 0) {
		sigaction(SIGUSR1, &action, NULL);
		_exit(read(terminal, bytes, sizeof(bytes)) < 0 && errno == EINTR ? INTERRUPTED : 1);
	}
	proc_await(child, 'S');
	return child;
}

static void check_end(pid_t child, int expected)
{
	int status;

	CHECK_EQ(waitpid(child, &status, 0), child);
	CHECK_EQ(status, expected);
}

static void send_handled(pid_t child)
{
	char c;

	CHECK_EQ(kill(child, SIGUSR1), 0);
	CHECK_EQ(read(handled[0], &c, 1), 1);
}

/* It waits again, until it is killed. */
static void check_waits(pid_t child)
{
	proc_await(child, 'S');
	CHECK_EQ(kill(child, SIGKILL), 0);
	check_end(child, SIGKILL);
}

static void reads(void)
{
	int status;
	pid_t child;

	session_begin();
	for (modes = 0; modes < (int)(sizeof(settings) / sizeof(settings[0])); modes++) {
		set_modes();
		child = begin_read(0);
		send_handled(child);
		check_end(child, INTERRUPTED << 8);

		child = begin_read(SA_RESTART);
		send_handled(child);
		check_waits(child);

		child = begin_read(0);
		CHECK_EQ(kill(child, SIGWINCH), 0);
		check_waits(child);

		child = begin_read(0);
		CHECK_EQ(kill(child, SIGSTOP), 0);
		CHECK_EQ(waitpid(child, &status, WUNTRACED), child);
		CHECK_EQ(kill(child, SIGCONT), 0);
		check_waits(child);
	}
}

static void background_reader(void)
{
	char c;

	_exit(read(terminal, &c, 1) < 0);
}

static void background_writer(void)
{
	_exit(write(terminal, "", 0) != 0);
}

/* Stopped in the background, and continued in the foreground, the call goes on. */
static void background(void)
{
	session_begin();
	disposition(SIGTTOU, SIG_IGN);
	set_modes();
	pid_t reader = job_start(background_reader);
	CHECK_STOPS(reader, SIGTTIN);
	CHECK_EQ(tcsetpgrp(terminal, reader), 0);
	CHECK_EQ(kill(reader, SIGCONT), 0);
	check_waits(reader);

	CHECK_EQ(tcsetpgrp(terminal, getpgrp()), 0);
	set_local_flags(TOSTOP, 0);
	disposition(SIGTTOU, SIG_DFL);
	pid_t writer = job_start(background_writer);
	CHECK_STOPS(writer, SIGTTOU);
	disposition(SIGTTOU, SIG_IGN);
	CHECK_EQ(tcsetpgrp(terminal, writer), 0);
	CHECK_EQ(kill(writer, SIGCONT), 0);
	CHECK_ENDS(writer, 0);
	CHECK_EQ(tcsetpgrp(terminal, getpgrp()), 0);
	set_local_flags(0, TOSTOP);
}

static void restored(const struct termios *termios)
{
	int fd = open("/dev/console", O_RDWR | O_NOCTTY);

	CHECK(fd >= 0);
	CHECK_EQ(tcsetattr(fd, TCSANOW, termios), 0);
	close(fd);
}

int main(void)
{
	struct termios termios;
	int fd = open("/dev/console", O_RDWR | O_NOCTTY);

	CHECK(fd >= 0);
	CHECK_EQ(tcgetattr(fd, &termios), 0);
	CHECK_EQ(pipe(handled), 0);
	CHECK_EXIT(reads, 0);
	modes = 0;
	CHECK_EXIT(background, 0);
	restored(&termios);
	PASS();
}
