/* sh: the shell of SynOS.	sh | sh FILE [ARGUMENT]... | sh -c TEXT [NAME [ARGUMENT]...] | sh -s [ARGUMENT]...
 *
 * Without FILE or -c, and with -s, it reads commands from standard input, with a prompt if that is a terminal. */
#include "jobs.h"
#include "tree.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct shell shell = { .name = "sh" };

void complain(const char *format, ...)
{
	va_list arguments;

	fflush(stdout);
	va_start(arguments, format);
	fprintf(stderr, "%s: ", shell.name);
	vfprintf(stderr, format, arguments);
	fputc('\n', stderr);
	fflush(stderr);
	va_end(arguments);
}

void shell_fail(int status)
{
	shell.status = status;
	shell.unwind = UNWIND_FAIL;
}

void shell_abort(int status)
{
	shell.status = status;
	shell.unwind = UNWIND_ABORT;
}

void shell_interrupt(void)
{
	terminal_interrupted();		/* it is heard; the next line is another */
	fputc('\n', stderr);
	fflush(stderr);
	shell_abort(STATUS_SIGNAL + SIGINT);
}

void shell_leave(int status)
{
	shell.status = status;
	shell.unwind = UNWIND_NONE;
	traps_run();
	traps_run_exit();
	fflush(stdout);
	if (getpid() != shell.pid)
		_exit(shell.status);
	exit(shell.status);
}

/* Parses and runs command after command, to the end of the text or until something unwinds. last: the shell may become
 * the last command. */
static void run_source(struct source *source, bool last)
{
	enum parse_result result = PARSE_OK;
	bool ran = false;

	while (!shell.unwind && result != PARSE_END) {
		struct program *program;

		result = parse_program(source, &program);
		jobs_reap();
		if (result == PARSE_ERROR) {
			shell_fail(STATUS_USAGE);
		} else if (result == PARSE_OK) {
			const char *rest = source->text + source->at;

			node_run(program->tree, last && rest[strspn(rest, " \t\n")] == '\0');
			ran = true;
			program_release(program);
		}
	}
	if (!ran && !shell.unwind)
		shell.status = 0;
}

int run_text(const char *text)
{
	struct source source = { .text = text, .length = strlen(text) };

	run_source(&source, false);
	return shell.status;
}

ssize_t shell_read_byte(char *c)
{
	if (!shell.interactive && !traps_set())
		return read(0, c, 1);

	struct pollfd input = { .fd = terminal_input(), .events = POLLIN };
	sigset_t all, before;
	ssize_t count = -1;

	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, &before);
	do {
		if (!terminal_was_interrupted() && !traps_pending() && ppoll(&input, 1, NULL, &before) > 0)
			count = read(input.fd, c, 1);
		else
			errno = EINTR;
	} while (count < 0 && errno == EAGAIN);		/* ^C has taken it away meanwhile */
	int error = errno;
	sigprocmask(SIG_SETMASK, &before, NULL);
	errno = error;
	return count;
}

/* Adds a line of standard input, newline included. One byte at a time: what follows the line belongs to the commands
 * that read the same input. At a terminal the user is asked to go on. */
static bool input_more(struct source *source)
{
	static struct text line;
	const char *prompt = var_get(source->length == 0 ? "PS1" : "PS2");
	ssize_t count;
	char c = '\0';

	if (source->length == 0)
		line.length = 0;
	if (shell.interactive) {
		fputs(prompt ? prompt : source->length == 0 ? "$ " : "> ", stderr);
		fflush(stderr);
	}
	while (c != '\n') {
		count = shell_read_byte(&c);
		if (count < 0 && errno == EINTR) {
			source->interrupted = shell.interactive && terminal_interrupted();
			traps_run();
			if (source->interrupted || shell.unwind)
				return false;
			c = '\0';
			continue;
		}
		if (count <= 0) {
			source->more = NULL;
			break;
		}
		if (c)
			text_add(&line, c);
	}
	if (line.length == source->length)
		return false;
	source->text = line.bytes;
	source->length = line.length;
	return true;
}

