/* execvp(3), execvpe(3): the program is looked for in the directories of PATH, unless its name has
 * a slash. */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "alias.h"
#include "names.h"
#include "syscall.h"

#define DEFAULT_PATH	"/bin:/usr/bin"
#define SHELL		"/bin/sh"

/* A file that the kernel does not know is a script for the shell. Returns only if there is no such
 * file, or no shell. */
static void execute(const char *path, char *const argv[], char *const envp[])
{
	size_t count = 0;

	__execve(path, argv, envp);
	if (errno != ENOEXEC)
		return;
	while (argv[count])
		count++;

	char *shell_argv[count + 3];	/* in the order sh, path, arguments, NULL */

	shell_argv[0] = "sh";
	shell_argv[1] = (char *)path;
	memcpy(shell_argv + 2, argv + (count > 0), (count + (count == 0)) * sizeof(argv[0]));
	__execve(SHELL, shell_argv, envp);
}

/* Tries one directory after the other. A file that may not be executed is remembered: it is the
 * error if none can. */
static void search(
	const char *directories, const char *name, char *const argv[], char *const envp[])
{
	size_t name_size = strlen(name) + 1;
	char path[PATH_MAX];
	int denied = 0;

	for (;;) {
		size_t length = strcspn(directories, ":");

		if (length + 1 + name_size <= sizeof(path)) {
			memcpy(path, directories, length);
			if (length > 0)
				path[length++] = '/';
			memcpy(path + length, name, name_size);
			execute(path, argv, envp);
			if (errno == EACCES)
				denied = EACCES;
			else if (errno != ENOENT && errno != ENOTDIR)
				return;
		}
		directories += strcspn(directories, ":");
		if (!*directories++)
			break;
	}
	errno = denied ? denied : ENOENT;
}

int __execvpe(const char *name, char *const argv[], char *const envp[])
{
	const char *directories = getenv("PATH");

	if (!*name)
		errno = ENOENT;
	else if (strchr(name, '/'))
		execute(name, argv, envp);
	else
		search(directories ? directories : DEFAULT_PATH, name, argv, envp);
	return -1;
}

weak_alias(__execvpe, execvpe);

int __execvp(const char *name, char *const argv[])
{
	return __execvpe(name, argv, __environ);
}

weak_alias(__execvp, execvp);
