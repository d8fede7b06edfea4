/* setvbuf: a stream that was unbuffered, as stderr is from the start, gets a buffer of some size if it is to have one again,
 * so that a line is written at once and not in pieces. */
#include "test.h"
#include <poll.h>

static int ends[2];

/* How much of it has been written. */
static int written(void)
{
	struct pollfd there = { .fd = ends[0], .events = POLLIN };
	char text[256];

	return poll(&there, 1, 0) == 1 ? (int)read(ends[0], text, sizeof(text)) : 0;
}

static void check(FILE *file)
{
	CHECK_EQ(setvbuf(file, NULL, _IONBF, 0), 0);
	CHECK(fputs("at once", file) >= 0);
	CHECK_EQ(written(), 7);
	CHECK_EQ(setvbuf(file, NULL, _IOLBF, 0), 0);
	CHECK_EQ(fprintf(file, "not before %s", "the end of the line"), 30);
	CHECK_EQ(written(), 0);
	CHECK_EQ(fputc('\n', file), '\n');
	CHECK_EQ(written(), 31);
	CHECK_EQ(setvbuf(file, NULL, _IOFBF, 0), 0);
	CHECK(fputs("line\nline\n", file) >= 0);
	CHECK_EQ(written(), 0);
	CHECK_EQ(fflush(file), 0);
	CHECK_EQ(written(), 10);
}

int main(void)
{
	FILE *file;

	CHECK_EQ(pipe(ends), 0);
	CHECK_EQ(dup2(ends[1], STDERR_FILENO), STDERR_FILENO);
	check(stderr);
	file = fdopen(ends[1], "w");
	CHECK(file != NULL);
	check(file);
	CHECK_EQ(fclose(file), 0);
	PASS();
}
