/* Streams on files: write, read back, seek, append, scan, push back, reopen, temporary and unlinked ones. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NAME	"compat-stdio.txt"

static void write_lines(void)
{
	FILE *file = fopen(NAME, "w");

	for (int i = 0; i < 5000; i++)
		fprintf(file, "%04d %g %s\n", i, i / 8.0, i % 2 ? "odd" : "even");
	printf("written: %ld bytes\n", ftell(file));
	fclose(file);
}

static void read_lines(void)
{
	FILE *file = fopen(NAME, "r");
	char line[100], word[10];
	int lines = 0, number, first;
	double eighth, sum = 0;

	while (fscanf(file, "%d %lf %9s", &number, &eighth, word) == 3) {
		sum += eighth;
		lines++;
	}
	printf("%d lines, sum %.3f, end of file: %d\n", lines, sum, feof(file));
	rewind(file);
	fseek(file, 17, SEEK_SET);
	fgets(line, sizeof(line), file);
	printf("at 17: %s", line);
	fseek(file, -20, SEEK_END);
	while (fgets(line, sizeof(line), file))
		printf("near the end: %s", line);
	rewind(file);
	ungetc('#', file);
	first = getc(file);
	printf("pushed back: %c%c\n", first, getc(file));
	fclose(file);
}

static void change(void)
{
	FILE *file = fopen(NAME, "r+");
	char line[100];

	fputs("XXXX", file);
	fflush(file);
	fseek(file, 0, SEEK_SET);
	printf("changed: %s", fgets(line, sizeof(line), file));
	fclose(file);
	file = fopen(NAME, "a+");
	fputs("last line\n", file);
	printf("appended: %ld\n", ftell(file));
	fclose(file);
	file = fopen(NAME, "rb");
	setvbuf(file, NULL, _IONBF, 0);
	printf("unbuffered: %c\n", getc(file));
	fclose(file);
}

static void unlinked(void)
{
	FILE *file = fopen(NAME, "w+");
	char back[32];

	unlink(NAME);
	fputs("still there", file);
	rewind(file);
	printf("unlinked: %s\n", fgets(back, sizeof(back), file));
	fclose(file);
	printf("gone: %d\n", fopen(NAME, "r") == NULL);
	perror(NAME);
}

int main(void)
{
	char *text = NULL;
	size_t length = 0;
	FILE *memory;

	setvbuf(stdout, NULL, _IOLBF, 0);
	write_lines();
	read_lines();
	change();
	unlinked();
	memory = open_memstream(&text, &length);
	fprintf(memory, "%-8s|%+d|%#x|%e|%5.2f%%|%c", "left", 42, 255, 12345.678, 99.5, 'z');
	fclose(memory);
	printf("%zu: %s\n", length, text);
	free(text);
	fprintf(stderr, "to standard error\n");
	return 0;
}
