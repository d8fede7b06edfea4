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

static int builtin_help(char **arguments)
{
	(void)arguments;
	puts("Built in: cd [DIR], pwd, export NAME[=VALUE], unset NAME, exit [STATUS], jobs, fg, bg,\n"
	     "wait, kill, help, :\n"
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
		{ "kill", builtin_kill },
	};

	for (size_t i = 0; i < sizeof(builtins) / sizeof(builtins[0]); i++)
		if (strcmp(builtins[i].name, name) == 0)
			return builtins[i].function;
	return NULL;
}
