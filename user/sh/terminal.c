/* The terminal and the signals of the shell (jobs.h). */
#include "jobs.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#define TERMINAL_FD	10	/* or above: redirections name 0..9 */
#define TERMINAL_TRIES	16	/* to become the foreground group before the shell goes on without */

static int terminal = -1;
static pid_t first_group;	/* that had the terminal before the shell */
static struct termios shell_modes;
static volatile sig_atomic_t interrupted;

/* The signals that an interactive shell does not want for itself. */
static const int spared_signals[] = { SIGQUIT, SIGTERM, SIGTSTP, SIGTTIN, SIGTTOU };
#define SPARED_COUNT (sizeof(spared_signals) / sizeof(spared_signals[0]))

void signal_set(int signal, void (*handler)(int))
{
	struct sigaction action = { .sa_handler = handler };

	sigaction(signal, &action, NULL);
}

static void note_interrupt(int signal)
{
	(void)signal;
	interrupted = 1;
}

bool terminal_was_interrupted(void)
{
	return interrupted;
}

bool terminal_interrupted(void)
{
	bool was = interrupted;

	interrupted = 0;
	return was;
}

void terminal_give(pid_t group)
{
	if (shell.job_control)
		tcsetpgrp(terminal, group);
}

static void terminal_restore(void)
{
	if (getpid() == shell.pid)
		terminal_give(first_group);
}

/* Waits to be in the foreground, as the shell of a background job has to. */
static bool terminal_take(void)
{
	for (int tries = 0; tries < TERMINAL_TRIES; tries++) {
		first_group = tcgetpgrp(terminal);
		if (first_group < 0)
			return false;
		if (first_group == getpgrp())
			return true;
		kill(0, SIGTTIN);
	}
	return false;
}

void terminal_own_signals(void)
{
	signal_set(SIGINT, note_interrupt);
	for (size_t i = 0; i < SPARED_COUNT; i++)
		signal_set(spared_signals[i], SIG_IGN);
}

void terminal_init(void)
{
	terminal = fcntl(0, F_DUPFD_CLOEXEC, TERMINAL_FD);
	shell.job_control = terminal >= 0 && terminal_take();
	terminal_own_signals();
	if (!shell.job_control) {
		complain("no job control: this is not the controlling terminal");
		return;
	}
	setpgid(0, 0);		/* fails for the leader of a session, which has its group already */
	terminal_give(getpgrp());
	tcgetattr(terminal, &shell_modes);
	atexit(terminal_restore);
}

/* ^C takes back what was typed, also what poll has just told of: a read that waits would then wait for the next line.
 * The flag O_NONBLOCK is that of an open file, which others share with descriptor 0: hence another. */
int terminal_input(void)
{
	static int own = -1;

	if (tcgetpgrp(0) < 0)
		return 0;
	if (own < 0) {
		int fd = open("/dev/tty", O_RDONLY | O_NONBLOCK | O_CLOEXEC);

		own = fcntl(fd, F_DUPFD_CLOEXEC, TERMINAL_FD);
		close(fd);
	}
	return own >= 0 ? own : 0;
}

void terminal_default_signals(void)
{
	if (!shell.interactive)
		return;
	signal_set(SIGINT, SIG_DFL);
	for (size_t i = 0; i < SPARED_COUNT; i++)
		signal_set(spared_signals[i], SIG_DFL);
}

void terminal_signal(int signal)
{
	bool spared = false;

	for (size_t i = 0; i < SPARED_COUNT; i++)
		spared |= spared_signals[i] == signal;
	if (shell.interactive && signal == SIGINT)
		signal_set(signal, note_interrupt);
	else
		signal_set(signal, shell.interactive && spared ? SIG_IGN : SIG_DFL);
}

void terminal_substitution(void)
{
	static const int signals[] = { SIGINT, SIGQUIT, SIGTERM };

	for (size_t i = 0; shell.interactive && i < sizeof(signals) / sizeof(signals[0]); i++)
		signal_set(signals[i], SIG_DFL);
}

/* In the child: its group, the terminal, and the signals that the shell has changed for itself. */
void terminal_child(const struct job *job)
{
	if (shell.job_control) {
		pid_t group = job->group ? job->group : getpid();

		setpgid(0, group);
		if (!job->background)
			terminal_give(group);
	} else if (job->background) {
		int empty = open("/dev/null", O_RDONLY | O_CLOEXEC);

		if (empty > 0)
			dup2(empty, 0);
	}
	terminal_default_signals();
	if (job->background && !shell.job_control) {
		signal_set(SIGINT, SIG_IGN);
		signal_set(SIGQUIT, SIG_IGN);
	}
}

void terminal_to_job(const struct job *job)
{
	if (job->has_modes)
		tcsetattr(terminal, TCSADRAIN, &job->modes);
	terminal_give(job->group);
}

/* The shell has the terminal again. A job that was stopped or killed may have left it in any mode; one that has ended
 * by itself may have been there to change it. */
void terminal_to_shell(struct job *job, int word)
{
	if (!shell.job_control)
		return;
	terminal_give(getpgrp());
	if (WIFSTOPPED(word))
		job->has_modes = tcgetattr(terminal, &job->modes) == 0;
	if (WIFEXITED(word))
		tcgetattr(terminal, &shell_modes);
	else
		tcsetattr(terminal, TCSADRAIN, &shell_modes);
}
