/* For tests of the shell: runs a command line by the shell under test and compares its output and status. On Linux the
 * shell is the one that SYNOS_SH names (tests/run sets it to ours); in the guest it is /bin/sh. */
#ifndef SHELL_H
#define SHELL_H

#include "test.h"
#include <fcntl.h>

struct shell_result {
	int status;
	char output[4096];	/* standard output and errors */
};

__attribute__((unused))
static void shell_run(const char *command, struct shell_result *result)
{
	const char *shell = getenv("SYNOS_SH");
	size_t length = 0;
	ssize_t count;
	int ends[2];
	pid_t child;

	if (!shell)
		shell = "/bin/sh";
	CHECK_EQ(pipe(ends), 0);
	child = fork();
	CHECK(child >= 0);
	if (child == 0) {
		int in = open("/dev/null", O_RDONLY);

		dup2(in, 0);
		dup2(ends[1], 1);
		dup2(ends[1], 2);
		close(in);
		close(ends[0]);
		close(ends[1]);
		execl(shell, "sh", "-c", command, (char *)NULL);
		_exit(99);
	}
	close(ends[1]);
	while ((count = read(ends[0], result->output + length, sizeof(result->output) - 1 - length)) > 0)
		length += count;
	result->output[length] = '\0';
	close(ends[0]);
	CHECK_EQ(waitpid(child, &result->status, 0), child);
}

/* The programs are those beside the shell under test. */
__attribute__((unused))
static void shell_use_ours(void)
{
	const char *shell = getenv("SYNOS_SH");
	char path[4096];

	if (!shell)
		return;
	CHECK(snprintf(path, sizeof(path), "%.*s", (int)(strrchr(shell, '/') - shell), shell) < (int)sizeof(path));
	CHECK_EQ(setenv("PATH", path, 1), 0);
}

/* The command has to print exactly that and exit with that status. */
#define CHECK_SHELL(command, expected, code)							\
	do {											\
		struct shell_result shell_result;						\
		shell_run(command, &shell_result);						\
		if (strcmp(shell_result.output, expected) != 0 || !WIFEXITED(shell_result.status) ||	\
		    WEXITSTATUS(shell_result.status) != (code))					\
			test_fail(__FILE__, __LINE__, "%s: status 0x%x, output \"%s\"",		\
				  #command, shell_result.status, shell_result.output);		\
	} while (0)

#endif
