/* sh: the shell of SynOS.	sh | sh FILE [ARGUMENT]... | sh -c TEXT [NAME [ARGUMENT]...]
 *
 * Without FILE or -c it reads commands from standard input, with a prompt if that is a terminal. */
#include "jobs.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
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
	va_end(arguments);
}

/* Text that grows while it is read. */
struct text {
	char *bytes;
	size_t length, room;
};

static void text_add(struct text *text, char c)
{
	if (text->length + 2 > text->room) {
		text->room = text->room ? text->room * 2 : 256;
		text->bytes = realloc(text->bytes, text->room);
		if (!text->bytes) {
			complain("out of memory");
			exit(STATUS_USAGE);
		}
	}
	text->bytes[text->length++] = c;
	text->bytes[text->length] = '\0';
}

/* Parses and runs line after line. last: the shell may become the last command. Returns at the end or the first
 * error. */
static void run_text(const char *text, bool last)
{
	while (*text) {
		struct arena arena = { 0 };
		struct list *list;
		enum parse_result result = parse_line(&text, &arena, &list);

		jobs_notice();
		if (result == PARSE_INCOMPLETE)
			complain("syntax error: unexpected end of file");
		if (result == PARSE_INCOMPLETE || result == PARSE_ERROR)
			shell.status = STATUS_USAGE;
		if (result == PARSE_OK)
			run_list(list, last && text[strspn(text, " \t\n")] == '\0');
		arena_free(&arena);
		if (result == PARSE_INCOMPLETE || result == PARSE_ERROR)
			return;
	}
}

enum input { INPUT_LINE, INPUT_END, INPUT_INTERRUPTED };

/* Adds a line of standard input, newline included. One byte at a time: what follows the line belongs to the commands
 * that read the same input. INPUT_INTERRUPTED: ^C was typed instead of its end. */
static enum input read_line(struct text *text)
{
	char c;
	ssize_t count;

	for (;;) {
		count = read(0, &c, 1);
		if (count < 0 && errno == EINTR) {
			if (terminal_interrupted())
				return INPUT_INTERRUPTED;
			continue;
		}
		if (count <= 0)
			return INPUT_END;
		text_add(text, c);
		if (c == '\n')
			return INPUT_LINE;
	}
}

static void prompt(const char *text)
{
	if (!shell.interactive)
		return;
	fputs(text, stderr);
	fflush(stderr);
}

/* Reads one complete command, over several lines if it needs them, and runs it; false if the shell should end. */
static bool run_input_line(void)
{
	struct text text = { 0 };
	struct arena arena = { 0 };
	struct list *list = NULL;
	enum parse_result result = PARSE_EMPTY;
	enum input input;

	jobs_notice();
	prompt("$ ");
	do {
		const char *at;

		input = read_line(&text);
		arena_free(&arena);
		at = text.bytes ? text.bytes : "";
		result = parse_line(&at, &arena, &list);
		if (result == PARSE_INCOMPLETE && input == INPUT_LINE)
			prompt("> ");
	} while (result == PARSE_INCOMPLETE && input == INPUT_LINE);
	if (input == INPUT_INTERRUPTED) {
		fputc('\n', stderr);
		shell.status = STATUS_SIGNAL + SIGINT;
		result = PARSE_EMPTY;
	}
	if (result == PARSE_INCOMPLETE)
		complain("syntax error: unexpected end of file");
	if (result == PARSE_OK)
		run_list(list, false);
	else if (result != PARSE_EMPTY)
		shell.status = STATUS_USAGE;
	arena_free(&arena);
	free(text.bytes);
	if (input == INPUT_END)
		return jobs_hold_exit();
	return shell.interactive || (result != PARSE_ERROR && result != PARSE_INCOMPLETE);
}

/* The text of a file; NULL with a message and the status that stands for it. */
static char *read_file(const char *path, int *status)
{
	struct text text = { 0 };
	char buffer[4096];
	ssize_t count = 0;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	*status = fd < 0 && errno == ENOENT ? STATUS_NOT_FOUND : STATUS_CANNOT_RUN;
	text_add(&text, '\n');
	while (fd >= 0 && (count = read(fd, buffer, sizeof(buffer))) > 0)
		for (ssize_t i = 0; i < count; i++)
			text_add(&text, buffer[i]);
	if (fd < 0 || count < 0)
		complain("%s: %s", path, strerror(errno));
	else if (memchr(text.bytes, '\0', text.length))
		complain("%s: not a script", path);
	else
		*status = 0;
	if (fd >= 0)
		close(fd);
	if (*status == 0)
		return text.bytes;
	free(text.bytes);
	return NULL;
}

int run_file(const char *path, char **arguments)
{
	char **own_arguments = shell.arguments, *text;
	int own_count = shell.argument_count, status;

	text = read_file(path, &status);
	if (!text)
		return -1;
	if (arguments) {
		shell.arguments = arguments;
		for (shell.argument_count = 0; arguments[shell.argument_count]; )
			shell.argument_count++;
	}
	shell.status = 0;
	run_text(text, false);
	free(text);
	if (arguments) {
		shell.arguments = own_arguments;
		shell.argument_count = own_count;
	}
	return shell.status;
}

static void run_script(const char *path)
{
	int status;
	char *text = read_file(path, &status);

	if (!text)
		exit(status);
	shell.name = path;
	run_text(text, true);
}

int main(int argc, char **argv, char **envp)
{
	shell.pid = getpid();
	signal(SIGCHLD, SIG_DFL);	/* else there would be no statuses */
	var_import(envp);
	if (!var_get("PATH"))
		var_set("PATH", 4, "/bin");
	if (argc > 1 && strcmp(argv[1], "-c") == 0) {
		if (argc > 2 && strcmp(argv[2], "--") == 0) {
			argv++;
			argc--;
		}
		if (argc == 2) {
			complain("-c wants a text");
			return STATUS_USAGE;
		}
		if (argc > 3)
			shell.name = argv[3];
		shell.arguments = argv + (argc > 3 ? 4 : 3);
		shell.argument_count = argc > 4 ? argc - 4 : 0;
		run_text(argv[2], true);
	} else if (argc > 1 && argv[1][0] == '-' && argv[1][1]) {
		complain("%s: unknown option", argv[1]);
		return STATUS_USAGE;
	} else if (argc > 1) {
		shell.arguments = argv + 2;
		shell.argument_count = argc - 2;
		run_script(argv[1]);
	} else {
		shell.interactive = isatty(0);
		if (shell.interactive)
			terminal_init();
		while (run_input_line())
			;
		if (shell.interactive)
			fputc('\n', stderr);
	}
	return shell.status;
}
