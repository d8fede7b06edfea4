/* Runs parsed lines. A command becomes a child with its redirections applied, unless it is built in and stands alone:
 * then it runs in the shell, and the descriptors it had redirected are put back. Every descriptor that the shell
 * itself opens has close-on-exec, so that commands get 0, 1, 2 and what they were redirected to, nothing else. */
#include "jobs.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATH_DEFAULT	"/bin"

/* Makes fd what the redirection says; false with a message if it cannot be. */
static bool redirect_apply(const struct redirect *redirect, struct arena *arena)
{
	static const int flags[] = {
		[REDIRECT_READ] = O_RDONLY,
		[REDIRECT_WRITE] = O_WRONLY | O_CREAT | O_TRUNC,
		[REDIRECT_APPEND] = O_WRONLY | O_CREAT | O_APPEND,
	};
	char *target = expand_single(redirect->target, arena);
	int from;

	if (redirect->kind == REDIRECT_DUP) {
		char *end;

		if (strcmp(target, "-") == 0) {
			close(redirect->fd);
			return true;
		}
		from = strtol(target, &end, 10);
		if (end == target || *end || dup2(from, redirect->fd) < 0) {
			complain("%s: bad file descriptor", target);
			return false;
		}
		return true;
	}
	from = open(target, flags[redirect->kind], 0666);
	if (from < 0) {
		complain("%s: %s", target, strerror(errno));
		return false;
	}
	if (from != redirect->fd) {
		dup2(from, redirect->fd);
		close(from);
	}
	return true;
}

static bool redirect_all(const struct redirect *redirect, struct arena *arena)
{
	for (; redirect; redirect = redirect->next)
		if (!redirect_apply(redirect, arena))
			return false;
	return true;
}

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

int exec_search(char **arguments)
{
	const char *directory = var_get("PATH"), *name = arguments[0];
	char **environment = var_environment();
	int status = STATUS_NOT_FOUND, error = ENOENT;
	char path[PATH_MAX];

	if (!environment) {
		complain("out of memory");
		return STATUS_CANNOT_RUN;
	}
	if (strchr(name, '/')) {
		status = exec_file(name, arguments, environment);
		complain("%s: %s", name, strerror(errno));
		return status;
	}
	for (directory = directory ? directory : PATH_DEFAULT; *name && directory; ) {
		size_t length = strcspn(directory, ":");

		if (snprintf(path, sizeof(path), "%.*s%s%s", (int)length, directory, length ? "/" : "", name) <
		    (int)sizeof(path) && exec_file(path, arguments, environment) == STATUS_CANNOT_RUN) {
			status = STATUS_CANNOT_RUN;
			error = errno;
		}
		directory = directory[length] ? directory + length + 1 : NULL;
	}
	if (status == STATUS_NOT_FOUND)
		complain("%s: not found", name);
	else
		complain("%s: %s", name, strerror(error));
	return status;
}

static void assign_all(const struct word *assignment, struct arena *arena, bool export)
{
	for (; assignment; assignment = assignment->next) {
		size_t length = name_length(assignment->text);

		var_set(assignment->text, length, expand_single(assignment->text + length + 1, arena));
		if (export)
			var_export(assignment->text, length);
	}
}

/* Becomes the command: this process is the shell's child, or the shell at its end. */
static _Noreturn void command_become(const struct command *command, char **arguments, struct arena *arena)
{
	builtin_t builtin;

	if (!redirect_all(command->redirects, arena))
		_exit(1);
	assign_all(command->assignments, arena, true);
	if (!arguments || !arguments[0])
		_exit(0);
	builtin = builtin_find(arguments[0]);
	if (builtin) {
		int status = builtin(arguments);

		fflush(stdout);
		_exit(status);
	}
	_exit(exec_search(arguments));
}

#define SAVED_FDS	10	/* redirections name 0..9; what the shell keeps lies above */

/* What a redirection has changed is as it was before, or stays as it is now. */
static void restore_fds(const int *saved, const bool *used, bool keep)
{
	for (int fd = 0; fd < SAVED_FDS; fd++) {
		if (!used[fd])
			continue;
		if (!keep) {
			close(fd);
			if (saved[fd] >= 0)
				dup2(saved[fd], fd);
		}
		if (saved[fd] >= 0)
			close(saved[fd]);
	}
}

/* Runs a built-in command (or none: assignments and redirections alone) in the shell itself. The descriptors that it
 * redirects are kept meanwhile, and put back, but for those of exec. */
