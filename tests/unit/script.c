// unit: sources kernel/proc/script.c flags -Ikernel
/* proc/script.c: the first lines of scripts, sound, odd and cut off; and random ones. */
#include "unit.h"

#include <errno.h>
#include <string.h>

#include "proc/script.h"

static char head[SCRIPT_LINE_MAX + 1];
static char *interpreter, *argument;

static int read_line(const char *text)
{
	memset(head, 0, sizeof(head));
	memcpy(head, text, strnlen(text, SCRIPT_LINE_MAX));
	UNIT_CHECK(script_is(head));
	return script_read_line(head, &interpreter, &argument);
}

static void check_line(const char *text, const char *first, const char *second)
{
	UNIT_CHECK(read_line(text) == 0);
	UNIT_CHECK(strcmp(interpreter, first) == 0);
	UNIT_CHECK(second ? argument && strcmp(argument, second) == 0 : argument == NULL);
}

static void sound_lines(void)
{
	check_line("#!/bin/sh\necho", "/bin/sh", NULL);
	check_line("#!/bin/sh", "/bin/sh", NULL);
	check_line("#! \t/bin/sh \t \n-x", "/bin/sh", NULL);
	check_line("#!/bin/sh -e -x\t\n", "/bin/sh", "-e -x");
	check_line("#!/bin/sh\t-e\n", "/bin/sh", "-e");
	check_line("#!sh\n\n", "sh", NULL);
}

static void no_name(void)
{
	UNIT_CHECK(read_line("#!\n/bin/sh") == -ENOEXEC);
	UNIT_CHECK(read_line("#!  \t \n/bin/sh") == -ENOEXEC);
	UNIT_CHECK(read_line("#!") == -ENOEXEC);
	UNIT_CHECK(!script_is("#/bin/sh") && !script_is("!") && !script_is(""));
}

static void long_lines(void)
{
	char text[600];

	memset(text, 'n', sizeof(text));
	memcpy(text, "#!", 2);
	text[sizeof(text) - 1] = '\0';
	/* The name may go on behind what is looked at. */
	UNIT_CHECK(read_line(text) == -ENOEXEC);
	/* The last byte that is looked at ends it. */
	text[SCRIPT_LINE_MAX - 1] = '\n';
	UNIT_CHECK(read_line(text) == 0 && strlen(interpreter) == SCRIPT_LINE_MAX - 3);
	/* An argument is cut. */
	text[SCRIPT_LINE_MAX - 1] = 'n';
	text[100] = ' ';
	UNIT_CHECK(read_line(text) == 0 && strlen(interpreter) == 98);
	UNIT_CHECK(strlen(argument) == SCRIPT_LINE_MAX - 101);
}

static void random_lines(void)
{
	static const char bytes[] = { ' ', '\t', '\n', 'a', '/', '\0', '#', '!' };

	for (unsigned round = 0; round < 200000; round++) {
		u64 length = 2 + unit_random(SCRIPT_LINE_MAX - 1);

		memset(head, 0, sizeof(head));
		memcpy(head, "#!", 2);
		for (u64 i = 2; i < length && i < SCRIPT_LINE_MAX; i++)
			head[i] = bytes[unit_random(unit_random(2) ? 4 : sizeof(bytes))];
		if (script_read_line(head, &interpreter, &argument) != 0)
			continue;
		UNIT_CHECK(interpreter[0] && !strpbrk(interpreter, " \t\n"));
		UNIT_CHECK(interpreter + strlen(interpreter) < head + sizeof(head));
		UNIT_CHECK(!argument || (argument[0] && !strchr(argument, '\n')));
	}
}

int main(void)
{
	UNIT_CASE(sound_lines);
	UNIT_CASE(no_name);
	UNIT_CASE(long_lines);
	UNIT_CASE(random_lines);
	return unit_done();
}
