/* The table of the built-in commands, and those that change the shell itself, and so cannot be programs. */
#include "builtins.h"
#include "jobs.h"
#include "tree.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/times.h>
#include <unistd.h>

int special_failed(void)
{
	shell_fail(STATUS_USAGE);
	return STATUS_USAGE;
}

/* The number that exit and return get, or the status of the last command; in a trap, of the one before it. -1, with a
 * message, if it is none. */
static int leaving_status(char **arguments)
{
	char *end;
	long status = shell.trap_status >= 0 ? shell.trap_status : shell.status;

	if (arguments[1]) {
		status = strtol(arguments[1], &end, 10);
		if (end == arguments[1] || *end) {
			complain("%s: %s: not a number", arguments[0], arguments[1]);
			return -1;
		}
	}
	return (int)status & 0xff;
}

static int unwind(enum unwind unwind, int status)
{
	shell.unwind = unwind;
	shell.status = status;
	return status;
}

static int builtin_exit(char **arguments)
{
	int status = leaving_status(arguments);

	if (status < 0)
		return special_failed();
	return jobs_hold_exit() ? 1 : unwind(UNWIND_EXIT, status);
}

/* return [status], from a function or a file that . runs; else from the shell. */
static int builtin_return(char **arguments)
{
	int status = leaving_status(arguments);

	if (status >= 0 && shell.calls == 0 && shell.interactive) {
		complain("return: not in a function");
		return 1;
	}
	return status < 0 ? special_failed() : unwind(shell.calls > 0 ? UNWIND_RETURN : UNWIND_EXIT, status);
}

/* break [n], continue [n] */
static int builtin_break(char **arguments)
{
	char *end = "";
	long levels = arguments[1] ? strtol(arguments[1], &end, 10) : 1;

	if (*end || levels < 1) {
		complain("%s: %s: not a number of loops", arguments[0], arguments[1]);
		return special_failed();
	}
	if (shell.loops == 0)
		return 0;
	shell.levels = levels > shell.loops ? shell.loops : (int)levels;
	return unwind(arguments[0][0] == 'b' ? UNWIND_BREAK : UNWIND_CONTINUE, 0);
}

/* eval [word]... */
static int builtin_eval(char **arguments)
{
	struct text text = { 0 };
	int status;

	for (arguments++; *arguments; arguments++) {
		text_append(&text, *arguments, strlen(*arguments));
		text_add(&text, ' ');
	}
	status = text.length ? run_text(text.bytes) : 0;
	text_free(&text);
	return status;
}

/* NAME or NAME=VALUE: the name's length; 0, with a message, if it is neither. */
static size_t declaration_name(const char *command, const char *word)
{
	size_t length = name_length(word);

	if (length > 0 && (word[length] == '=' || word[length] == '\0'))
		return length;
	complain("%s: %s: not a name", command, word);
	return 0;
}

/* export, readonly [NAME[=VALUE]]... */
static int builtin_mark(char **arguments)
{
	int flags = arguments[0][0] == 'e' ? VAR_EXPORTED : VAR_READONLY;
	const char *name = arguments[0];
	char prefix[16];
	int option;

	arguments++;
	while ((option = option_take(name, &arguments, "p")))
		if (option == '?')
			return special_failed();
	if (!*arguments) {
		snprintf(prefix, sizeof(prefix), "%s ", name);
		var_print(flags, prefix);
	}
	for (; *arguments; arguments++) {
		size_t length = declaration_name(name, *arguments);

		if (length == 0 ||
		    ((*arguments)[length] && !var_set(*arguments, length, *arguments + length + 1)))
			return special_failed();
		var_mark(*arguments, length, flags);
	}
	return 0;
}

/* local NAME[=VALUE]...: they are the function's own, and what they were comes back at its end. */
static int builtin_local(char **arguments)
{
	if (shell.calls == 0) {
		complain("local: not in a function");
		return 1;
	}
	for (arguments++; *arguments; arguments++) {
		size_t length = declaration_name("local", *arguments);

		if (length == 0)
			return 1;
		var_save(*arguments, length);
		if ((*arguments)[length] && !var_set(*arguments, length, *arguments + length + 1))
			shell_fail(STATUS_USAGE);
	}
	return 0;
}

