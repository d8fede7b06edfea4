/* wc: [-l | -w | -c] counts the lines, words and bytes of standard input. */
#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <unistd.h>

#include "output.h"

int main(int argc, char **argv)
{
	bool several = false;
	unsigned long lines = 0, words = 0, bytes = 0;
	int c, option, which = 0, in_word = 0;

	while ((option = getopt(argc, argv, "lwc")) != -1) {
		if (option == '?')
			return 2;
		several |= which && which != option;
		which = option;
	}
	if (optind < argc || several) {
		fprintf(stderr, "usage: wc [-l | -w | -c]\n");
		return 2;
	}
	while ((c = getchar()) != EOF) {
		bytes++;
		lines += c == '\n';
		words += !isspace(c) && !in_word;
		in_word = !isspace(c);
	}
	if (ferror(stdin)) {
		perror("wc: standard input");
		return 1;
	}
	if (!which)
		printf("%lu %lu %lu\n", lines, words, bytes);
	else
		printf("%lu\n", which == 'l' ? lines : which == 'w' ? words : bytes);
	return !output_written("wc");
}
