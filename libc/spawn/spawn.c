/* posix_spawn(3), posix_spawnp(3). The child shares the caller's memory until it executes the
 * program, and the caller waits for that (vfork(2)); it runs on a stack of its own. Having the
 * caller's thread control block too, it does nothing that a signal could disturb: all are blocked,
 * and those with a handler have their default action before the program's mask is set. */
#include <abi/sched.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "alias.h"
#include "names.h"
#include "sigset.h"
#include "spawn_actions.h"

#define STACK_SIZE	(16384 + PATH_MAX)	/* and what execvp needs for the arguments */
#define NO_PROGRAM	127			/* exit status */

/* pthread/clone.asm */
long __clone(unsigned long flags, void *stack_end, int (*function)(void *), void *argument,
	int *tid, void *tls);

struct spawn {
	const char *path;
	bool search;
	const posix_spawn_file_actions_t *actions;
	const posix_spawnattr_t *attributes;
	char *const *argv;
	char *const *envp;
	unsigned long mask;
	int error;
};

static long open_as(const struct __spawn_action *action)
{
	long fd = syscall4(
		SYS_openat, AT_FDCWD, (long)action->path, action->flags, (long)action->mode);

	if (fd < 0 || fd == action->fd)
		return fd;
	long result = syscall2(SYS_dup2, fd, action->fd);
	syscall1(SYS_close, fd);
	return result;
}

/* One that is duplicated to itself stays open in the program. */
static long duplicate(const struct __spawn_action *action)
{
	if (action->from != action->fd)
		return syscall2(SYS_dup2, action->from, action->fd);
	return syscall3(SYS_fcntl, action->fd, F_SETFD, 0);
}

static long act(const struct __spawn_action *action)
{
	switch (action->kind) {
	case SPAWN_CLOSE:
		syscall1(SYS_close, action->fd);
		return 0;
	case SPAWN_DUP2:
		return duplicate(action);
	case SPAWN_OPEN:
		return open_as(action);
	case SPAWN_CHDIR:
		return syscall1(SYS_chdir, (long)action->path);
	case SPAWN_FCHDIR:
		return syscall1(SYS_fchdir, action->fd);
	}
	return -EINVAL;
}

static void set_signals(const posix_spawnattr_t *attributes, int flags)
{
	const struct sigaction normal = { .sa_handler = SIG_DFL };
	unsigned long set = __signals_handled;

	if (flags & POSIX_SPAWN_SETSIGDEF)
		set |= attributes->__default.__bits[0];
	for (int signal = 1; signal < NSIG; signal++)
		if (set >> (signal - 1) & 1)
			__sigaction_any(signal, &normal, NULL);
}

/* With a policy the parameter is set too, as POSIX has it. */
static long schedule(const posix_spawnattr_t *attributes, int flags)
{
	long parameter = (long)&attributes->__parameter;

	if (flags & POSIX_SPAWN_SETSCHEDULER)
		return syscall3(SYS_sched_setscheduler, 0, attributes->__policy, parameter);
	if (flags & POSIX_SPAWN_SETSCHEDPARAM)
		return syscall2(SYS_sched_setparam, 0, parameter);
	return 0;
}

/* 0, or the error as -errno. */
static long prepare(const struct spawn *spawn, int flags)
{
	const posix_spawnattr_t *attributes = spawn->attributes;
	long result = 0;

	if (flags & POSIX_SPAWN_SETSID)
		result = syscall0(SYS_setsid);
	if (result >= 0 && (flags & POSIX_SPAWN_SETPGROUP))
		result = syscall2(SYS_setpgid, 0, attributes->__group);
	if (result >= 0)
		result = schedule(attributes, flags);
	if (result >= 0 && (flags & POSIX_SPAWN_RESETIDS)) {
		result = syscall3(SYS_setresgid, -1, syscall0(SYS_getgid), -1);
		if (result >= 0)
			result = syscall3(SYS_setresuid, -1, syscall0(SYS_getuid), -1);
	}
	if (!spawn->actions)
		return result;
	for (const struct __spawn_action *action = spawn->actions->__first; action && result >= 0;
			action = action->next)
		result = act(action);
	return result;
}

static int run_child(void *argument)
{
	struct spawn *spawn = argument;
	int flags = spawn->attributes ? spawn->attributes->__flags : 0;
	unsigned long mask = spawn->mask;
	long result;

	set_signals(spawn->attributes, flags);
	result = prepare(spawn, flags);
	if (result < 0) {
		spawn->error = (int)-result;
		return NO_PROGRAM;
	}
	if (flags & POSIX_SPAWN_SETSIGMASK)
		mask = spawn->attributes->__mask.__bits[0] & SIGNALS_ALL;
	signals_restore(mask);
	if (spawn->search)
		__execvpe(spawn->path, spawn->argv, spawn->envp);
	else
		__execve(spawn->path, spawn->argv, spawn->envp);
	spawn->error = errno;
	return NO_PROGRAM;
}

static size_t stack_size(char *const argv[])
{
	size_t count = 0;

	while (argv[count])
		count++;
	return (STACK_SIZE + (count + 3) * sizeof(*argv) + 4095) & -4096ul;
}

static int spawn(pid_t *pid, struct spawn *spawn)
{
	size_t size = stack_size(spawn->argv);
	unsigned long all = ~0ul;
	int before = errno;
	char *stack;
	long child;

	stack = __mmap(
		NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
	if (stack == MAP_FAILED) {
		errno = before;
		return ENOMEM;
	}
	syscall4(SYS_rt_sigprocmask, SIG_SETMASK, (long)&all, (long)&spawn->mask, SIGSET_SIZE);
	child = __clone(ABI_CLONE_VM | ABI_CLONE_VFORK | SIGCHLD, stack + size, run_child, spawn,
		NULL, NULL);
	if (child < 0)
		spawn->error = (int)-child;
	else if (spawn->error)
		syscall4(SYS_wait4, child, 0, 0, 0);
	signals_restore(spawn->mask);
	__munmap(stack, size);
	errno = before;
	if (!spawn->error && pid)
		*pid = (pid_t)child;
	return spawn->error;
}

int __posix_spawn(pid_t *restrict pid, const char *restrict path,
	const posix_spawn_file_actions_t *actions, const posix_spawnattr_t *restrict attributes,
	char *const argv[], char *const envp[])
{
	struct spawn what = {
		.path = path,
		.actions = actions,
		.attributes = attributes,
		.argv = argv,
		.envp = envp,
	};

	return spawn(pid, &what);
}

weak_alias(__posix_spawn, posix_spawn);

int __posix_spawnp(pid_t *restrict pid, const char *restrict name,
	const posix_spawn_file_actions_t *actions, const posix_spawnattr_t *restrict attributes,
	char *const argv[], char *const envp[])
{
	struct spawn what = {
		.path = name,
		.search = true,
		.actions = actions,
		.attributes = attributes,
		.argv = argv,
		.envp = envp,
	};

	return spawn(pid, &what);
}

weak_alias(__posix_spawnp, posix_spawnp);
