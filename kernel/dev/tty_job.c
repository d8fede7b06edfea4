/* Terminals and sessions (dev/tty_job.h). The rules are Linux's (drivers/tty/tty_jobctrl.c) to the
 * errno, since shells rely on each of them. */
#include "dev/tty_job.h"

#include <abi/fcntl.h>
#include <abi/signal.h>

#include "dev/driver.h"
#include "fs/context.h"
#include "fs/fs.h"
#include "lib/errno.h"
#include "proc/group.h"
#include "proc/process.h"
#include "proc/signal.h"

void tty_job_signal(struct tty *tty, int signal)
{
	int group = READ_ONCE(tty->group);

	if (group)
		group_signal(group, signal);
}

int tty_job_check(struct tty *tty, int signal)
{
	int group = READ_ONCE(tty->group), own = group_get(0);

	if (session_terminal() != tty || group == 0 || group == own)
		return 0;
	if (signal_is_ignored(signal))
		return signal == ABI_SIGTTIN ? -EIO : 0;
	if (group_is_orphaned())
		return -EIO;
	group_signal(own, signal);
	/* It may be another thread that takes it: this one has to find out that it tries again. */
	thread_set_work(thread_current(), THREAD_WORK_SIGNAL);
	return -ERESTARTSYS;
}

/* The terminal becomes that of the caller's session, with the caller's group in the foreground. */
static int take_locked(struct tty *tty)
{
	int error = session_set_terminal(tty);

	if (!error) {
		WRITE_ONCE(tty->session, session_get(0));
		WRITE_ONCE(tty->group, group_get(0));
	}
	return error;
}

void tty_job_opened(struct tty *tty)
{
	int error = 0;

	mutex_lock(&tty->line_lock);
	if (!tty->session)
		error = take_locked(tty);
	mutex_unlock(&tty->line_lock);
	/* Most who open a terminal lead no session. */
	(void)error;
}

static bool is_root(void)
{
	return thread_current()->fs->euid == 0;
}

static long terminal_take(struct tty *tty, const struct file *file, bool by_force)
{
	long error = 0;

	mutex_lock(&tty->line_lock);
	if (tty->session && tty->session == process_current()->pid)
		goto out;
	if (tty->session || !file_may_read(file)) {
		error = is_root() && (by_force || !tty->session) ? 0 : -EPERM;
		if (error)
			goto out;
	}
	int previous = tty->session;
	error = take_locked(tty);
	if (!error && previous)
		session_drop_terminal(previous);
out:
	mutex_unlock(&tty->line_lock);
	return error;
}

/* The terminal is nobody's any more; the group that was in the foreground, if it was that
 * session's. */
static int terminal_release(struct tty *tty, int session, bool hang_up)
{
	int group = 0;

	mutex_lock(&tty->line_lock);
	if (tty->session == session) {
		group = tty->group;
		WRITE_ONCE(tty->session, 0);
		WRITE_ONCE(tty->group, 0);
		if (hang_up)
			tty_hang_up_locked(tty);
	}
	mutex_unlock(&tty->line_lock);
	return group;
}

static void signal_hangup(int group)
{
	if (!group)
		return;
	group_signal(group, ABI_SIGHUP);
	group_signal(group, ABI_SIGCONT);
}

/* The leader of the session has ended. */
static void session_ended(void *terminal, int session)
{
	int group = terminal_release(terminal, session, true);

	session_drop_terminal(session);
	signal_hangup(group);
}

static long terminal_leave(struct tty *tty)
{
	int session = session_get(0);

	if (session_terminal() != tty)
		return -ENOTTY;
	if (session != process_current()->pid) {
		session_leave_terminal();
		return 0;
	}
	int group = terminal_release(tty, session, false);
	session_drop_terminal(session);
	signal_hangup(group);
	return 0;
}

static long group_set_foreground(struct tty *tty, struct user_ptr argument)
{
	long error = tty_job_check(tty, ABI_SIGTTOU);
	int group, session = session_get(0);

	if (error)
		return error == -EIO ? -ENOTTY : error;
	error = user_get(&group, argument);
	if (error)
		return error;
	if (group < 0)
		return -EINVAL;
	if (session_terminal() != tty)
		return -ENOTTY;
	error = group_check_session(group, session);
	if (error)
		return error;
	mutex_lock(&tty->line_lock);
	if (tty->session == session)
		WRITE_ONCE(tty->group, group);
	else
		error = -ENOTTY;
	mutex_unlock(&tty->line_lock);
	return error;
}

long tty_job_ioctl(
	struct tty *tty, const struct file *file, u32 command, struct user_ptr argument)
{
	int number;

	switch (command) {
	case ABI_TIOCSCTTY:
		return terminal_take(tty, file, argument.addr == 1);
	case ABI_TIOCNOTTY:
		return terminal_leave(tty);
	case ABI_TIOCSPGRP:
		return group_set_foreground(tty, argument);
	case ABI_TIOCGPGRP:
	case ABI_TIOCGSID:
		if (session_terminal() != tty)
			return -ENOTTY;
		number = READ_ONCE(*(command == ABI_TIOCGSID ? &tty->session : &tty->group));
		return user_put(argument, &number);
	default:
		return -ENOTTY;
	}
}

static const struct file_ops own_terminal_ops = {
	.open = tty_open_own,
};

static void describe(const void *terminal, u32 *device, int *group)
{
	const struct tty *tty = terminal;

	*device = tty->device;
	*group = READ_ONCE(tty->group);
}

static int tty_job_init(void)
{
	static const struct session_terminal_ops ops = {
		.hang_up = session_ended,
		.describe = describe,
	};

	session_register_terminal(&ops);
	return devfs_register("tty", 0666, device_number(5, 0), &own_terminal_ops);
}

DRIVER(tty, tty_job_init);
