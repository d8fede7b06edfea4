/* A message is one write, so that those of several programs are not mixed: into a pipe with less room than it needs, and
 * which nobody waits for, it goes as a whole or not at all. */
#include "shell.h"

#include <limits.h>

#define LEFT	20	/* bytes of room: fewer than any of the messages has, more than their first pieces */

/* All that is in the pipe; the bytes that are not of what it was filled with. */
static size_t drain(int fd)
{
	static char buffer[PIPE_BUF];
	size_t others = 0;
	ssize_t count;

	while ((count = read(fd, buffer, sizeof(buffer))) > 0)
		for (ssize_t i = 0; i < count; i++)
			others += buffer[i] != '\0';
	CHECK(count < 0 && errno == EAGAIN);
	return others;
}

/* A pipe with that much room and no more. */
static void fill(int ends[2], size_t room)
{
	static char zeros[PIPE_BUF];

	CHECK_EQ(pipe2(ends, O_NONBLOCK | O_CLOEXEC), 0);
	while (write(ends[1], zeros, sizeof(zeros)) > 0)
		;
	CHECK_EQ(read(ends[0], zeros, sizeof(zeros)), sizeof(zeros));
	CHECK_EQ(write(ends[1], zeros, sizeof(zeros) - room), sizeof(zeros) - room);
}

/* Bytes that the command's messages have brought into a pipe with that much room. */
static size_t written(const char *command, size_t room)
{
	int ends[2];
	size_t others;
	pid_t child;

	fill(ends, room);
	child = fork();
	CHECK(child >= 0);
	if (child == 0) {
		const char *shell = getenv("SYNOS_SH");

		CHECK_EQ(dup2(ends[1], 2), 2);
		execl(shell ? shell : "/bin/sh", "sh", "-c", command, (char *)NULL);
		_exit(99);
	}
	CHECK_EQ(waitpid(child, NULL, 0), child);
	others = drain(ends[0]);
	close(ends[0]);
	close(ends[1]);
	return others;
}

int main(void)
{
	static char command[2200];
	size_t length;

	CHECK_EQ(written("kill what-is-no-number", LEFT), 0);
	CHECK_EQ(written("nosuchcommand; sh -c 'kill -KILL $$'; kill what-is-no-number", LEFT), strlen("sh: Killed\n"));
	CHECK_EQ(written("set -x; : several words and no room", LEFT), 0);
	CHECK_EQ(written("readonly a_variable=1; a_variable=2", LEFT), 0);
	/* Also a long one, of any program: ours are beside the shell. */
	length = (size_t)sprintf(command, "PATH=${SYNOS_SH:+${SYNOS_SH%%/*}:}$PATH; ls /");
	while (length < 2000)
		length += (size_t)sprintf(command + length, "nonexistent/");
	CHECK_EQ(written(command, 1000), 0);
	CHECK(written(command, PIPE_BUF) > 1000);
	PASS();
}
