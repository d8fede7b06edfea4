/* Expansion of words (POSIX 2.6): from left to right ~, parameters, commands and arithmetic; what comes from them
 * unquoted is split by IFS on the way; then paths for patterns. Where a pattern may be meant, characters that were quoted
 * have a \ before them until the end. */
#include "tree.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum delimiter { DELIMITER_NONE, DELIMITER_WHITE, DELIMITER_HARD };

struct expansion {
	struct arena *arena;
	struct fields *fields;	/* EXPAND_FIELDS */
	enum expand_mode mode;
	struct text text;	/* the field so far */
	bool started;		/* there is a field, if only an empty quoted one */
	bool magic;		/* an unquoted * ? or [ is in it */
	enum delimiter last;	/* what ended the field before, if nothing has come since */
};

static void expand_parts(struct expansion *expansion, const struct word *word, size_t from, bool split);

/* Not kept: an expansion may assign to it. */
const char *ifs_get(void)
{
	const char *value = var_get("IFS");

	return value ? value : " \t\n";
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

static void expand_char(struct expansion *expansion, char c, bool quoted)
{
	bool fields = expansion->mode == EXPAND_FIELDS;

	if ((fields || expansion->mode == EXPAND_PATTERN) &&
	    ((quoted && strchr("*?[]!^-\\", c)) || (fields && c == '\\')))
		text_add(&expansion->text, '\\');
	else if (!quoted && strchr("*?[", c))
		expansion->magic = true;
	text_add(&expansion->text, c);
	expansion->started = true;
	expansion->last = DELIMITER_NONE;
}

static void field_end(struct expansion *expansion, enum delimiter delimiter)
{
	char *text = expansion->text.length ? expansion->text.bytes : "";

	expansion->last = delimiter;
	if (!expansion->started)
		return;
	if (!expansion->magic || shell.options['f'] ||
	    !pattern_paths(text, expansion->arena, expansion->fields)) {
		if (*text)
			pattern_unescape(text);
		fields_add(expansion->fields, text, expansion->arena);
	}
	expansion->text.length = 0;
	expansion->started = expansion->magic = false;
}

/* A character of IFS stands between fields; white space around another one is nothing. */
static void expand_delimiter(struct expansion *expansion, char c)
{
	if (strchr(" \t\n", c)) {
		if (expansion->started)
			field_end(expansion, DELIMITER_WHITE);
		return;
	}
	if (!expansion->started && expansion->last != DELIMITER_WHITE)
		expansion->started = true;
	field_end(expansion, DELIMITER_HARD);
}

static void expand_value(struct expansion *expansion, const char *value, bool quoted)
{
	const char *ifs = quoted || !expansion->fields ? "" : ifs_get();

	for (; *value; value++) {
		if (*ifs && strchr(ifs, *value))
			expand_delimiter(expansion, *value);
		else
			expand_char(expansion, *value, quoted);
	}
}

/* $@ and $*: each argument a field of its own, but "$*" is one, with the first character of IFS between them. */
static void expand_arguments(struct expansion *expansion, bool quoted, bool join)
{
	const char *ifs = ifs_get();

	for (int i = 0; i < shell.argument_count; i++) {
		if (i > 0 && expansion->fields && !(quoted && join))
			field_end(expansion, DELIMITER_NONE);
		else if (i > 0 && (!join || *ifs))
			expand_char(expansion, join ? *ifs : ' ', true);
		expansion->started |= quoted;
		expand_value(expansion, shell.arguments[i], quoted);
	}
	expansion->started |= quoted && join;
}

const char *parameter_get(const char *name, char digits[24])
{
	long number;

	switch (*name) {
	case '?': number = shell.status; break;
	case '$': number = shell.pid; break;
	case '#': number = shell.argument_count; break;
	case '!':
		if (!shell.background)
			return NULL;
		number = shell.background;
		break;
	case '-':
		digits[option_letters(digits)] = '\0';
		return digits;
	case '0': case '1': case '2': case '3': case '4': case '5': case '6': case '7': case '8': case '9':
		number = strtol(name, NULL, 10);
		if (number == 0)
			return shell.name;
		return number <= shell.argument_count ? shell.arguments[number - 1] : NULL;
	default:
		return var_get(name);
	}
	snprintf(digits, 24, "%ld", number);
	return digits;
}

static bool is_list(const char *name)
{
	return *name == '@' || *name == '*';
}

/* The value without the shortest or longest beginning (#) or end (%) that matches. */
static void expand_trimmed(struct expansion *expansion, const struct part *part, const char *value)
{
	char *copy = arena_copy(expansion->arena, value, strlen(value));	/* the pattern may assign to the parameter */
	char *pattern = expand_single(part->word, expansion->arena, EXPAND_PATTERN);
	const char *cut = pattern_cut(pattern, copy, part->operator == '%', part->second, expansion->arena);

	if (cut && part->operator == '%')
		copy[cut - copy] = '\0';
	expand_value(expansion, cut && part->operator == '#' ? cut : copy, part->quoted);
}

static void expand_length(struct expansion *expansion, const struct part *part, const char *value)
{
	char digits[24];

	snprintf(digits, sizeof(digits), "%zu",
		 is_list(part->text) ? (size_t)shell.argument_count : strlen(value ? value : ""));
	expand_value(expansion, digits, part->quoted);
}

/* ${x=word} and ${x?word}, where there is no value. */
static void expand_missing(struct expansion *expansion, const struct part *part)
{
	char *word = expand_single(part->word, expansion->arena, EXPAND_SINGLE);

	if (shell.unwind)
		return;
	if (part->operator == '?') {
		complain("%s: %s", part->text, *word ? word : "parameter not set");
		shell_fail(STATUS_USAGE);
	} else if (!is_name(part->text)) {
		complain("%s: cannot be assigned", part->text);
		shell_fail(STATUS_USAGE);
	} else if (var_set(part->text, strlen(part->text), word)) {
		expand_value(expansion, word, part->quoted);
	} else {
		shell_fail(STATUS_USAGE);
	}
}

static void expand_parameter(struct expansion *expansion, const struct part *part)
{
	char digits[24];
	bool list = is_list(part->text);
	const char *value = list ? (shell.argument_count ? shell.arguments[0] : NULL) : parameter_get(part->text, digits);
	bool present = value && !(part->second && !*value && !(list && shell.argument_count > 1));

	switch (part->operator) {
	case '-': case '=': case '?': case '+':
		if (present == (part->operator == '+')) {
			if (part->operator == '-' || part->operator == '+')
				expand_parts(expansion, part->word, 0, !part->quoted);
			else
				expand_missing(expansion, part);
			return;
		}
		if (part->operator == '+')
			return;
		break;
	default:
		if (!value && !list && shell.options['u']) {
			complain("%s: parameter not set", part->text);
			shell_fail(STATUS_USAGE);
			return;
		}
		if (part->operator == 'l') {
			expand_length(expansion, part, value);
			return;
		}
	}
	if ((part->operator == '#' || part->operator == '%') && value)
		expand_trimmed(expansion, part, value);
	else if (list)
		expand_arguments(expansion, part->quoted, *part->text == '*');
	else if (value)
		expand_value(expansion, value, part->quoted);
}

static void expand_command(struct expansion *expansion, const struct part *part)
{
	struct text output = { 0 };

	shell.substituted = 0;
	if (part->command)
		substitute(part->command, &output);
	while (output.length > 0 && output.bytes[output.length - 1] == '\n')
		output.bytes[--output.length] = '\0';
	if (output.length > 0)
		expand_value(expansion, output.bytes, part->quoted);
	text_free(&output);
}

static void expand_arithmetic(struct expansion *expansion, const struct part *part)
{
	char digits[24];
	long value;
	const char *text = expand_single(part->word, expansion->arena, EXPAND_SINGLE);

	if (shell.unwind)
		return;
	if (!arithmetic(text, &value)) {
		shell_fail(STATUS_USAGE);
		return;
	}
	snprintf(digits, sizeof(digits), "%ld", value);
	expand_value(expansion, digits, part->quoted);
}

/* A ~ that stands alone or before a slash becomes the value of HOME; false if there is none here. */
static bool expand_tilde(struct expansion *expansion, const struct part *part, size_t at)
{
	const char *text = part->text + at, *home;
	char next = text[1];

	if (part->quoted || *text != '~')
		return false;
	if (next != '/' && !(next == ':' && expansion->mode == EXPAND_ASSIGNMENT) && !(next == '\0' && !part->next))
		return false;
	home = var_get("HOME");
	if (!home)
		return false;
	expansion->started = true;
	expand_value(expansion, home, true);
	return true;
}

static void expand_text(struct expansion *expansion, const struct part *part, size_t at, bool first, bool split)
{
	const char *text = part->text, *ifs = split && !part->quoted && expansion->fields ? ifs_get() : "";

	expansion->started |= part->quoted;
	for (bool tilde = first; text[at]; at++) {
		if (tilde && expand_tilde(expansion, part, at))
			;
		else if (*ifs && strchr(ifs, text[at]))
			expand_delimiter(expansion, text[at]);
		else
			expand_char(expansion, text[at], part->quoted);
		tilde = expansion->mode == EXPAND_ASSIGNMENT && text[at] == ':';
	}
}

/* split: unquoted text is split too, as in an unquoted ${x:-word}. */
static void expand_parts(struct expansion *expansion, const struct word *word, size_t from, bool split)
{
	bool first = true;

	for (const struct part *part = word->parts; part && !shell.unwind; part = part->next) {
		if (part->kind == PART_TEXT)
			expand_text(expansion, part, first ? from : 0, first, split);
		else if (part->kind == PART_PARAMETER)
			expand_parameter(expansion, part);
		else if (part->kind == PART_COMMAND)
			expand_command(expansion, part);
		else
			expand_arithmetic(expansion, part);
		/* "$(true)" is a field, as "$x" is; "$@" may be none. */
		if (part->quoted && !(part->kind == PART_PARAMETER && *part->text == '@' && !part->operator))
			expansion->started = true;
		first = false;
	}
}

void expand_word(const struct word *word, struct arena *arena, struct fields *fields)
{
	struct expansion expansion = { .arena = arena, .fields = fields };

	expand_parts(&expansion, word, 0, false);
	if (!shell.unwind)
		field_end(&expansion, DELIMITER_NONE);
	text_free(&expansion.text);
}

char *expand_single(const struct word *word, struct arena *arena, enum expand_mode mode)
{
	struct expansion expansion = { .arena = arena, .mode = mode };
	char *text;

	expand_parts(&expansion, word, mode == EXPAND_ASSIGNMENT ? strlen(word->assigns) + 1 : 0, false);
	text = arena_copy(arena, expansion.text.length ? expansion.text.bytes : "", expansion.text.length);
	text_free(&expansion.text);
	return text;
}
