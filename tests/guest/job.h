/* For tests of job control: a process that leads a session on the machine's terminal, and children in groups of their
 * own. */
#ifndef JOB_H
#define JOB_H

#include "test.h"
#include <fcntl.h>
#include <sys/ioctl.h>
#include <termios.h>

static int terminal;	/* its descriptor, once the session has begun */

/* The caller becomes the leader of a session that has the terminal. */
__attribute__((unused))
static void session_begin(void)
{
	CHECK(setsid() > 0);
	terminal = open("/dev/ttyS0", O_RDWR);
	CHECK(terminal >= 0);
	CHECK_EQ(tcgetpgrp(terminal), getpid());
}

/* A child in a group of its own, in the background, which exits 0 when function returns. */
__attribute__((unused))
static pid_t job_start(void (*function)(void))
{
	pid_t job = fork();

	CHECK(job >= 0);
	if (job == 0) {
		setpgid(0, 0);
		function();
		_exit(0);
	}
	setpgid(job, job);
	return job;
}

/* What the child does next has to be to stop for that signal, or to end with that status. */
#define CHECK_STOPS(job, signal)							\
	do {										\
		int check_word = job_change(job);					\
		if (!WIFSTOPPED(check_word) || WSTOPSIG(check_word) != (signal))	\
			test_fail(__FILE__, __LINE__, "%s: status 0x%x, not stopped by %s",	\
				  #job, check_word, #signal);				\
	} while (0)
#define CHECK_ENDS(job, code)								\
	do {										\
		int check_word = job_change(job);					\
		if (!WIFEXITED(check_word) || WEXITSTATUS(check_word) != (code))	\
			test_fail(__FILE__, __LINE__, "%s: status 0x%x, not exit %d",	\
				  #job, check_word, (code));				\
	} while (0)

__attribute__((unused))
static int job_change(pid_t job)
{
	int word;

	CHECK_EQ(waitpid(job, &word, WUNTRACED), job);
	return word;
}

__attribute__((unused))
static void set_local_flags(tcflag_t on, tcflag_t off)
{
	struct termios modes;

	CHECK_EQ(tcgetattr(terminal, &modes), 0);
	modes.c_lflag = (modes.c_lflag | on) & ~off;
	CHECK_EQ(tcsetattr(terminal, TCSANOW, &modes), 0);
}

__attribute__((unused))
static void disposition(int signal, void (*handler)(int))
{
	struct sigaction action = { .sa_handler = handler };

	sigfillset(&action.sa_mask);
	CHECK_EQ(sigaction(signal, &action, NULL), 0);
}

__attribute__((unused))
static void block(int signal)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, signal);
	CHECK_EQ(sigprocmask(SIG_BLOCK, &set, NULL), 0);
}

#endif
