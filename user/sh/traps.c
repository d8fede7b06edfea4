/* Traps: what is to be done at a signal, or at the end (EXIT, number 0). The handler only notes the signal; the action
 * runs between two commands. */
#include "builtins.h"
#include "jobs.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *actions[NSIG];	/* NULL: none; "": the signal is ignored */
static volatile sig_atomic_t came[NSIG], any_came;

static void note(int signal)
{
	came[signal] = 1;
	any_came = 1;
}

static bool is_noted(int signal)
{
	struct sigaction now;

	return sigaction(signal, NULL, &now) == 0 && now.sa_handler == note;
}

/* With SIGCHLD ignored there would be no statuses of children; by default it does nothing either. */
static void ignore(int signal)
{
	signal_set(signal, signal == SIGCHLD ? SIG_DFL : SIG_IGN);
}

int traps_pending(void)
{
	for (int signal = 1; any_came && signal < NSIG; signal++)
		if (came[signal] && actions[signal])
			return signal;
	return 0;
}

bool traps_set(void)
{
	for (int signal = 0; signal < NSIG; signal++)
		if (actions[signal] && *actions[signal])
			return true;
	return false;
}

static void action_run(const char *action)
{
	char *copy = strdup(action);	/* it may take itself away */
	int status = shell.status, outer = shell.trap_status;

	if (!copy)
		return;
	shell.trap_status = status;
	run_text(copy);
	shell.trap_status = outer;
	if (!shell.unwind)
		shell.status = status;
	free(copy);
}

void traps_run(void)
{
	while (any_came && !shell.unwind) {
		any_came = 0;
		for (int signal = 1; signal < NSIG && !shell.unwind; signal++) {
			if (!came[signal])
				continue;
			came[signal] = 0;
			if (actions[signal])
				action_run(actions[signal]);
		}
	}
	/* An action that left a function or a loop has left others to be run behind it. */
	if (shell.unwind)
		any_came = 1;
}

void traps_run_exit(void)
{
	char *action = actions[0];
	int status = shell.status;

	actions[0] = NULL;
	if (!action)
		return;
	shell.unwind = UNWIND_NONE;
	action_run(action);
	if (shell.unwind != UNWIND_EXIT && shell.unwind != UNWIND_FAIL)
		shell.status = status;
	free(action);
}

static void action_set(int signal, const char *action)
{
	free(actions[signal]);
	actions[signal] = action ? strdup(action) : NULL;
	if (signal == 0)
		return;
	if (!action)
		terminal_signal(signal);
	else if (*action)
		signal_set(signal, note);
	else
		ignore(signal);
}

void traps_child(void)
{
	for (int signal = 0; signal < NSIG; signal++) {
		if (!actions[signal])
			continue;
		/* A job in the background ignores some already. */
		if (signal > 0 && is_noted(signal))
			signal_set(signal, SIG_DFL);
		else if (signal > 0 && !*actions[signal])
			ignore(signal);
		if (*actions[signal] || signal == 0) {
			free(actions[signal]);
			actions[signal] = NULL;
		}
		came[signal] = 0;
	}
	any_came = 0;
}

/* A name with or without SIG, or a number; -1: there is no such signal. */
static int condition(const char *name)
{
	int signal;

	if (strcmp(name, "EXIT") == 0 || strcmp(name, "0") == 0)
		return 0;
	if (str2sig(strncmp(name, "SIG", 3) == 0 ? name + 3 : name, &signal) < 0 || signal >= NSIG)
		return -1;
	return signal;
}

static void traps_print(void)
{
	for (int signal = 0; signal < NSIG; signal++) {
		char name[SIG2STR_MAX] = "EXIT";

		if (!actions[signal] || (signal > 0 && sig2str(signal, name) < 0))
			continue;
		fputs("trap -- ", stdout);
		print_quoted(actions[signal]);
		printf(" %s\n", name);
	}
}

/* trap [--] [action condition...]: - or no action at all: the default again. */
int builtin_trap(char **arguments)
{
	const char *action = NULL;
	int status = 0;

	arguments++;
	if (option_take("trap", &arguments, "") != 0)
		return special_failed();
	if (!*arguments) {
		traps_print();
		return 0;
	}
	if (arguments[1] && !(**arguments >= '0' && **arguments <= '9')) {
		action = strcmp(*arguments, "-") == 0 ? NULL : *arguments;
		arguments++;
	}
	for (; *arguments; arguments++) {
		int signal = condition(*arguments);

		if (signal < 0) {
			complain("trap: %s: no such signal", *arguments);
			status = 1;
		} else if (signal != SIGKILL && signal != SIGSTOP) {
			action_set(signal, action);
		}
	}
	return status;
}
