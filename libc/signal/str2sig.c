/* str2sig(3), sig2str(3): names of signals, without SIG, as POSIX.1-2024 has them. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char names[][SIG2STR_MAX] = {
	[0] = "EXIT",
	[SIGHUP] = "HUP", [SIGINT] = "INT", [SIGQUIT] = "QUIT", [SIGILL] = "ILL", [SIGTRAP] = "TRAP",
	[SIGABRT] = "ABRT", [SIGBUS] = "BUS", [SIGFPE] = "FPE", [SIGKILL] = "KILL", [SIGUSR1] = "USR1",
	[SIGSEGV] = "SEGV", [SIGUSR2] = "USR2", [SIGPIPE] = "PIPE", [SIGALRM] = "ALRM", [SIGTERM] = "TERM",
	[SIGSTKFLT] = "STKFLT", [SIGCHLD] = "CHLD", [SIGCONT] = "CONT", [SIGSTOP] = "STOP",
	[SIGTSTP] = "TSTP", [SIGTTIN] = "TTIN", [SIGTTOU] = "TTOU", [SIGURG] = "URG", [SIGXCPU] = "XCPU",
	[SIGXFSZ] = "XFSZ", [SIGVTALRM] = "VTALRM", [SIGPROF] = "PROF", [SIGWINCH] = "WINCH",
	[SIGIO] = "IO", [SIGPWR] = "PWR", [SIGSYS] = "SYS",
};
#define NAME_COUNT (sizeof(names) / sizeof(names[0]))

int str2sig(const char *name, int *signal)
{
	char *end;
	long number = strtol(name, &end, 10);

	if (end != name && !*end && number >= 0 && number < NSIG) {
		*signal = (int)number;
		return 0;
	}
	for (size_t i = 0; i < NAME_COUNT; i++) {
		if (strcmp(name, names[i]) == 0) {
			*signal = (int)i;
			return 0;
		}
	}
	return -1;
}

int sig2str(int signal, char *name)
{
	if (signal < 0 || signal >= NSIG)
		return -1;
	if ((size_t)signal < NAME_COUNT)
		strcpy(name, names[signal]);
	else
		snprintf(name, SIG2STR_MAX, "%d", signal);
	return 0;
}
