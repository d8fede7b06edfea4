/* The shell when the kernel's n-th allocation fails, for n = 1, 2, 3...: what it was to do is done, or it says so, or it
 * dies; nothing is done by half. guest-only: /dev/fail-nth. */
#include "shell.h"

#define ALLOCATIONS	100	/* more than each of these makes */

/* Runs the format with n. The output has to say that it is done, unless some failure is in it; in one at least, that. */
static void check_each(const char *format, const char *done, const char *failure)
{
	struct shell_result result;
	char command[512];
	int failures = 0;

	for (int n = 1; n <= ALLOCATIONS; n++) {
		snprintf(command, sizeof(command), format, n);
		shell_run(command, &result);
		failures += strstr(result.output, failure) != NULL;
		if (WIFEXITED(result.status) && !strstr(result.output, done) &&
		    !strstr(result.output, "Cannot allocate memory") && !strstr(result.output, "out of memory"))
			test_fail(__FILE__, __LINE__, "%s: status 0x%x, output \"%s\"", command, result.status,
				  result.output);
	}
	CHECK(failures > 0);
}

int main(void)
{
	/* A here-document that cannot be written is not an empty one. */
	check_each("exec 3>/dev/fail-nth; echo %d >&3; { read x; echo \"[$x]\"; } <<E\nhere\nE\n", "[here]",
		   "sh: here-document: Cannot allocate memory\n");
	PASS();
}
