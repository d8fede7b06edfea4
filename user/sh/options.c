/* Options (set -e), positional parameters (set --, shift is in builtin.c) and getopts. */
#include "builtins.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct option {
	char letter;
	const char *name;
} options[] = {
	{ 'a', "allexport" }, { 'e', "errexit" }, { 'C', "noclobber" }, { 'f', "noglob" }, { 'n', "noexec" },
	{ 'u', "nounset" }, { 'x', "xtrace" },
};

#define OPTION_COUNT	(sizeof(options) / sizeof(options[0]))

int option_letters(char *letters)
{
	int count = 0;

	for (size_t i = 0; i < OPTION_COUNT; i++)
		if (shell.options[(int)options[i].letter])
			letters[count++] = options[i].letter;
	if (shell.interactive)
		letters[count++] = 'i';
	return count;
}

static const struct option *option_find(char letter, const char *name)
{
	for (size_t i = 0; i < OPTION_COUNT; i++)
		if (name ? strcmp(options[i].name, name) == 0 : options[i].letter == letter)
			return &options[i];
	return NULL;
}

/* set -o: in words; set +o: as commands that set them again. */
static void options_print(bool words)
{
	for (size_t i = 0; i < OPTION_COUNT; i++) {
		bool on = shell.options[(int)options[i].letter];

		if (words)
			printf("%-15s %s\n", options[i].name, on ? "on" : "off");
		else
			printf("set %co %s\n", on ? '-' : '+', options[i].name);
	}
}

char **options_set(char **arguments, struct start *start)
{
	for (; *arguments && ((*arguments)[0] == '-' || (*arguments)[0] == '+') && (*arguments)[1]; arguments++) {
		bool on = (*arguments)[0] == '-';
		const char *word = *arguments;

		if (strcmp(word, "--") == 0)
			break;
		for (const char *letter = word + 1; *letter; letter++) {
			if (start && (*letter == 'c' || *letter == 's')) {
				*(*letter == 'c' ? &start->command : &start->input) = true;
				continue;
			}

			bool named = *letter == 'o' && arguments[1];
			const struct option *option = option_find(*letter, named ? arguments[1] : NULL);

			if (*letter == 'o' && !named) {
				options_print(on);
				continue;
			}
			if (!option) {
				complain("%s: unknown option", named ? arguments[1] : word);
				return NULL;
			}
			shell.options[(int)option->letter] = on;
			arguments += named;
		}
	}
	return arguments;
}

void arguments_set(char **arguments)
{
	char **copy;
	size_t count = 0, size = 0;
	char *at;

	for (; arguments[count]; count++)
		size += strlen(arguments[count]) + 1;
	copy = allocate((count + 1) * sizeof(*copy) + size);
	at = (char *)(copy + count + 1);
	for (size_t i = 0; i < count; i++) {
		copy[i] = at;
		at = stpcpy(at, arguments[i]) + 1;
	}
	free(shell.own_arguments);
	shell.own_arguments = shell.arguments = copy;
	shell.argument_count = (int)count;
}

/* set [-aCefnux] [-o name] [--] [argument]...; set -o, set +o */
int builtin_set(char **arguments)
{
	bool ended;

	if (!arguments[1]) {
		var_print(0, "");
		return 0;
	}
	arguments = options_set(arguments + 1, NULL);
	if (!arguments)
		return special_failed();
	ended = *arguments && strcmp(*arguments, "--") == 0;
	if (ended || *arguments)
		arguments_set(arguments + ended);
	return 0;
}

int option_take(const char *name, char ***words, const char *letters)
{
	static const char *rest = "";	/* of a word with several letters */
	const char *word = **words;
	char letter;

	if (!*rest) {
		if (!word || word[0] != '-' || !word[1])
			return 0;
		++*words;
		if (strcmp(word, "--") == 0)
			return 0;
		rest = word + 1;
	}
	letter = *rest;
	if (strchr(letters, letter)) {
		if (!*++rest)
			rest = "";	/* the word may be gone when the next one is looked at */
		return letter;
	}
	complain("%s: -%c: unknown option", name, letter);
	rest = "";
	return '?';
}

/* The next option letter: 0 if there is none. *at goes on in the argument with that number (OPTIND), unless that is
 * another one now, and not so long. */
static char option_next(char **arguments, long *index, size_t *at)
{
	const char *word;
	char letter;

	for (long i = 1; i < *index; i++)
		if (!arguments[i - 1])
			return 0;
	word = arguments[*index - 1];
	if (!word || *at >= strlen(word))
		*at = 0;
	if (*at == 0) {
		if (!word || word[0] != '-' || !word[1])
			return 0;
		if (strcmp(word, "--") == 0) {
			++*index;
			return 0;
		}
		*at = 1;
	}
	letter = word[(*at)++];
	if (!word[*at]) {
		++*index;
		*at = 0;
	}
	return letter;
}

static bool set_text(const char *name, const char *value)
{
	return var_set(name, strlen(name), value);
}

/* An option that is not known or lacks its argument: said in two ways, which the caller chooses by a : at the start.
 * False if a variable is read-only. */
static bool option_wrong(bool silent, const char *name, char letter, const char *why)
{
	char text[2] = { letter, '\0' };

	if (!silent)
		complain("-%c: %s", letter, why);
	return (silent ? set_text("OPTARG", text) : var_unset("OPTARG")) &&
		set_text(name, silent && *why == 'n' ? ":" : "?");
}

/* getopts letters name [argument]... */
int builtin_getopts(char **arguments)
{
	static size_t at;	/* in an argument with several letters */
	static long last_index = 1;
	char letter, text[24] = "";
	const char *letters = arguments[1], *index_text = var_get("OPTIND"), *known;
	long index = index_text ? strtol(index_text, NULL, 10) : 1;
	char **words;
	bool set;

	if (!letters || !arguments[2] || !is_name(arguments[2])) {
		complain("usage: getopts LETTERS NAME [ARGUMENT]...");
		return STATUS_USAGE;
	}
	words = arguments[3] ? arguments + 3 : shell.arguments;
	if (index < 1 || index != last_index) {
		index = index < 1 ? 1 : index;
		at = 0;
	}
	letter = option_next(words, &index, &at);
	text[0] = letter ? letter : '?';
	known = letter && letter != ':' ? strchr(letters, letter) : NULL;
	if (known && known[1] == ':' && at == 0 && !words[index - 1]) {
		set = option_wrong(*letters == ':', arguments[2], letter, "needs an argument");
	} else if (known && known[1] == ':') {
		set = set_text("OPTARG", words[index++ - 1] + at) && set_text(arguments[2], text);
		at = 0;
	} else if (letter && !known) {
		set = option_wrong(*letters == ':', arguments[2], letter, "unknown option");
	} else {
		set = var_unset("OPTARG") && set_text(arguments[2], text);
	}
	snprintf(text, sizeof(text), "%ld", index);
	set &= set_text("OPTIND", text);
	last_index = index;
	return !set ? STATUS_USAGE : letter ? 0 : 1;
}
