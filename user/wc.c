/* wc: [-l] [-w] [-c] [FILE]... counts the lines, words and bytes of the files, or of standard input (also where a file is
 * "-"); of several files their sum too. */
#include <ctype.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "output.h"

static const char kinds[] = "lwc";
enum { LINES, WORDS, BYTES, KINDS };

static bool shown[KINDS];
static unsigned long total[KINDS];

static bool complain(const char *name)
{
	fprintf(stderr, "wc: %s: %s\n", name, strerror(errno));
	return false;
}

static void print(const unsigned long counts[KINDS], const char *name)
{
	const char *before = "";

	for (int kind = 0; kind < KINDS; kind++) {
		if (!shown[kind])
			continue;
		printf("%s%lu", before, counts[kind]);
		before = " ";
	}
	printf("%s%s\n", name ? " " : "", name ? name : "");
}

/* name: NULL, if the file has none to be printed. */
static bool count(FILE *in, const char *name)
{
	unsigned long counts[KINDS] = { 0 };
	bool in_word = false;
	int c;

	while ((c = getc(in)) != EOF) {
		counts[LINES] += c == '\n';
		counts[WORDS] += !isspace(c) && !in_word;
		counts[BYTES]++;
		in_word = !isspace(c);
	}
	if (ferror(in))
		return complain(name ? name : "standard input");
	for (int kind = 0; kind < KINDS; kind++)
		total[kind] += counts[kind];
	print(counts, name);
	return true;
}

static bool count_file(const char *name)
{
	FILE *in = strcmp(name, "-") == 0 ? stdin : fopen(name, "r");
	bool counted;

	if (!in)
		return complain(name);
	counted = count(in, name);
	if (in != stdin)
		fclose(in);
	return counted;
}

int main(int argc, char **argv)
{
	bool good = true, some = false;
	int option;

	while ((option = getopt(argc, argv, kinds)) != -1) {
		if (option == '?')
			return 2;
		shown[strchr(kinds, option) - kinds] = some = true;
	}
	if (!some)
		memset(shown, true, sizeof(shown));
	if (optind == argc)
		good = count(stdin, NULL);
	for (int i = optind; i < argc; i++)
		good &= count_file(argv[i]);
	if (argc - optind > 1)
		print(total, "total");
	return !(output_written("wc") && good);
}
