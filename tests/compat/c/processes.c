/* Processes: fork, exec of itself, pipes between them, every kind of exit status, and waiting. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile char *volatile nowhere = (char *)16;

static void tell(const char *what, int status)
{
	if (WIFEXITED(status))
		printf("%s: exit %d\n", what, WEXITSTATUS(status));
	else if (WIFSIGNALED(status))
		printf("%s: signal %d\n", what, WTERMSIG(status));
	fflush(stdout);
}

/* Numbers through five processes, each of which adds one. */
static void chain(void)
{
	int in, ends[2], value = 0;

	pipe(ends);
	in = ends[0];
	write(ends[1], &value, sizeof(value));
	close(ends[1]);
	for (int i = 0; i < 5; i++) {
		pipe(ends);
		if (fork() == 0) {
			close(ends[0]);
			while (read(in, &value, sizeof(value)) == sizeof(value)) {
				value++;
				write(ends[1], &value, sizeof(value));
			}
			_exit(i);
		}
		close(in);
		close(ends[1]);
		in = ends[0];
	}
	read(in, &value, sizeof(value));
	printf("through the chain: %d\n", value);
	printf("then the end: %zd\n", read(in, &value, 1));
	close(in);
	for (int i = value = 0, status; i < 5; i++) {
		wait(&status);
		value += WEXITSTATUS(status);
	}
	printf("statuses sum to %d; no child is left: %d\n", value, wait(NULL));
	fflush(stdout);
}

static void execute(char *program, char *argument)
{
	int status, ends[2];
	char text[64];
	ssize_t length;

	pipe(ends);
	if (fork() == 0) {
		dup2(ends[1], 1);
		close(ends[0]);
		close(ends[1]);
		execl(program, program, argument, "second", (char *)NULL);
		_exit(127);
	}
	close(ends[1]);
	length = read(ends[0], text, sizeof(text));
	close(ends[0]);
	wait(&status);
	printf("it said %.*s", length > 0 ? (int)length : 0, length > 0 ? text : "");
	tell("exec", status);
}

int main(int argc, char **argv)
{
	int status;

	if (argc > 1) {
		printf("%d: %s %s\n", argc, argv[1], argv[2]);
		return 42;
	}
	chain();
	execute(argv[0], "first");
	execute("/no/such/program", "first");
	if (fork() == 0)
		raise(SIGKILL);
	wait(&status);
	tell("killed", status);
	if (fork() == 0)
		*nowhere = 1;
	wait(&status);
	tell("bad pointer", status);
	if (vfork() == 0)
		_exit(3);
	wait(&status);
	tell("vfork", status);
	return 0;
}
