/* The first line of a script (proc/script.h). */
#include "proc/script.h"

#include "lib/errno.h"
#include "lib/string.h"

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static char *skip_blanks(char *text)
{
	while (is_blank(*text))
		text++;
	return text;
}

static char *skip_word(char *text)
{
	while (*text && !is_blank(*text))
		text++;
	return text;
}

bool script_is(const char *head)
{
	return head[0] == '#' && head[1] == '!';
}

int script_read_line(char *head, char **interpreter, char **argument)
{
	char *line = head + 2;
	char *end = line;

	while (*end && *end != '\n')
		end++;
	bool whole = end < head + SCRIPT_LINE_MAX;
	while (end > line && is_blank(end[-1]))
		end--;
	*end = '\0';
	line = skip_blanks(line);
	char *rest = skip_word(line);
	/* A name that reaches to the cut may be only the start of one. */
	if (rest == line || (!whole && *rest == '\0'))
		return -ENOEXEC;
	*interpreter = line;
	*argument = skip_blanks(rest);
	*rest = '\0';
	if (**argument == '\0')
		*argument = NULL;
	return 0;
}
