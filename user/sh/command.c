/* Simple commands: what a name means, and the functions. */
#include "tree.h"

#include "builtins.h"
#include "jobs.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct function *functions;

/* Replaces this process by path. Returns the status to exit with if that fails; ENOENT is left for the caller to
 * report, since the search may go on. A file without a magic number is taken for a script, as POSIX has it. */
static int exec_file(const char *path, char **arguments, char **environment)
{
	execve(path, arguments, environment);
	if (errno == ENOEXEC) {
		size_t count = 0;
		char **script;

		while (arguments[count])
			count++;
		script = calloc(count + 3, sizeof(*script));
		if (script) {
			script[0] = "sh";
			script[1] = (char *)path;
			memcpy(script + 2, arguments + 1, count * sizeof(*script));
			execve("/bin/sh", script, environment);
		}
		errno = ENOEXEC;
	}
	return errno == ENOENT || errno == ENOTDIR ? STATUS_NOT_FOUND : STATUS_CANNOT_RUN;
}

/* The next path along PATH, or the name itself if it has a slash: false if there is none. *at is NULL at the end. */
static bool path_next(const char **at, const char *name, char *path, size_t size)
{
	size_t length;
	const char *directory = *at;

	if (!directory || !*name)
		return false;
	if (strchr(name, '/')) {
		*at = NULL;
		return snprintf(path, size, "%s", name) < (int)size;
	}
	length = strcspn(directory, ":");
	*at = directory[length] ? directory + length + 1 : NULL;
	if (snprintf(path, size, "%.*s%s%s", (int)length, directory, length ? "/" : "", name) >= (int)size)
		*path = '\0';
	return true;
}

static const char *path_begin(void)
{
	const char *path = var_get("PATH");

	return path ? path : PATH_STANDARD;
}

bool path_search(const char *along, const char *name, int mode, char *path, size_t size)
{
	struct stat status;

	for (const char *at = along ? along : path_begin(); path_next(&at, name, path, size); )
		if (access(path, mode) == 0 && stat(path, &status) == 0 && !S_ISDIR(status.st_mode))
			return true;
	return false;
}

int exec_search(const char *along, char **arguments)
{
	const char *name = arguments[0];
	char **environment = var_environment();
	int status = STATUS_NOT_FOUND, error = ENOENT;
	char path[PATH_MAX];

	for (const char *at = along ? along : path_begin(); path_next(&at, name, path, sizeof(path)); ) {
		int now = exec_file(path, arguments, environment);

		if (now == STATUS_CANNOT_RUN || strchr(name, '/')) {
			status = now;
			error = errno;
		}
		if (now == STATUS_CANNOT_RUN && error != EACCES)
			break;
	}
	free(environment);
	if (status == STATUS_NOT_FOUND && !strchr(name, '/'))
		complain("%s: not found", name);
	else
		complain("%s: %s", name, strerror(error));
	return status;
}

struct function *function_find(const char *name)
{
	struct function *function = functions;

	while (function && strcmp(function->name, name) != 0)
		function = function->next;
	return function;
}

bool function_unset(const char *name)
{
	for (struct function **link = &functions; *link; link = &(*link)->next) {
		struct function *function = *link;

		if (strcmp(function->name, name) != 0)
			continue;
		*link = function->next;
		program_release(function->program);
		free(function);
		return true;
	}
	return false;
}

void function_define(const struct node *node)
{
	struct function *function = allocate(sizeof(*function) + strlen(node->name) + 1);

	strcpy(function->name, node->name);
	function->program = node->program;
	function->program->references++;
	function->body = node->child;
	function_unset(node->name);
	function->next = functions;
	functions = function;
}

