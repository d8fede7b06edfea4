/* exit: functions given to atexit run last to first, then stdio is flushed; _exit does neither. */
#include "test.h"

static void first(void)
{
	printf("first");
}

static void second(void)
{
	printf("second ");
}

/* What a child writes to its standard output. */
static void output_of(void (*function)(void), char *text, size_t size)
{
	int ends[2];
	size_t length = 0;
	ssize_t count;

	CHECK_EQ(pipe(ends), 0);
	fflush(stdout);
	if (fork() == 0) {
		dup2(ends[1], 1);
		function();
		_exit(99);
	}
	close(ends[1]);
	while ((count = read(ends[0], text + length, size - 1 - length)) > 0)
		length += count;
	text[length] = '\0';
	close(ends[0]);
	wait(NULL);
}

static void by_exit(void)
{
	atexit(first);
	atexit(second);
	printf("body ");
	exit(0);
}

static void by_underscore_exit(void)
{
	atexit(first);
	printf("lost");
	_exit(0);
}

int main(void)
{
	char text[64];

	output_of(by_exit, text, sizeof(text));
	CHECK_STR(text, "body second first");
	output_of(by_underscore_exit, text, sizeof(text));
	CHECK_STR(text, "");
	PASS();
}
