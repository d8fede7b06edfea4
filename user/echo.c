/* echo: [-n] [WORD]... prints its arguments with spaces between them; -n: no newline behind them. */
#include <stdio.h>
#include <string.h>

#include "output.h"

int main(int argc, char **argv)
{
	int newline = !(argc > 1 && strcmp(argv[1], "-n") == 0);

	for (int i = 2 - newline; i < argc; i++) {
		fputs(argv[i], stdout);
		if (i + 1 < argc)
			putchar(' ');
	}
	if (newline)
		putchar('\n');
	return !output_written("echo");
}