/* It may be defined anew, or not at all any more, while it runs. */
int function_call(struct function *function, char **arguments, bool last)
{
	struct shell outer = shell;
	struct program *program = function->program;
	size_t depth = var_depth();
	int status;

	program->references++;
	shell.arguments = arguments + 1;
	for (shell.argument_count = 0; arguments[1 + shell.argument_count]; )
		shell.argument_count++;
	shell.own_arguments = NULL;
	shell.loops = 0;
	shell.calls++;
	status = node_run(function->body, last);
	if (shell.unwind == UNWIND_RETURN) {
		shell.unwind = UNWIND_NONE;
		status = shell.status;
	}
	free(shell.own_arguments);
	shell.arguments = outer.arguments;
	shell.argument_count = outer.argument_count;
	shell.own_arguments = outer.own_arguments;
	shell.loops = outer.loops;
	shell.calls--;
	var_restore(depth);
	program_release(program);
	return status;
}

static char *arena_join(struct arena *arena, const char *name, const char *value)
{
	size_t size = strlen(name) + 1 + strlen(value) + 1;
	char *text = arena_alloc(arena, size);

	snprintf(text, size, "%s=%s", name, value);
	return text;
}

/* set -x */
static void trace(char **words)
{
	const char *prefix = var_get("PS4");

	fputs(prefix ? prefix : "+ ", stderr);
	for (char **word = words; *word; word++)
		fprintf(stderr, word == words ? "%s" : " %s", *word);
	fputc('\n', stderr);
	fflush(stderr);
}

/* temporary: what they were comes back by var_restore. An error has set shell.unwind. */
static void assign_all(const struct word *word, struct arena *arena, bool export, bool temporary)
{
	for (; word && !shell.unwind; word = word->next) {
		size_t length = strlen(word->assigns);
		char *value = expand_single(word, arena, EXPAND_ASSIGNMENT);

		if (shell.unwind)
			return;
		if (shell.options['x'])
			trace((char *[]){ arena_join(arena, word->assigns, value), NULL });
		if (temporary)
			var_save(word->assigns, length);
		if (!var_set(word->assigns, length, value))
			shell_fail(STATUS_USAGE);
		else if (export)
			var_mark(word->assigns, length, VAR_EXPORTED);
	}
}

/* Becomes the command: this process is the shell's child, or the shell at its end. With assignments the shell itself has
 * done all that comes before. */
static _Noreturn void command_become(const struct node *node, const char *along, char **arguments)
{
	if (!node->assignments && !redirects_apply(node->redirects))
		_exit(1);
	_exit(exec_search(along, arguments));
}

/* The job that runs the command, to be waited for. */
static struct job *command_start(const struct node *node, const char *along, char **arguments, bool last)
{
	struct job *job;

	fflush(NULL);
	if (last && !jobs && !traps_set())
		command_become(node, along, arguments);
	job = job_new(node->program->text + node->start, node->length, false);
	if (job_fork(job) == 0) {
		child_begin(false);
		command_become(node, along, arguments);
	}
	return job;
}

static int output_end(const char *name, int status)
{
	bool failed = ferror(stdout);

	if (fflush(stdout) != 0 || failed) {
		complain("%s: %s", name, strerror(errno));
		status = status ? status : 1;
	}
	clearerr(stdout);
	return status;
}

/* What a simple command is: neither of the two for a program. */
struct meaning {
	const struct builtin *builtin;
	struct function *function;
	bool special;		/* its errors end a script */
	bool caught;		/* it stands behind `command`, where no error does */
	const char *along;	/* where programs are, with `command -p`; NULL: PATH says so */
};

static int builtin_run(const struct meaning *meaning, char **arguments)
{
	int status;

	if (meaning->builtin->flags & BUILTIN_OPERANDS && arguments[1] && strcmp(arguments[1], "--") == 0) {
		arguments[1] = arguments[0];
		arguments++;
	}
	status = output_end(arguments[0], meaning->builtin->function(arguments));
	if (!meaning->caught || shell.unwind != UNWIND_FAIL)
		return status;
	shell.unwind = UNWIND_NONE;
	return shell.status;
}

