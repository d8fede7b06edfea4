/* A program that writes beyond an array on its stack dies before it returns over that; and the
 * canary is another one in each program, the same in a child of fork. */
#include "test.h"

static unsigned long canary(void)
{
	unsigned long value;

	__asm__("mov %%fs:0x28, %0" : "=r"(value));
	return value;
}

static void overrun(void)
{
	char array[16];
	volatile size_t size = sizeof(array) + 16;

	for (volatile char *byte = array; byte < array + size; byte++)
		*byte = 1;
}

static unsigned long parent;

static void check_same(void)
{
	CHECK_EQ(canary(), parent);
}

int main(int argc, char **argv)
{
	unsigned long other;
	char text[32];
	int ends[2], status;

	if (argc > 1) {
		other = canary();
		return write(atoi(argv[1]), &other, sizeof(other)) != sizeof(other);
	}
	CHECK_SIGNAL(overrun, SIGABRT);
	parent = canary();
	CHECK(parent >> 8 != 0);
	CHECK_EQ(parent & 0xff, 0);		/* no string can carry it */
	CHECK_EXIT(check_same, 0);
	CHECK_EQ(pipe(ends), 0);
	snprintf(text, sizeof(text), "%d", ends[1]);
	pid_t child = fork();
	CHECK(child >= 0);
	if (child == 0) {
		execl(argv[0], argv[0], text, (char *)NULL);
		_exit(111);
	}
	CHECK_EQ(read(ends[0], &other, sizeof(other)), sizeof(other));
	CHECK(other != parent);
	CHECK_EQ(waitpid(child, &status, 0), child);
	CHECK_EQ(status, 0);
	PASS();
}