/* unset [-f | -v] NAME... */
static int builtin_unset(char **arguments)
{
	bool functions = false;
	int option;

	arguments++;
	while ((option = option_take("unset", &arguments, "fv"))) {
		if (option == '?')
			return special_failed();
		functions = option == 'f';
	}
	for (; *arguments; arguments++) {
		if (functions) {
			function_unset(*arguments);
		} else if (!is_name(*arguments)) {
			complain("unset: %s: not a name", *arguments);
			return special_failed();
		} else if (!var_unset(*arguments)) {
			return special_failed();
		}
	}
	return 0;
}

static int builtin_true(char **arguments)
{
	(void)arguments;
	return 0;
}

static int builtin_false(char **arguments)
{
	(void)arguments;
	return 1;
}

/* echo [-n] [WORD]... as the program of that name. */
static int builtin_echo(char **arguments)
{
	bool newline = !arguments[1] || strcmp(arguments[1], "-n") != 0;

	arguments += 2 - newline;
	for (char **word = arguments; *word; word++) {
		if (word > arguments)
			putchar(' ');
		fputs(*word, stdout);
	}
	if (newline)
		putchar('\n');
	return 0;
}

static void print_time(clock_t ticks, char end)
{
	long second = sysconf(_SC_CLK_TCK);

	printf("%ldm%ld.%02lds%c", (long)ticks / second / 60, (long)ticks / second % 60,
	       (long)ticks % second * 100 / second, end);
}

/* times: of the shell, and of its children. */
static int builtin_times(char **arguments)
{
	struct tms used;

	(void)arguments;
	times(&used);
	print_time(used.tms_utime, ' ');
	print_time(used.tms_stime, '\n');
	print_time(used.tms_cutime, ' ');
	print_time(used.tms_cstime, '\n');
	return 0;
}

/* What a command's name means: for command -v in a form that can be used, else in words. */
static int describe(const char *along, const char *name, bool words)
{
	static const char *const reserved[] = {
		"!", "{", "}", "case", "do", "done", "elif", "else", "esac", "fi", "for", "if", "in", "then", "until", "while",
	};
	const struct builtin *builtin = builtin_find(name);
	char path[PATH_MAX];
	const char *what = NULL;

	for (size_t i = 0; i < sizeof(reserved) / sizeof(reserved[0]); i++)
		if (strcmp(name, reserved[i]) == 0)
			what = "a reserved word";
	if (!what && function_find(name))
		what = "a function";
	if (!what && builtin)
		what = builtin->flags & BUILTIN_SPECIAL ? "a special built-in command" : "built in";
	if (what) {
		printf(words ? "%s is %s\n" : "%s\n", name, what);
	} else if (path_search(along, name, X_OK, path, sizeof(path))) {
		printf(words ? "%s is %s\n" : "%s%s\n", words ? name : "", path);
	} else {
		if (words)
			complain("%s: not found", name);
		return STATUS_NOT_FOUND;
	}
	return 0;
}

static int builtin_type(char **arguments)
{
	int status = 0;

	for (arguments++; *arguments; arguments++)
		status = describe(NULL, *arguments, true) ? 1 : status;
	return status;
}

/* command [-p] -v NAME, command [-p] -V NAME; with a command to be run it does not come here (command.c). */
static int builtin_command(char **arguments)
{
	const char *along = NULL;
	bool words = false;
	int option;

	arguments++;
	while ((option = option_take("command", &arguments, "pvV"))) {
		if (option == '?')
			return STATUS_USAGE;
		if (option == 'p')
			along = PATH_STANDARD;
		else
			words = option == 'V';
	}
	return *arguments ? describe(along, *arguments, words) : 0;
}

