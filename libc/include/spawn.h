/* Starting a program in a new process (posix_spawn(3)). */
#ifndef _SPAWN_H
#define _SPAWN_H

#include <bits/sigset.h>
#include <sched.h>
#include <sys/types.h>

#define POSIX_SPAWN_RESETIDS	0x01
#define POSIX_SPAWN_SETPGROUP	0x02
#define POSIX_SPAWN_SETSIGDEF	0x04
#define POSIX_SPAWN_SETSIGMASK	0x08
#define POSIX_SPAWN_SETSCHEDPARAM	0x10
#define POSIX_SPAWN_SETSCHEDULER	0x20
#define POSIX_SPAWN_USEVFORK	0x40	/* is always so */
#define POSIX_SPAWN_SETSID	0x80

typedef struct {
	short __flags;
	pid_t __group;
	sigset_t __default, __mask;
	int __policy;
	struct sched_param __parameter;
} posix_spawnattr_t;

typedef struct {
	struct __spawn_action *__first, **__end;
} posix_spawn_file_actions_t;

int posix_spawn(pid_t *__restrict pid, const char *__restrict path,
	const posix_spawn_file_actions_t *actions, const posix_spawnattr_t *__restrict attributes,
	char *const argv[], char *const envp[]);
int posix_spawnp(pid_t *__restrict pid, const char *__restrict name,
	const posix_spawn_file_actions_t *actions, const posix_spawnattr_t *__restrict attributes,
	char *const argv[], char *const envp[]);

int posix_spawn_file_actions_init(posix_spawn_file_actions_t *actions);
int posix_spawn_file_actions_destroy(posix_spawn_file_actions_t *actions);
int posix_spawn_file_actions_addchdir_np(
	posix_spawn_file_actions_t *__restrict actions, const char *__restrict path);
int posix_spawn_file_actions_addclose(posix_spawn_file_actions_t *actions, int fd);
int posix_spawn_file_actions_adddup2(posix_spawn_file_actions_t *actions, int from, int to);
int posix_spawn_file_actions_addfchdir_np(posix_spawn_file_actions_t *actions, int fd);
int posix_spawn_file_actions_addopen(posix_spawn_file_actions_t *__restrict actions, int fd,
	const char *__restrict path, int flags, mode_t mode);

int posix_spawnattr_init(posix_spawnattr_t *attributes);
int posix_spawnattr_destroy(posix_spawnattr_t *attributes);
int posix_spawnattr_getflags(
	const posix_spawnattr_t *__restrict attributes, short *__restrict flags);
int posix_spawnattr_setflags(posix_spawnattr_t *attributes, short flags);
int posix_spawnattr_getpgroup(
	const posix_spawnattr_t *__restrict attributes, pid_t *__restrict group);
int posix_spawnattr_setpgroup(posix_spawnattr_t *attributes, pid_t group);
int posix_spawnattr_getschedparam(
	const posix_spawnattr_t *__restrict attributes, struct sched_param *__restrict parameter);
int posix_spawnattr_setschedparam(
	posix_spawnattr_t *__restrict attributes, const struct sched_param *__restrict parameter);
int posix_spawnattr_getschedpolicy(
	const posix_spawnattr_t *__restrict attributes, int *__restrict policy);
int posix_spawnattr_setschedpolicy(posix_spawnattr_t *attributes, int policy);
int posix_spawnattr_getsigdefault(
	const posix_spawnattr_t *__restrict attributes, sigset_t *__restrict set);
int posix_spawnattr_setsigdefault(
	posix_spawnattr_t *__restrict attributes, const sigset_t *__restrict set);
int posix_spawnattr_getsigmask(
	const posix_spawnattr_t *__restrict attributes, sigset_t *__restrict set);
int posix_spawnattr_setsigmask(
	posix_spawnattr_t *__restrict attributes, const sigset_t *__restrict set);

#endif