/* In the shell itself: a built-in command, a function, or none, which is assignments and redirections alone. A program is
 * started from here if it has assignments, whose errors are the shell's. */
static int command_in_shell(const struct node *node, const struct meaning *meaning, char **arguments,
	struct arena *arena, bool last)
{
	const struct builtin *builtin = meaning->builtin;
	bool temporary = arguments && !meaning->special, keep = false;
	size_t depth = var_depth();
	struct job *job = NULL;
	struct saved saved;
	int status = 1;

	if (redirects_begin(node->redirects, &saved)) {
		keep = builtin && builtin->function == builtin_exec;
		assign_all(node->assignments, arena, temporary || keep, temporary);
		if (shell.unwind)
			status = shell.status;
		else if (meaning->function)
			status = function_call(meaning->function, arguments, last);
		else if (builtin)
			status = builtin_run(meaning, arguments);
		else if (arguments)
			job = command_start(node, meaning->along, arguments, last);
		else
			status = shell.substituted;
	} else if (meaning->special && !shell.unwind) {
		shell_fail(1);
	}
	redirects_undo(&saved, keep);
	if (job)
		status = job_wait(job);
	if (node->assignments)
		var_restore(depth);
	return status;
}

/* -p, or -pp and so on. */
static bool is_option_p(const char *word)
{
	return word[0] == '-' && word[1] && word[1 + strspn(word + 1, "p")] == '\0';
}

/* What stands behind `command`, if it is to be run; with other options that is a built-in command. */
static char **command_words(char **arguments, struct meaning *meaning)
{
	while (strcmp(arguments[0], "command") == 0) {
		char **words = arguments + 1;
		bool standard = false;

		for (; *words && is_option_p(*words); words++)
			standard = true;
		if (*words && strcmp(*words, "--") == 0)
			words++;
		else if (*words && (*words)[0] == '-' && (*words)[1])
			break;
		if (!*words)
			break;
		arguments = words;
		meaning->caught = true;
		if (standard)
			meaning->along = PATH_STANDARD;
	}
	return arguments;
}

/* Behind the word command, a name is no function's, and nothing is special. */
static int command_run(const struct node *node, char **arguments, struct arena *arena, bool last)
{
	struct meaning meaning = { 0 };

	if (!arguments)
		return command_in_shell(node, &meaning, NULL, arena, false);
	if (shell.options['x'])
		trace(arguments);
	arguments = command_words(arguments, &meaning);
	meaning.builtin = builtin_find(arguments[0]);
	meaning.special = meaning.builtin && meaning.builtin->flags & BUILTIN_SPECIAL && !meaning.caught;
	if (!meaning.special && !meaning.caught)
		meaning.function = function_find(arguments[0]);
	if (meaning.builtin || meaning.function || node->assignments)
		return command_in_shell(node, &meaning, arguments, arena, last);
	return job_wait(command_start(node, meaning.along, arguments, last));
}

/* export, readonly and local take assignments, which are no fields. */
static bool is_declaration(const struct fields *fields)
{
	static const char *const names[] = { "export", "readonly", "local" };

	for (size_t i = 0; fields->count > 0 && i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(fields->items[0], names[i]) == 0)
			return true;
	return false;
}

int simple_run(const struct node *node, bool last)
{
	struct arena arena = { 0 };
	struct fields fields = { 0 };
	int status = 0;

	shell.substituted = 0;
	for (const struct word *word = node->words; word && !shell.unwind; word = word->next) {
		if (word->assigns && is_declaration(&fields)) {
			char *value = expand_single(word, &arena, EXPAND_ASSIGNMENT);

			fields_add(&fields, arena_join(&arena, word->assigns, value), &arena);
		} else {
			expand_word(word, &arena, &fields);
		}
	}
	if (!shell.unwind)
		status = command_run(node, fields.items, &arena, last);
	arena_free(&arena);
	return shell.unwind ? shell.status : status;
}
