/* Reads that wait: interrupted by a signal or called again after it, and looking again when somebody changes the
 * settings.
 * guest-only: the host's console is not for tests. */
#include "job.h"

#include <sys/time.h>

static struct termios saved;

static void note(int signal)
{
	(void)signal;
}

static void handle_alarm(int flags)
{
	struct sigaction action = { .sa_handler = note, .sa_flags = flags };

	CHECK_EQ(sigaction(SIGALRM, &action, NULL), 0);
}

/* Again and again: one may come before the read waits. 0: no more. */
static void alarm_ms(long ms)
{
	struct itimerval timer = { { 0, ms * 1000 }, { 0, ms * 1000 } };

	CHECK_EQ(setitimer(ITIMER_REAL, &timer, NULL), 0);
}

static void set(tcflag_t off, int least, int time)
{
	struct termios modes = saved;

	modes.c_lflag &= ~off;
	modes.c_cc[VMIN] = least;
	modes.c_cc[VTIME] = time;
	CHECK_EQ(tcsetattr(terminal, TCSANOW, &modes), 0);
}

static void interrupted(void)
{
	static const cc_t cases[][2] = { { 1, 0 }, { 3, 0 }, { 3, 2 }, { 0, 50 } };
	char bytes[8];

	handle_alarm(0);
	set(0, 1, 0);
	alarm_ms(20);
	CHECK_ERRNO(read(terminal, bytes, sizeof(bytes)), EINTR);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		set(ICANON, cases[i][0], cases[i][1]);
		alarm_ms(20);
		CHECK_ERRNO(read(terminal, bytes, sizeof(bytes)), EINTR);
		alarm_ms(0);
	}
}

static void change_later(void)
{
	usleep(50000);
	set(ICANON, 0, 0);
}

/* A canonical read, interrupted by a handler with SA_RESTART and so called again, ends when a read in the new mode would
 * not wait. */
static void changed(void)
{
	char byte;
	pid_t child;

	handle_alarm(SA_RESTART);
	set(0, 1, 0);
	child = fork();
	if (child == 0) {
		change_later();
		_exit(0);
	}
	alarm_ms(20);
	CHECK_EQ(read(terminal, &byte, 1), 0);
	alarm_ms(0);
	CHECK_EQ(waitpid(child, NULL, 0), child);
}

int main(void)
{
	terminal = open("/dev/console", O_RDWR);
	CHECK_EQ(tcgetattr(terminal, &saved), 0);
	interrupted();
	changed();
	CHECK_EQ(tcsetattr(terminal, TCSANOW, &saved), 0);
	close(terminal);
	PASS();
}
