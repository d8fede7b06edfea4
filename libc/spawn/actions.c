/* posix_spawn_file_actions_init(3) and its family. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "spawn_actions.h"

int posix_spawn_file_actions_init(posix_spawn_file_actions_t *actions)
{
	*actions = (posix_spawn_file_actions_t){ 0 };
	return 0;
}

int posix_spawn_file_actions_destroy(posix_spawn_file_actions_t *actions)
{
	struct __spawn_action *action = actions->__first, *next;

	for (; action; action = next) {
		next = action->next;
		free(action);
	}
	return 0;
}

static int add(
	posix_spawn_file_actions_t *actions, const struct __spawn_action *action, const char *path)
{
	size_t length = strlen(path) + 1;
	struct __spawn_action *added;

	if (action->fd < 0 || action->from < 0)
		return EBADF;
	added = malloc(sizeof(*added) + length);
	if (!added)
		return ENOMEM;
	*added = *action;
	memcpy(added->path, path, length);
	if (actions->__first)
		*actions->__end = added;
	else
		actions->__first = added;
	actions->__end = &added->next;
	return 0;
}

int posix_spawn_file_actions_addclose(posix_spawn_file_actions_t *actions, int fd)
{
	return add(actions, &(struct __spawn_action){ .kind = SPAWN_CLOSE, .fd = fd }, "");
}

int posix_spawn_file_actions_adddup2(posix_spawn_file_actions_t *actions, int from, int to)
{
	const struct __spawn_action action = { .kind = SPAWN_DUP2, .fd = to, .from = from };

	return add(actions, &action, "");
}

int posix_spawn_file_actions_addopen(posix_spawn_file_actions_t *restrict actions, int fd,
	const char *restrict path, int flags, mode_t mode)
{
	const struct __spawn_action action = {
		.kind = SPAWN_OPEN,
		.fd = fd,
		.flags = flags,
		.mode = mode,
	};

	return add(actions, &action, path);
}

int posix_spawn_file_actions_addchdir_np(
	posix_spawn_file_actions_t *restrict actions, const char *restrict path)
{
	return add(actions, &(struct __spawn_action){ .kind = SPAWN_CHDIR }, path);
}

int posix_spawn_file_actions_addfchdir_np(posix_spawn_file_actions_t *actions, int fd)
{
	return add(actions, &(struct __spawn_action){ .kind = SPAWN_FCHDIR, .fd = fd }, "");
}
