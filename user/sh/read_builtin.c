/* read [-r] name...: a line of standard input, split by IFS into that many variables. */
#include "builtins.h"
#include "jobs.h"

#include <errno.h>
#include <string.h>

/* A line whose characters are either plain, or were behind a \ and so are no delimiters: marks says so for each. */
struct line {
	struct text text, marks;
	const char *ifs;	/* at first: read may set it itself */
};

/* The next byte, and no more, for what follows the line is for other commands; -1 at the end, or if a signal's trap or ^C
 * ends the command. */
static int next_byte(void)
{
	char c;

	for (;;) {
		ssize_t count = shell_read_byte(&c);

		if (count == 1)
			return (unsigned char)c;
		if (count == 0 || errno != EINTR)
			return -1;
		if (shell.interactive && terminal_interrupted())
			shell_interrupt();
		traps_run();
		if (shell.unwind)
			return -1;
	}
}

/* Reads a line; false if the input ends before its newline. */
static bool read_line(struct line *line, bool plain)
{
	int c;

	while ((c = next_byte()) >= 0 && c != '\n') {
		bool escaped = c == '\\' && !plain;

		if (escaped && (c = next_byte()) == '\n')
			continue;
		if (c <= 0)
			continue;
		text_add(&line->text, (char)c);
		text_add(&line->marks, escaped ? 'q' : ' ');
	}
	return c == '\n';
}

static bool is_delimiter(const struct line *line, size_t at)
{
	return at < line->text.length && line->marks.bytes[at] == ' ' && strchr(line->ifs, line->text.bytes[at]);
}

static bool is_white(const struct line *line, size_t at)
{
	return is_delimiter(line, at) && strchr(" \t\n", line->text.bytes[at]);
}

/* The end of the field at `at`; what delimits it is passed by in *next. */
static size_t field_end(const struct line *line, size_t at, size_t *next)
{
	size_t end = at;

	while (end < line->text.length && !is_delimiter(line, end))
		end++;
	*next = end;
	while (is_white(line, *next))
		++*next;
	if (is_delimiter(line, *next)) {
		++*next;
		while (is_white(line, *next))
			++*next;
	}
	return end;
}

static bool set_field(const char *name, const struct line *line, size_t from, size_t to)
{
	struct text text = { 0 };
	bool done;

	text_append(&text, line->text.length ? line->text.bytes + from : "", to - from);
	done = var_set(name, strlen(name), text.bytes);
	text_free(&text);
	return done;
}

/* The last variable gets all that is left, but white space at its end, and a delimiter if that ends its only field. */
static bool split(const struct line *line, char **names)
{
	size_t at = 0, next;

	while (is_white(line, at))
		at++;
	for (; *names; names++, at = next) {
		size_t end = field_end(line, at, &next);

		if (!names[1] && next < line->text.length)
			for (end = next = line->text.length; end > at && is_white(line, end - 1); end--)
				;
		if (!set_field(*names, line, at, end))
			return false;
	}
	return true;
}

int builtin_read(char **arguments)
{
	struct arena arena = { 0 };
	struct line line = { 0 };
	bool plain = false, complete, set = true;
	static char *default_names[] = { "REPLY", NULL };
	char **names = arguments + 1;
	int option;

	while ((option = option_take("read", &names, "r"))) {
		if (option == '?')
			return STATUS_USAGE;
		plain = true;
	}
	for (char **name = names; *name; name++) {
		if (!is_name(*name)) {
			complain("read: %s: not a name", *name);
			return STATUS_USAGE;
		}
	}
	line.ifs = arena_copy(&arena, ifs_get(), strlen(ifs_get()));
	complete = read_line(&line, plain);
	if (!shell.unwind)
		set = split(&line, *names ? names : default_names);
	text_free(&line.text);
	text_free(&line.marks);
	arena_free(&arena);
	if (shell.unwind)
		return shell.status;
	return !set ? STATUS_USAGE : complete ? 0 : 1;
}
