/* The commands that change the shell itself, and so cannot be programs. */
#include "jobs.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int builtin_cd(char **arguments)
{
	const char *to = arguments[1] ? arguments[1] : var_get("HOME");
	char path[PATH_MAX];

	if (!to)
		to = "/";
	if (arguments[1] && arguments[2]) {
		complain("cd: too many arguments");
		return STATUS_USAGE;
	}
	if (chdir(to) < 0) {
		complain("cd: %s: %s", to, strerror(errno));
		return 1;
	}
	if (getcwd(path, sizeof(path))) {
		var_set("PWD", 3, path);
		var_export("PWD", 3);
	}
	return 0;
}

static int builtin_pwd(char **arguments)
{
	char path[PATH_MAX];

	(void)arguments;
	if (!getcwd(path, sizeof(path))) {
		complain("pwd: %s", strerror(errno));
		return 1;
	}
	puts(path);
	return fflush(stdout) == 0 ? 0 : 1;
}

/* exit [status]: that of the last command if none is given. */
static int builtin_exit(char **arguments)
{
	char *end;
	long status = shell.status;

	if (arguments[1]) {
		status = strtol(arguments[1], &end, 10);
		if (end == arguments[1] || *end) {
			complain("exit: %s: not a number", arguments[1]);
			status = STATUS_USAGE;
		}
	}
	if (jobs_hold_exit())
		return 1;
	exit((int)status & 0xff);
}

static int builtin_export(char **arguments)
{
	for (char **argument = arguments + 1; *argument; argument++) {
		size_t length = name_length(*argument);

		if (length == 0 || ((*argument)[length] != '=' && (*argument)[length] != '\0')) {
			complain("export: %s: not a name", *argument);
			return 1;
		}
		if ((*argument)[length] == '=')
			var_set(*argument, length, *argument + length + 1);
		var_export(*argument, length);
	}
	return 0;
}

static int builtin_unset(char **arguments)
{
	for (char **argument = arguments + 1; *argument; argument++)
		var_unset(*argument);
	return 0;
}

static int builtin_colon(char **arguments)
{
	(void)arguments;
	return 0;
}

/* shift [n]: $1 is what was $2, or what was $(n + 1). */
static int builtin_shift(char **arguments)
{
	char *end = "";
	long count = arguments[1] ? strtol(arguments[1], &end, 10) : 1;

	if (*end || count < 0 || count > shell.argument_count) {
		complain("shift: %s: not so many", arguments[1] ? arguments[1] : "1");
		return 1;
	}
	shell.arguments += count;
	shell.argument_count -= count;
	return 0;
}

/* exec [command]: the shell becomes it. Redirections alone stay for all that follows (exec.c sees to that). */
int builtin_exec(char **arguments)
{
	int status;

	if (!arguments[1])
		return 0;
	terminal_default_signals();
	status = exec_search(arguments + 1);
	if (!shell.interactive)
		exit(status);
	terminal_own_signals();
	return status;
}

/* . file: its commands, in this shell. A name without a slash is looked for along PATH. */
static int builtin_dot(char **arguments)
{
	const char *directory = var_get("PATH"), *name = arguments[1];
	char path[PATH_MAX];
	int status;

	if (!name) {
		complain(".: which file?");
		return STATUS_USAGE;
	}
	snprintf(path, sizeof(path), "%s", name);
	while (!strchr(name, '/') && directory) {
		size_t length = strcspn(directory, ":");

		snprintf(path, sizeof(path), "%.*s%s%s", (int)length, directory, length ? "/" : "", name);
		if (access(path, R_OK) == 0)
			break;
		directory = directory[length] ? directory + length + 1 : NULL;
	}
	status = run_file(path, arguments[2] ? arguments + 2 : NULL);
	/* A script that lacks a part of itself does not go on. */
	if (status < 0 && !shell.interactive)
		exit(STATUS_USAGE);
	return status < 0 ? 1 : status;
}

static int builtin_help(char **arguments)
{
	(void)arguments;
	puts("Built in: cd [DIR], pwd, export NAME[=VALUE], unset NAME, exit [STATUS], jobs, fg, bg,\n"
	     "wait, kill, exec [COMMAND], . FILE, shift, test, [, umask, ulimit, help, :\n"
	     "Programs are in /bin (type: ls /bin). heapdemo shows the heap at work, meminfo the memory of the machine,\n"
	     "poweroff ends it.\n"
	     "  command < in > out 2>&1 >> more    a | b    a ; b    a && b || c    a &    NAME=value command    $NAME $? $!");
	return fflush(stdout) == 0 ? 0 : 1;
}

builtin_t builtin_find(const char *name)
{
	static const struct {
		const char *name;
		builtin_t function;
	} builtins[] = {
		{ "cd", builtin_cd }, { "pwd", builtin_pwd }, { "exit", builtin_exit }, { "export", builtin_export },
		{ "unset", builtin_unset }, { "help", builtin_help }, { ":", builtin_colon },
		{ "jobs", builtin_jobs }, { "fg", builtin_fg }, { "bg", builtin_bg }, { "wait", builtin_wait },
		{ "kill", builtin_kill }, { "exec", builtin_exec }, { ".", builtin_dot }, { "shift", builtin_shift },
		{ "test", builtin_test }, { "[", builtin_test }, { "umask", builtin_umask }, { "ulimit", builtin_ulimit },
	};

	for (size_t i = 0; i < sizeof(builtins) / sizeof(builtins[0]); i++)
		if (strcmp(builtins[i].name, name) == 0)
			return builtins[i].function;
	return NULL;
}
