/* wc: [-l | -w | -c] counts the lines, words and bytes of standard input. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

int main(int argc, char **argv)
{
	const char *which = argc > 1 ? argv[1] : "";
	unsigned long lines = 0, words = 0, bytes = 0;
	int c, in_word = 0;

	if (argc > 2 || (argc == 2 && strcmp(which, "-l") && strcmp(which, "-w") && strcmp(which, "-c"))) {
		fprintf(stderr, "usage: wc [-l | -w | -c]\n");
		return 2;
	}
	while ((c = getchar()) != EOF) {
		bytes++;
		lines += c == '\n';
		words += !isspace(c) && !in_word;
		in_word = !isspace(c);
	}
	if (which[0] == '\0')
		printf("%lu %lu %lu\n", lines, words, bytes);
	else
		printf("%lu\n", which[1] == 'l' ? lines : which[1] == 'w' ? words : bytes);
	return ferror(stdin) || fflush(stdout) != 0;
}