/* Commands from standard input, to its end. */
static void run_input(void)
{
	enum parse_result result = PARSE_OK;

	while (shell.unwind != UNWIND_EXIT && (shell.interactive || shell.unwind != UNWIND_FAIL)) {
		struct source source = { .text = "", .more = input_more };
		struct program *program;

		shell.unwind = UNWIND_NONE;
		jobs_notice();
		result = parse_program(&source, &program);
		if (result == PARSE_OK) {
			node_run(program->tree, false);
			program_release(program);
		} else if (result == PARSE_ERROR) {
			shell_fail(STATUS_USAGE);
		} else if (result == PARSE_INTERRUPTED) {
			shell_interrupt();
		} else if (result == PARSE_END && !shell.unwind && !jobs_hold_exit()) {
			break;
		}
	}
	if (shell.interactive && shell.unwind != UNWIND_EXIT)
		fputc('\n', stderr);
	fflush(stderr);
}

/* Reads a file; a message and the status that stands for it, if that fails. What it needs of the stack is free again when
 * the file runs. */
static __attribute__((noinline)) int read_file(const char *path, struct text *text)
{
	char buffer[4096];
	ssize_t count = 0;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	int status = fd < 0 && errno == ENOENT ? STATUS_NOT_FOUND : STATUS_CANNOT_RUN;

	text_append(text, "", 0);
	while (fd >= 0 && (count = read(fd, buffer, sizeof(buffer))) > 0)
		text_append(text, buffer, count);
	if (fd < 0 || count < 0)
		complain("%s: %s", path, strerror(errno));
	else if (memchr(text->bytes, '\0', text->length))
		complain("%s: not a script", path);
	else
		status = 0;
	if (fd >= 0)
		close(fd);
	return status;
}

int run_file(const char *path, char **arguments)
{
	struct shell outer = shell;
	struct text text = { 0 };
	struct source source = { .line = 1 };

	if (read_file(path, &text) != 0) {
		text_free(&text);
		return -1;
	}
	if (arguments) {
		shell.own_arguments = NULL;
		arguments_set(arguments);
	}
	source.text = text.bytes;
	source.length = text.length;
	shell.calls++;
	run_source(&source, false);
	shell.calls--;
	if (shell.unwind == UNWIND_RETURN)
		shell.unwind = UNWIND_NONE;
	text_free(&text);
	if (arguments) {
		free(shell.own_arguments);
		shell.own_arguments = outer.own_arguments;
		shell.arguments = outer.arguments;
		shell.argument_count = outer.argument_count;
	}
	return shell.status;
}

static void run_script(const char *path)
{
	struct text text = { 0 };
	struct source source = { .line = 1 };
	int status = read_file(path, &text);

	if (status != 0)
		exit(status);
	shell.name = path;
	source.text = text.bytes;
	source.length = text.length;
	run_source(&source, true);
}

static void variables_begin(char **environment)
{
	char number[16];

	var_import(environment);
	var_set("IFS", 3, " \t\n");
	var_set("OPTIND", 6, "1");
	snprintf(number, sizeof(number), "%d", (int)getppid());
	var_set("PPID", 4, number);
	if (!var_get("PATH"))
		var_set("PATH", 4, PATH_STANDARD);
	folder_begin();
}

/* What there is to run: the text of -c, standard input, or a file; the words behind it are $1... */
static void run_arguments(const struct start *start)
{
	char **rest = shell.arguments;
	const char *first = start->command || !start->input ? *rest : NULL;

	rest += first != NULL;
	if (start->command && *rest)
		shell.name = *rest++;
	shell.arguments = rest;
	while (rest[shell.argument_count])
		shell.argument_count++;
	if (start->command) {
		struct source source = { .text = first, .length = strlen(first) };

		run_source(&source, true);
	} else if (first) {
		run_script(first);
	} else {
		shell.interactive = isatty(0);
		if (shell.interactive)
			terminal_init();
		run_input();
	}
}

int main(int argc, char **argv, char **envp)
{
	struct start start = { 0 };
	static char messages[PIPE_BUF];

	(void)argc;
	/* One write for each, so that those of several shells are not mixed: whoever ends one flushes it. */
	setvbuf(stderr, messages, _IOFBF, sizeof(messages));
	shell.pid = getpid();
	shell.trap_status = -1;
	signal(SIGCHLD, SIG_DFL);	/* else there would be no statuses */
	variables_begin(envp);
	shell.arguments = options_set(argv + (argv[0] != NULL), &start);
	if (!shell.arguments)
		return STATUS_USAGE;
	if (*shell.arguments && (strcmp(*shell.arguments, "--") == 0 || strcmp(*shell.arguments, "-") == 0))
		shell.arguments++;
	if (start.command && !*shell.arguments) {
		complain("-c wants a text");
		return STATUS_USAGE;
	}
	run_arguments(&start);
	shell_leave(shell.status);
}
