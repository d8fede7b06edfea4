/* System calls on processes. */
#include "proc/process.h"

#include "lib/errno.h"
#include "lib/string.h"
#include "proc/exec.h"
#include "proc/exit.h"
#include "proc/fork.h"
#include "proc/group.h"
#include "sys/timespec.h"
#include "vm/user.h"
#include "x86/paging.h"
#include "x86/trap.h"
#include <abi/prctl.h>
#include <abi/time.h>
#include <abi/wait.h>
#include <gen/syscalls.h>

long sys_sched_yield(void)
{
	sched_yield();
	return 0;
}

long sys_getpid(void)
{
	return process_current()->pid;
}

long sys_gettid(void)
{
	return task_current()->tid;
}

long sys_getppid(void)
{
	return process_parent_pid(process_current());
}

long sys_setpgid(int pid, int pgid)
{
	return group_set(pid, pgid);
}

long sys_getpgid(int pid)
{
	return group_get(pid);
}

long sys_setsid(void)
{
	return session_begin();
}

long sys_getsid(int pid)
{
	return session_get(pid);
}

long sys_getpgrp(void)
{
	return group_get(0);
}

long sys_fork(void)
{
	return process_fork(trap_user_frame(), FORK_FLAGS, 0, (struct user_ptr){ 0 });
}

long sys_vfork(void)
{
	return process_fork(trap_user_frame(), FORK_VFORK, 0, (struct user_ptr){ 0 });
}

long sys_clone(unsigned long flags, unsigned long stack, struct user_ptr parent_tid,
	struct user_ptr child_tid, unsigned long tls)
{
	u64 kind = flags & ~(u64)FORK_TID_FLAGS;

	/* The flags that look at these are not there yet. */
	(void)parent_tid;
	(void)tls;
	if (kind != FORK_FLAGS && kind != FORK_VFORK)
		return -EINVAL;
	return process_fork(trap_user_frame(), flags, stack, child_tid);
}

long sys_execve(struct user_ptr path, struct user_ptr argv, struct user_ptr envp)
{
	char *name = path_from_user(path, false);
	if (IS_ERR(name))
		return PTR_ERR(name);
	long result = process_exec(trap_user_frame(), name, argv, envp);
	path_free(name);
	return result;
}

long sys_exit_group(int status)
{
	process_exit(ABI_WSTATUS_EXIT(status));
}

/* exit(2) ends one thread; with the only one the process ends. */
long sys_exit(int status)
{
	process_exit(ABI_WSTATUS_EXIT(status));
}

static long set_base(u64 *base, unsigned long addr)
{
	if (addr >= USER_END)
		return -EPERM;
	*base = addr;
	thread_reload();
	return 0;
}

long sys_arch_prctl(int code, unsigned long addr)
{
	struct thread *self = thread_current();
	struct user_ptr pointer = { addr };

	switch (code) {
	case ABI_ARCH_SET_FS:
		return set_base(&self->fs_base, addr);
	case ABI_ARCH_SET_GS:
		return set_base(&self->gs_base, addr);
	case ABI_ARCH_GET_FS:
		return user_put(pointer, &self->fs_base);
	case ABI_ARCH_GET_GS:
		return user_put(pointer, &self->gs_base);
	default:
		return -EINVAL;
	}
}

long sys_set_tid_address(unsigned long tidptr)
{
	task_current()->clear_tid = tidptr;
	return task_current()->tid;
}

/* The name is the process's, since it has one thread; it shows in /proc and in the log. */
static long set_name(struct user_ptr name)
{
	struct process *self = process_current();
	char text[sizeof(self->name)];

	long length = user_read_string(text, name, sizeof(text));
	if (length < 0 && length != -ENAMETOOLONG)
		return length;
	text[sizeof(text) - 1] = '\0';
	spin_lock(&process_lock);
	memcpy(self->name, text, length < 0 ? sizeof(text) : (size_t)length + 1);
	spin_unlock(&process_lock);
	return 0;
}

static long get_name(struct user_ptr to)
{
	char text[sizeof(process_current()->name)] = "";

	strlcpy(text, process_current()->name, sizeof(text));
	return user_put(to, &text);
}

long sys_prctl(
	int option, unsigned long arg2, unsigned long arg3, unsigned long arg4, unsigned long arg5)
{
	struct user_ptr pointer = { arg2 };
	int adopts = process_current()->adopts;

	(void)arg3;
	(void)arg4;
	(void)arg5;
	switch (option) {
	case ABI_PR_SET_NAME:
		return set_name(pointer);
	case ABI_PR_GET_NAME:
		return get_name(pointer);
	case ABI_PR_SET_CHILD_SUBREAPER:
		process_current()->adopts = arg2 != 0;
		return 0;
	case ABI_PR_GET_CHILD_SUBREAPER:
		return user_put(pointer, &adopts);
	default:
		return -EINVAL;
	}
}
