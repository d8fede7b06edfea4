/* What the child of posix_spawn does with its files, in this order. */
#ifndef INTERNAL_SPAWN_ACTIONS_H
#define INTERNAL_SPAWN_ACTIONS_H

#include <spawn.h>

enum spawn_kind { SPAWN_CLOSE, SPAWN_DUP2, SPAWN_OPEN, SPAWN_CHDIR, SPAWN_FCHDIR };

struct __spawn_action {
	struct __spawn_action *next;
	enum spawn_kind kind;
	int fd;			/* closed, changed to, or given to what is opened or duplicated */
	int from;		/* duplicated */
	int flags;
	mode_t mode;
	char path[];
};

int __posix_spawn(pid_t *pid, const char *path, const posix_spawn_file_actions_t *actions,
	const posix_spawnattr_t *attributes, char *const argv[], char *const envp[]);

#endif
