/* Programs whose output could not be written say so and fail: a device that is full, no standard output. */
#include "shell.h"

#define FULL	": standard output: No space left on device\n"
#define CLOSED	": standard output: Bad file descriptor\n"

int main(void)
{
	shell_use_ours();
	CHECK_SHELL("hello >/dev/full", "hello" FULL, 1);
	CHECK_SHELL("heapdemo 1 >/dev/full", "heapdemo" FULL, 1);
	CHECK_SHELL("heapdemo >&-", "heapdemo" CLOSED, 1);
	CHECK_SHELL("uname >/dev/full", "uname" FULL, 1);
	CHECK_SHELL("uname -a >&-", "uname" CLOSED, 1);
	CHECK_SHELL("env A=1 >/dev/full", "env" FULL, 125);
	CHECK_SHELL("wc </dev/null >/dev/full", "wc" FULL, 1);
	CHECK_SHELL("env echo x >/dev/full", "echo" FULL, 1);
	CHECK_SHELL("cat /dev/zero >/dev/full", "cat" FULL, 1);
	CHECK_SHELL("ls / >/dev/full", "ls" FULL, 1);
	CHECK_SHELL("ls / /none >/dev/full",
		    "ls: /none: No such file or directory\nls: standard output: Not all was written\n", 1);
	CHECK_SHELL("env kill -l >/dev/full", "kill" FULL, 1);
	/* More than is written at once. */
	CHECK_SHELL("x=1234567890; x=$x$x$x$x; x=$x$x$x$x; x=$x$x$x$x; x=$x$x$x$x; export x; env >/dev/full", "env" FULL, 125);
	CHECK_SHELL("wc -c </", "wc: standard input: Is a directory\n", 1);
	CHECK_SHELL("hello; env -i", "Hello from SynOS!\n", 0);
	PASS();
}
