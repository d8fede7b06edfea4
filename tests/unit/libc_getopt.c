// unit: sources libc/unistd/getopt.c libc/unistd/getopt_long.c flags -Ilibc/internal -D_GNU_SOURCE
// unit: flags -Dgetopt=libc_getopt -Dgetopt_long=libc_getopt_long -Dgetopt_long_only=libc_getopt_long_only
// unit: flags -Doptarg=libc_optarg -Doptind=libc_optind -Dopterr=libc_opterr -Doptopt=libc_optopt
/* getopt and getopt_long against the host's, on random command lines made of words that mean
 * something: the same options with the same arguments, the same errors, and the words left over in
 * the same order. */
#include "unit.h"

#include <getopt.h>
#include <stdbool.h>
#include <string.h>

#define WORDS_MAX 7

extern char *host_optarg __asm__("optarg");
extern int host_optind __asm__("optind"), host_opterr __asm__("opterr"),
	host_optopt __asm__("optopt");
extern int host_getopt(int argc, char *const argv[], const char *letters) __asm__("getopt");
extern int host_getopt_long(int argc, char *const argv[], const char *letters,
	const struct option *options, int *index) __asm__("getopt_long");
extern int host_getopt_long_only(int argc, char *const argv[], const char *letters,
	const struct option *options, int *index) __asm__("getopt_long_only");

static int flag;

static const struct option options[] = {
	{ "all", no_argument, NULL, 'A' },
	{ "file", required_argument, NULL, 'F' },
	{ "filter", optional_argument, NULL, 'G' },
	{ "set", no_argument, &flag, 7 },
	{ NULL, 0, NULL, 0 },
};

static char *const words[] = {
	"-a", "-b", "-ab", "-c", "-cvalue", "-abc", "-bvalue", "-x", "-ax", "--", "-", "plain",
	"other", "--all", "--al", "--file", "--file=name", "--fil", "--filt", "--filter=",
	"--filter", "--all=no", "--set", "--unknown", "-all", "-file", "-fx", "-set",
};

enum kind { SHORT, LONG, LONG_ONLY };

static int next_of_ours(enum kind kind, int argc, char **argv, const char *letters, int *index)
{
	if (kind == SHORT)
		return getopt(argc, argv, letters);
	if (kind == LONG)
		return getopt_long(argc, argv, letters, options, index);
	return getopt_long_only(argc, argv, letters, options, index);
}

static int next_of_theirs(enum kind kind, int argc, char **argv, const char *letters, int *index)
{
	if (kind == SHORT)
		return host_getopt(argc, argv, letters);
	if (kind == LONG)
		return host_getopt_long(argc, argv, letters, options, index);
	return host_getopt_long_only(argc, argv, letters, options, index);
}

static bool same_text(const char *left, const char *right)
{
	return left == right || (left && right && strcmp(left, right) == 0);
}

static const char *join(char **argv)
{
	static char text[200];
	size_t length = 0;

	for (; *argv; argv++)
		length += (size_t)snprintf(text + length, sizeof(text) - length, "%s ", *argv);
	return text;
}

static void compare(enum kind kind, const char *letters)
{
	char *argv[WORDS_MAX + 2] = { "program" }, *host_argv[WORDS_MAX + 2], *given[WORDS_MAX + 2];
	int argc = 1 + (int)unit_random(WORDS_MAX + 1);
	int result, expected;

	for (int i = 1; i < argc; i++)
		argv[i] = words[unit_random(sizeof(words) / sizeof(words[0]))];
	memcpy(host_argv, argv, sizeof(argv));
	memcpy(given, argv, sizeof(argv));
	optind = host_optind = 0;
	do {
		int index = -1, host_index = -1, host_flag;

		flag = 0;
		expected = next_of_theirs(kind, argc, host_argv, letters, &host_index);
		host_flag = flag;
		flag = 0;
		result = next_of_ours(kind, argc, argv, letters, &index);
		if (result != expected || !same_text(optarg, host_optarg) || flag != host_flag ||
			index != host_index ||
			((result == '?' || result == ':') && optopt != host_optopt))
			unit_fail(
				"kind %d \"%s\" of \"%s\": %d %s index %d optopt %d, not %d %s index %d optopt %d",
				kind, letters, join(given), result, optarg, index, optopt, expected,
				host_optarg, host_index, host_optopt);
	} while (expected != -1);
	if (optind != host_optind)
		unit_fail("kind %d \"%s\" of \"%s\": optind %d, not %d", kind, letters, join(given),
			optind, host_optind);
	for (int i = 0; i < argc; i++)
		if (argv[i] != host_argv[i])
			unit_fail("kind %d \"%s\" of \"%s\" becomes \"%s\"", kind, letters,
				join(given), join(argv));
}

static void short_options(void)
{
	for (int i = 0; i < 50000; i++)
		compare(SHORT, i % 2 ? "+ab:c::" : "+:ab:c::");
}

static void long_options(void)
{
	for (int i = 0; i < 100000; i++)
		compare(LONG, i % 3 == 0 ? "ab:c::" : i % 3 == 1 ? ":ab:c::" : "+ab:c::");
}

static void long_options_only(void)
{
	for (int i = 0; i < 100000; i++)
		compare(LONG_ONLY, i % 2 ? "ab:c::" : "+:ab:c::");
}

int main(void)
{
	opterr = host_opterr = 0;
	UNIT_CASE(short_options);
	UNIT_CASE(long_options);
	UNIT_CASE(long_options_only);
	return unit_done();
}
