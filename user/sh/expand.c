/* Expansion of a word: parameters ($NAME ${NAME} $? $$ $! $# $0..$9 $@ $*), then splitting of what came from unquoted
 * parameters at white space, then quote removal, in one pass from left to right. */
#include "sh.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct expansion {
	struct arena *arena;
	struct fields *fields;	/* NULL: no splitting */
	char *text;		/* the field so far */
	size_t length, room;
	bool started;		/* there is a field, if only an empty quoted one */
};

static void expand_char(struct expansion *expansion, char c)
{
	if (expansion->length + 2 > expansion->room) {
		size_t room = expansion->room ? expansion->room * 2 : 64;
		char *text = arena_alloc(expansion->arena, room);

		if (expansion->length > 0)
			memcpy(text, expansion->text, expansion->length);
		expansion->text = text;
		expansion->room = room;
	}
	expansion->text[expansion->length++] = c;
	expansion->text[expansion->length] = '\0';
	expansion->started = true;
}

void fields_add(struct fields *fields, const char *text, struct arena *arena)
{
	if (fields->count + 2 > fields->room) {
		size_t room = fields->room ? fields->room * 2 : 16;
		char **items = arena_alloc(arena, room * sizeof(*items));

		if (fields->count > 0)
			memcpy(items, fields->items, fields->count * sizeof(*items));
		fields->items = items;
		fields->room = room;
	}
	fields->items[fields->count++] = arena_copy(arena, text, strlen(text));
	fields->items[fields->count] = NULL;
}

static void expand_field_end(struct expansion *expansion)
{
	if (!expansion->started)
		return;
	fields_add(expansion->fields, expansion->length ? expansion->text : "", expansion->arena);
	expansion->length = 0;
	expansion->started = false;
}

/* The value of a parameter: split at white space unless it stands in double quotes. */
static void expand_value(struct expansion *expansion, const char *value, bool quoted)
{
	for (; *value; value++) {
		if (!quoted && expansion->fields && strchr(" \t\n", *value))
			expand_field_end(expansion);
		else
			expand_char(expansion, *value);
	}
}

/* $@ and $*: each argument a field of its own, in quotes too ("$*" is treated as "$@"). */
static void expand_arguments(struct expansion *expansion, bool quoted)
{
	for (int i = 0; i < shell.argument_count; i++) {
		if (i > 0 && expansion->fields)
			expand_field_end(expansion);
		else if (i > 0)
			expand_char(expansion, ' ');
		expansion->started |= quoted;
		expand_value(expansion, shell.arguments[i], quoted);
	}
}

static void expand_number(struct expansion *expansion, int number)
{
	char digits[16];

	snprintf(digits, sizeof(digits), "%d", number);
	expand_value(expansion, digits, true);
}

/* at points behind the $; returns where the text goes on. A $ that begins no parameter stands for itself (the lexer has
 * seen to it that braces hold one). */
static const char *expand_parameter(struct expansion *expansion, const char *at, bool quoted)
{
	bool brace = at[0] == '{';
	const char *name = at + brace;
	size_t length = parameter_length(name);
	const char *value = NULL;

	if (length == 0) {
		expand_char(expansion, '$');
		return at;
	}
	if (*name == '?') {
		expand_number(expansion, shell.status);
	} else if (*name == '$') {
		expand_number(expansion, shell.pid);
	} else if (*name == '!') {
		if (shell.background)
			expand_number(expansion, shell.background);
	} else if (*name == '#') {
		expand_number(expansion, shell.argument_count);
	} else if (*name == '@' || *name == '*') {
		expand_arguments(expansion, quoted);
	} else if (*name == '0') {
		value = shell.name;
	} else if (*name >= '1' && *name <= '9') {
		value = *name - '1' < shell.argument_count ? shell.arguments[*name - '1'] : NULL;
	} else {
		value = var_get(arena_copy(expansion->arena, name, length));
	}
	if (value)
		expand_value(expansion, value, quoted);
	return name + length + brace;
}

/* The part in double quotes, from behind the opening one to behind the closing one. */
static const char *expand_double_quotes(struct expansion *expansion, const char *at)
{
	bool only_arguments = strncmp(at, "$@\"", 3) == 0;

	/* "$@" without arguments is no field at all; any other quoted text is one, if only an empty one. */
	expansion->started |= !only_arguments;
	while (*at != '"') {
		if (*at == '\\' && at[1] == '\n')
			at += 2;
		else if (*at == '\\' && strchr("$`\"\\", at[1]))
			expand_char(expansion, at[1]), at += 2;
		else if (*at == '$')
			at = expand_parameter(expansion, at + 1, true);
		else
			expand_char(expansion, *at++);
	}
	return at + 1;
}

/* The lexer has seen to it that every quote is closed. */
static void expand(struct expansion *expansion, const char *at)
{
	while (*at) {
		if (*at == '\'') {
			expansion->started = true;
			for (at++; *at != '\''; at++)
				expand_char(expansion, *at);
			at++;
		} else if (*at == '"') {
			at = expand_double_quotes(expansion, at + 1);
		} else if (*at == '\\') {
			if (at[1] != '\n')
				expand_char(expansion, at[1]);
			at += 2;
		} else if (*at == '$') {
			at = expand_parameter(expansion, at + 1, false);
		} else {
			expand_char(expansion, *at++);
		}
	}
}

void expand_word(const char *word, struct arena *arena, struct fields *fields)
{
	struct expansion expansion = { .arena = arena, .fields = fields };

	expand(&expansion, word);
	expand_field_end(&expansion);
}

char *expand_single(const char *word, struct arena *arena)
{
	struct expansion expansion = { .arena = arena };

	expand(&expansion, word);
	return expansion.length ? expansion.text : arena_copy(arena, "", 0);
}
