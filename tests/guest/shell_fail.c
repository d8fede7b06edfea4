/* The shell when the kernel's n-th allocation fails, for n = 1, 2, 3...: what it was to do is done, or it says so, or it
 * dies; nothing is done by half. guest-only: /dev/fail-nth. */
#include "shell.h"

#include <stdbool.h>

#define ALLOCATIONS	100	/* more than each of these makes */

static bool ends_with(const char *text, const char *end)
{
	size_t length = strlen(text), at = strlen(end);

	return length >= at && strcmp(text + length - at, end) == 0;
}

/* Runs the format with n. What it says last has to be that it is done, or that there is no memory; for some n, the failure
 * given. */
static void check_each(const char *format, const char *done, const char *failure)
{
	struct shell_result result;
	char command[512];
	int failures = 0;

	for (int n = 1; n <= ALLOCATIONS; n++) {
		snprintf(command, sizeof(command), format, n);
		shell_run(command, &result);
		failures += strstr(result.output, failure) != NULL;
		if (WIFEXITED(result.status) && !ends_with(result.output, done) &&
		    !ends_with(result.output, "Cannot allocate memory\n") && !ends_with(result.output, "out of memory\n"))
			test_fail(__FILE__, __LINE__, "%s: status 0x%x, output \"%s\"", command, result.status,
				  result.output);
	}
	CHECK(failures > 0);
}

int main(void)
{
	/* A here-document that cannot be written is not an empty one. */
	check_each("exec 3>/dev/fail-nth; echo %d >&3; { read x; echo \"[$x]\"; } <<E\nhere\nE\n", "[here]\n",
		   "sh: here-document: Cannot allocate memory\n");
	/* A substitution that cannot fork leaves no pipe: there are descriptors for one alone, besides what echo needs. */
	check_each("exec 3>/dev/fail-nth 6<&0 7<&0 8<&0 9<&0; ulimit -n 11; trap 'echo \"[$(echo next)]\"' EXIT; "
		   "echo %d >&3; x=$(true)", "[next]\n", "sh: $(...): Cannot allocate memory\n[next]\n");
	PASS();
}