static int command_in_shell(const struct command *command, builtin_t builtin, char **arguments, struct arena *arena)
{
	int saved[SAVED_FDS], status = 1;
	bool used[SAVED_FDS] = { false }, keep = builtin == builtin_exec;

	for (const struct redirect *redirect = command->redirects; redirect; redirect = redirect->next) {
		int fd = redirect->fd;

		if (!used[fd])
			saved[fd] = fcntl(fd, F_DUPFD_CLOEXEC, SAVED_FDS);
		used[fd] = true;
	}
	if (redirect_all(command->redirects, arena)) {
		assign_all(command->assignments, arena, keep);
		status = builtin ? builtin(arguments) : 0;
	} else {
		keep = false;
	}
	fflush(stdout);
	restore_fds(saved, used, keep);
	return status;
}

static char **command_arguments(const struct command *command, struct arena *arena)
{
	struct fields fields = { 0 };

	for (const struct word *word = command->words; word; word = word->next)
		expand_word(word->text, arena, &fields);
	return fields.items;
}

/* A command that is no part of a pipe. last: nothing is left to do after it, so the shell may become it. */
static int command_run(const struct command *command, const char *text, struct arena *arena, bool last)
{
	char **arguments = command_arguments(command, arena);
	builtin_t builtin = arguments ? builtin_find(arguments[0]) : NULL;
	struct job *job;

	if (!arguments || builtin)
		return command_in_shell(command, builtin, arguments, arena);
	fflush(NULL);
	if (last)
		command_become(command, arguments, arena);
	job = job_new(text, false);
	if (job_fork(job) == 0)
		command_become(command, arguments, arena);
	return job_wait(job);
}

/* One command of a pipe, reading `in` and writing `out`: a process of the job. */
static pid_t command_start(const struct command *command, struct job *job, struct arena *arena, int in, int out)
{
	pid_t child = job_fork(job);

	if (child != 0)
		return child;
	if (in != 0)
		dup2(in, 0);
	if (out != 1)
		dup2(out, 1);
	command_become(command, command_arguments(command, arena), arena);
}

/* Starts all commands of a pipe at once; false if that could not be done. */
static bool pipeline_start(const struct pipeline *pipeline, struct job *job, struct arena *arena)
{
	const struct command *command = pipeline->commands;
	pid_t child = 0;
	int in = 0;

	fflush(NULL);
	for (; command && child >= 0; command = command->next) {
		int ends[2] = { 0, 1 };

		if (command->next && pipe2(ends, O_CLOEXEC) < 0) {
			complain("pipe: %s", strerror(errno));
			break;
		}
		child = command_start(command, job, arena, in, ends[1]);
		if (in != 0)
			close(in);
		if (ends[1] != 1)
			close(ends[1]);
		in = ends[0];
	}
	if (in != 0)
		close(in);
	return !command && child >= 0;
}

/* The status of a pipe is that of its last command. */
static int pipeline_run(const struct list *list, struct arena *arena, bool last)
{
	const struct pipeline *pipeline = &list->pipeline;
	struct job *job;
	bool complete;
	int status;

	if (!pipeline->commands->next)
		return command_run(pipeline->commands, list->text, arena, last);
	job = job_new(list->text, false);
	complete = pipeline_start(pipeline, job, arena);
	status = job_wait(job);
	return complete ? status : 1;
}

/* The group that begins here is over where this is true. */
static bool group_ends(const struct list *list)
{
	return !list || list->before == LIST_ALWAYS;
}

static void group_run(const struct list *list, bool last)
{
	struct arena arena = { 0 };

	do {
		if (!(list->before == LIST_AND && shell.status != 0) &&
		    !(list->before == LIST_OR && shell.status == 0)) {
			bool negated = list->pipeline.negated;
			int status = pipeline_run(list, &arena, last && !negated && group_ends(list->next));

			shell.status = negated ? !status : status;
		}
		arena_free(&arena);
		list = list->next;
	} while (!group_ends(list) && !shell.interrupted);
}

/* A pipe alone is the job itself; what has more to do is run by a shell of its own. */
static void group_start(const struct list *list)
{
	struct job *job = job_new(list->text, true);
	struct arena arena = { 0 };

	if (group_ends(list->next) && !list->pipeline.negated) {
		shell.status = pipeline_start(&list->pipeline, job, &arena) ? 0 : 1;
	} else {
		fflush(NULL);
		pid_t child = job_fork(job);

		if (child == 0) {
			group_run(list, true);
			_exit(shell.status);
		}
		shell.status = child < 0;
	}
	arena_free(&arena);
	job_announce(job);
}

void run_list(const struct list *list, bool last)
{
	const struct list *next;

	shell.interrupted = false;
	for (; list && !shell.interrupted; list = next) {
		for (next = list->next; !group_ends(next); next = next->next)
			;
		if (list->background)
			group_start(list);
		else
			group_run(list, last && !next && !jobs);
	}
}
