/* System calls on processes. */
#include "proc/process.h"

#include "lib/errno.h"
#include "lib/string.h"
#include "proc/exec.h"
#include "proc/exit.h"
#include "proc/group.h"
#include "proc/task.h"
#include "proc/trace.h"
#include "sys/timespec.h"
#include "vm/user.h"
#include "x86/paging.h"
#include "x86/trap.h"
#include <abi/prctl.h>
#include <abi/time.h>
#include <abi/wait.h>
#include <gen/syscalls.h>

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
	trace_last_call(trap_user_frame());
	process_exit(ABI_WSTATUS_EXIT(status));
}

long sys_exit(int status)
{
	trace_last_call(trap_user_frame());
	task_exit(ABI_WSTATUS_EXIT(status));
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

/* The name is the thread's; the leader's is the process's too. It shows in /proc and in the log. */
static long set_name(struct user_ptr name)
{
	struct task *task = task_current();
	char text[sizeof(task->name)];

	long length = user_read_string(text, name, sizeof(text));
	if (length < 0 && length != -ENAMETOOLONG)
		return length;
	text[sizeof(text) - 1] = '\0';
	spin_lock(&process_lock);
	task_set_name_locked(task, text);
	spin_unlock(&process_lock);
	return 0;
}

static long get_name(struct user_ptr to)
{
	char text[sizeof(task_current()->name)] = "";

	strlcpy(text, task_current()->name, sizeof(text));
	return user_put(to, &text);
}

static long set_orphan_signal(unsigned long signal)
{
	if (signal > ABI_NSIG)
		return -EINVAL;
	WRITE_ONCE(task_current()->orphan_signal, signal);
	return 0;
}

long sys_prctl(
	int option, unsigned long arg2, unsigned long arg3, unsigned long arg4, unsigned long arg5)
{
	struct user_ptr pointer = { arg2 };
	int adopts = process_current()->adopts, orphan_signal = task_current()->orphan_signal;

	(void)arg3;
	(void)arg4;
	(void)arg5;
	switch (option) {
	case ABI_PR_SET_PDEATHSIG:
		return set_orphan_signal(arg2);
	case ABI_PR_GET_PDEATHSIG:
		return user_put(pointer, &orphan_signal);
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
