/* getopt_long(3), getopt_long_only(3). Options may stand behind other arguments: those are moved to
 * the end, unless the option letters begin with "+" or POSIXLY_CORRECT is set. A "-" at the
 * letters' beginning is not supported. */
#include <getopt.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "getopt_state.h"

/* How many arguments before the word at optind were passed over. They come behind it when all its
 * options are taken. */
static int skipped;

static bool is_option(const char *argument)
{
	return argument[0] == '-' && argument[1];
}

/* Moves the arguments [from, to) down to place, and what was between behind them. */
static void move_down(char **argv, int place, int from, int to)
{
	for (; from < to; from++, place++) {
		char *moved = argv[from];

		memmove(argv + place + 1, argv + place, (from - place) * sizeof(*argv));
		argv[place] = moved;
	}
}

/* The option that the name (up to length) means: one with just that name, or the only one that
 * begins so. Sets ambiguous if there are several. */
static const struct option *find(
	const struct option *options, const char *name, size_t length, bool *ambiguous)
{
	const struct option *found = NULL;

	*ambiguous = false;
	for (; options->name; options++) {
		if (strncmp(options->name, name, length) != 0)
			continue;
		if (!options->name[length]) {
			*ambiguous = false;
			return options;
		}
		if (found)
			*ambiguous = true;
		found = options;
	}
	return found;
}

static int take_long(int argc, char *const argv[], const char *letters,
	const struct option *options, int *index, const char *name)
{
	size_t length = strcspn(name, "=");
	bool ambiguous;
	const struct option *option = find(options, name, length, &ambiguous);

	optind++;
	optopt = 0;
	if (!option || ambiguous)
		return __getopt_complain(argv, letters,
			option ? "ambiguous option" : "unrecognized option", name, 0);
	if (!option->flag)
		optopt = option->val;
	if (name[length] && option->has_arg == no_argument)
		return __getopt_complain(
			argv, letters, "option takes no argument", option->name, 0);
	if (name[length]) {
		optarg = (char *)name + length + 1;
	} else if (option->has_arg == required_argument) {
		if (optind >= argc)
			return __getopt_complain(
				argv, letters, "option requires an argument", option->name, 1);
		optarg = argv[optind++];
	}
	if (index)
		*index = (int)(option - options);
	if (!option->flag)
		return option->val;
	*option->flag = option->val;
	return 0;
}

/* The option at argv[optind], long or short. With only set, a single dash may begin a long one, if
 * there is no such letter, or more than that and such a long one. */
static int take(int argc, char *const argv[], const char *letters, const struct option *options,
	int *index, bool only)
{
	const char *argument = argv[optind];
	bool ambiguous;

	if ((__getopt_next && *__getopt_next) || !options)
		return getopt(argc, argv, letters);
	if (argument[1] == '-')
		return take_long(argc, argv, letters, options, index, argument + 2);
	if (only &&
		(!strchr(letters, argument[1]) ||
			(argument[2] &&
				find(options, argument + 1, strcspn(argument + 1, "="),
					&ambiguous))))
		return take_long(argc, argv, letters, options, index, argument + 1);
	return getopt(argc, argv, letters);
}

/* Goes on to the next word to be looked at, and returns false if there are no more options. */
static bool find_word(int argc, char *const argv[], bool permute)
{
	int first = optind;

	while (permute && optind < argc && !is_option(argv[optind]))
		optind++;
	if (optind >= argc || !is_option(argv[optind])) {
		optind = first;
		return false;
	}
	skipped = optind - first;
	if (strcmp(argv[optind], "--") != 0)
		return true;
	move_down((char **)argv, first, optind, optind + 1);
	optind = first + 1;
	return false;
}

static int get(int argc, char *const argv[], const char *letters, const struct option *options,
	int *index, bool only)
{
	bool permute = letters[0] != '+' && !getenv("POSIXLY_CORRECT");
	int word, result;

	optarg = NULL;
	if (optind == 0) {
		optind = 1;
		__getopt_next = NULL;
	}
	if (!__getopt_next || !*__getopt_next) {
		skipped = 0;
		if (!find_word(argc, argv, permute))
			return -1;
	}
	word = optind;
	result = take(argc, argv, letters + (letters[0] == '+'), options, index, only);
	if (optind > word) {
		move_down((char **)argv, word - skipped, word, optind);
		optind -= skipped;
	}
	return result;
}
int getopt_long(int argc, char *const argv[], const char *options,
	const struct option *long_options, int *index)
{
	return get(argc, argv, options, long_options, index, false);
}

int getopt_long_only(int argc, char *const argv[], const char *options,
	const struct option *long_options, int *index)
{
	return get(argc, argv, options, long_options, index, true);
}
