/* A read that finds nothing yet is an error of the stream; the lines that come later are read all the same, the last one
 * without its end and parts of one too long included. A line that an error cuts short is none. */
#include "test.h"
#include <fcntl.h>

static int ends[2];

/* A stream on an empty pipe that has said so. */
static FILE *open_failed(void)
{
	FILE *file;

	CHECK_EQ(pipe2(ends, O_NONBLOCK), 0);
	file = fdopen(ends[0], "r");
	CHECK(file != NULL);
	errno = 0;
	CHECK_EQ(fgetc(file), EOF);
	CHECK_EQ(errno, EAGAIN);
	CHECK(ferror(file) && !feof(file));
	return file;
}

static void test_fgets(void)
{
	FILE *file = open_failed();
	char line[16];

	CHECK_EQ(write(ends[1], "long\nlast", 9), 9);
	CHECK_EQ(close(ends[1]), 0);
	CHECK_STR(fgets(line, 4, file), "lon");
	CHECK_STR(fgets(line, sizeof(line), file), "g\n");
	CHECK_STR(fgets(line, sizeof(line), file), "last");
	CHECK(feof(file) && ferror(file));
	CHECK(!fgets(line, sizeof(line), file));
	CHECK_EQ(fclose(file), 0);
}

static void test_getline(void)
{
	FILE *file = open_failed();
	size_t size = 0;
	char *line = NULL;

	CHECK_EQ(write(ends[1], "last", 4), 4);
	CHECK_EQ(close(ends[1]), 0);
	CHECK_EQ(getline(&line, &size, file), 4);
	CHECK_STR(line, "last");
	CHECK_EQ(getline(&line, &size, file), -1);
	free(line);
	CHECK_EQ(fclose(file), 0);
}

static void test_cut_short(void)
{
	FILE *file = open_failed();
	size_t size = 0;
	char *line = NULL, text[16];

	CHECK_EQ(write(ends[1], "cut", 3), 3);
	CHECK_ERRNO(fgets(text, sizeof(text), file), EAGAIN);
	CHECK_EQ(write(ends[1], "cut", 3), 3);
	CHECK_ERRNO(getline(&line, &size, file), EAGAIN);
	free(line);
	CHECK_EQ(close(ends[1]), 0);
	CHECK_EQ(fclose(file), 0);
}

int main(void)
{
	test_fgets();
	test_getline();
	test_cut_short();
	PASS();
}
