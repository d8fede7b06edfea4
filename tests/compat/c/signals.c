/* Signals: handlers with all they are told, masks, pending ones, alarms, interrupted and restarted calls. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile sig_atomic_t caught, code, sender_is_me;
static char alternate[16384];
static volatile sig_atomic_t on_alternate;
static int answer[2];			/* a pipe, into which the handler writes */
static volatile sig_atomic_t answer_at;	/* with this of the alarms to come; 0: never */

static void handler(int signal, siginfo_t *info, void *context)
{
	char here;

	(void)context;
	caught = signal;
	code = info->si_code;
	sender_is_me = info->si_pid == getpid();
	on_alternate = &here >= alternate && &here < alternate + sizeof(alternate);
	if (signal == SIGALRM && answer_at > 0 && --answer_at == 0)
		write(answer[1], "x", 1);
}

static void install(int signal, int flags)
{
	struct sigaction action;

	memset(&action, 0, sizeof(action));
	action.sa_sigaction = handler;
	action.sa_flags = SA_SIGINFO | flags;
	sigaction(signal, &action, NULL);
}

static void masks(void)
{
	sigset_t set, old, pending;

	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	sigprocmask(SIG_BLOCK, &set, &old);
	raise(SIGUSR1);
	sigpending(&pending);
	printf("blocked: %d, pending: %d\n", caught, sigismember(&pending, SIGUSR1));
	sigprocmask(SIG_SETMASK, &old, NULL);
	printf("unblocked: %d, by me: %d\n", caught, sender_is_me);
	caught = 0;
	sigprocmask(SIG_BLOCK, &set, &old);
	raise(SIGUSR1);
	sigsuspend(&old);
	printf("suspended: %d, %s\n", caught, strerror(errno));
	sigprocmask(SIG_SETMASK, &old, NULL);
}

static void children(void)
{
	int status;
	pid_t child;

	install(SIGCHLD, SA_RESTART);
	child = fork();
	if (child == 0)
		_exit(5);
	waitpid(child, &status, 0);
	printf("child: %d, code %d\n", caught, code == CLD_EXITED);
	signal(SIGCHLD, SIG_IGN);
	if (fork() == 0)
		_exit(0);
	child = wait(&status);
	printf("ignored: %d, %s\n", child, strerror(errno));
	signal(SIGCHLD, SIG_DFL);
	child = fork();
	if (child == 0)
		for (;;)
			pause();
	kill(child, SIGSTOP);
	waitpid(child, &status, WUNTRACED);
	printf("stopped: %d\n", WIFSTOPPED(status) && WSTOPSIG(status) == SIGSTOP);
	kill(child, SIGCONT);
	waitpid(child, &status, WCONTINUED);
	printf("goes on: %d\n", WIFCONTINUED(status));
	kill(child, SIGTERM);
	waitpid(child, &status, 0);
	printf("ended by %d\n", WTERMSIG(status));
}

/* Alarms come again and again: one may be too early, on a machine that stands still now and then. With the third there is
 * something to read. */
static void interrupted(int flags, const char *what)
{
	struct itimerval timer = { { 0, 50000 }, { 0, 50000 } }, none = { { 0, 0 }, { 0, 0 } };
	char byte;
	ssize_t got;

	pipe(answer);
	answer_at = flags & SA_RESTART ? 3 : 0;
	install(SIGALRM, flags);
	setitimer(ITIMER_REAL, &timer, NULL);
	got = read(answer[0], &byte, 1);
	setitimer(ITIMER_REAL, &none, NULL);
	printf("%s: %zd %s, caught %d\n", what, got, got < 0 ? strerror(errno) : "read", caught);
	close(answer[0]);
	close(answer[1]);
}

int main(void)
{
	stack_t stack = { .ss_sp = alternate, .ss_size = sizeof(alternate) };
	int ends[2];
	ssize_t written;
	unsigned left = 0;

	setvbuf(stdout, NULL, _IOLBF, 0);
	install(SIGUSR1, 0);
	masks();
	children();
	interrupted(0, "interrupted");
	interrupted(SA_RESTART, "restarted");
	sigaltstack(&stack, NULL);
	install(SIGUSR2, SA_ONSTACK | SA_RESETHAND);
	raise(SIGUSR2);
	printf("on another stack: %d, caught %d\n", on_alternate, caught);
	signal(SIGPIPE, SIG_IGN);
	pipe(ends);
	close(ends[0]);
	written = write(ends[1], "x", 1);
	printf("broken pipe: %zd %s\n", written, strerror(errno));
	/* Again, if the machine stood still in between. */
	for (int tries = 0; tries < 100 && left != 100; tries++) {
		alarm(100);
		left = alarm(0);
	}
	printf("alarm had %u left\n", left);
	return 0;
}