/* shift [n]: $1 is what was $2, or what was $(n + 1). */
static int builtin_shift(char **arguments)
{
	char *end = "";
	long count = arguments[1] ? strtol(arguments[1], &end, 10) : 1;

	if (*end || end == arguments[1] || count < 0 || count > shell.argument_count) {
		complain("shift: %s: not so many", arguments[1] ? arguments[1] : "1");
		return special_failed();
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
	status = exec_search(NULL, arguments + 1);
	if (!shell.interactive)
		return unwind(UNWIND_EXIT, status);	/* not even `command` saves it */
	terminal_own_signals();
	return status;
}

/* The path of the file that . is to run: a name without a slash is looked for along PATH. Files may run one another deep
 * down, so its room is not in the frame of who runs it. */
static __attribute__((noinline)) char *dot_path(const char *name)
{
	char path[PATH_MAX], *copy;

	if (!strchr(name, '/') && path_search(NULL, name, R_OK, path, sizeof(path)))
		name = path;
	copy = allocate(strlen(name) + 1);
	return strcpy(copy, name);
}

/* . file: its commands, in this shell. */
static int builtin_dot(char **arguments)
{
	char *path;
	int status;

	if (!arguments[1]) {
		complain(".: which file?");
		return special_failed();
	}
	path = dot_path(arguments[1]);
	status = run_file(path, arguments[2] ? arguments + 2 : NULL);
	free(path);
	/* A script that lacks a part of itself does not go on. */
	return status < 0 ? special_failed() : status;
}

static int builtin_help(char **arguments)
{
	(void)arguments;
	puts("if LIST; then LIST; elif LIST; then LIST; else LIST; fi    while LIST; do LIST; done    until ...\n"
	     "for NAME in WORDS; do LIST; done    case WORD in PATTERN) LIST;; esac    NAME() { LIST; }    ( LIST )\n"
	     "command < in > out 2>&1 >> more << END    a | b    a ; b    a && b || c    ! a    a &    NAME=value command\n"
	     "$NAME $? $! $# $@ ${NAME:-word} ${NAME%pattern} $(command) $((1 + 2))    * ? [a-z] ~    'as is' \"$NAME\" \\x\n"
	     "Built in: . : [ bg break cd command continue echo eval exec exit export false fg getopts help jobs kill local\n"
	     "printf pwd read readonly return set shift test times trap true type ulimit umask unset wait\n"
	     "Programs are in /bin (type: ls /bin). heapdemo shows the heap at work, meminfo the memory of the machine,\n"
	     "poweroff ends it.");
	return 0;
}

const struct builtin *builtin_find(const char *name)
{
	enum { SPECIAL = BUILTIN_SPECIAL, OPERANDS = BUILTIN_OPERANDS };
	static const struct builtin builtins[] = {
		{ ".", builtin_dot, SPECIAL | OPERANDS }, { ":", builtin_true, SPECIAL }, { "[", builtin_test, 0 },
		{ "bg", builtin_bg, OPERANDS }, { "break", builtin_break, SPECIAL | OPERANDS },
		{ "cd", builtin_cd, 0 }, { "command", builtin_command, 0 },
		{ "continue", builtin_break, SPECIAL | OPERANDS }, { "echo", builtin_echo, 0 },
		{ "eval", builtin_eval, SPECIAL | OPERANDS }, { "exec", builtin_exec, SPECIAL | OPERANDS },
		{ "exit", builtin_exit, SPECIAL | OPERANDS }, { "export", builtin_mark, SPECIAL },
		{ "false", builtin_false, 0 }, { "fg", builtin_fg, OPERANDS },
		{ "getopts", builtin_getopts, OPERANDS }, { "help", builtin_help, 0 }, { "jobs", builtin_jobs, 0 },
		{ "kill", builtin_kill, 0 }, { "local", builtin_local, OPERANDS },
		{ "printf", builtin_printf, OPERANDS }, { "pwd", builtin_pwd, 0 },
		{ "read", builtin_read, 0 }, { "readonly", builtin_mark, SPECIAL },
		{ "return", builtin_return, SPECIAL | OPERANDS }, { "set", builtin_set, SPECIAL },
		{ "shift", builtin_shift, SPECIAL | OPERANDS }, { "test", builtin_test, 0 },
		{ "times", builtin_times, SPECIAL | OPERANDS }, { "trap", builtin_trap, SPECIAL },
		{ "true", builtin_true, 0 }, { "type", builtin_type, OPERANDS }, { "ulimit", builtin_ulimit, 0 },
		{ "umask", builtin_umask, 0 }, { "unset", builtin_unset, SPECIAL },
		{ "wait", builtin_wait, OPERANDS },
	};
	size_t low = 0, high = sizeof(builtins) / sizeof(builtins[0]);

	while (low < high) {
		size_t middle = (low + high) / 2;
		int order = strcmp(name, builtins[middle].name);

		if (order == 0)
			return &builtins[middle];
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}
