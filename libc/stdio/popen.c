/* popen(3), pclose(3). */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "file.h"
#include "names.h"
#include "spawn_actions.h"
#include "syscall.h"

/* The command has one end of the pipe as its standard input or output. Both ends are closed in
 * programs that others execute meanwhile, and in later commands. */
static int start(const char *command, int command_end, int command_fd, pid_t *child)
{
	struct __spawn_action action = {
		.kind = SPAWN_DUP2,
		.fd = command_fd,
		.from = command_end,
	};
	posix_spawn_file_actions_t actions = { &action, NULL };
	char *argv[] = { "sh", "-c", "--", (char *)command, NULL };

	return __posix_spawn(child, "/bin/sh", &actions, NULL, argv, __environ);
}

static FILE *open_stream(const char *command, const int ends[2], bool reads)
{
	FILE *file = __file_create(ends[!reads], reads ? FILE_CAN_READ : FILE_CAN_WRITE);
	int error;

	if (!file)
		return NULL;
	error = start(command, ends[reads], reads ? STDOUT_FILENO : STDIN_FILENO, &file->child);
	if (error) {
		__file_destroy(file);
		errno = error;
		return NULL;
	}
	return file;
}

FILE *popen(const char *command, const char *mode)
{
	bool reads = mode[0] == 'r';
	int ends[2];
	FILE *file;

	if ((mode[0] != 'r' && mode[0] != 'w') || (mode[1] && strcmp(mode + 1, "e") != 0)) {
		errno = EINVAL;
		return NULL;
	}
	if (__pipe2(ends, O_CLOEXEC) < 0)
		return NULL;
	file = open_stream(command, ends, reads);
	__close(ends[reads]);
	if (!file)
		__close(ends[!reads]);
	return file;
}

int pclose(FILE *file)
{
	pid_t child = file->child, result;
	int status;

	fclose(file);
	do {
		result = __wait4(child, &status, 0, NULL);
	} while (result < 0 && errno == EINTR);
	return result < 0 ? -1 : status;
}
