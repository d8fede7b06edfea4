/* What a terminal can be asked and told (ioctl_tty(2)): settings, size, queues. Sessions and groups
 * are in dev/tty_job.c. */
#include <abi/signal.h>

#include "dev/tty_job.h"
#include "lib/errno.h"
#include "lib/string.h"

static int settings_get(struct tty *tty, struct user_ptr argument)
{
	struct abi_termios termios;

	mutex_lock(&tty->line_lock);
	termios = tty->line.termios;
	mutex_unlock(&tty->line_lock);
	return user_put(argument, &termios);
}

/* Output has left when write returns, so TCSETSW has nothing to wait for. */
static int settings_set(struct tty *tty, struct user_ptr argument, bool flush)
{
	struct abi_termios termios;
	int error = tty_job_check(tty, ABI_SIGTTOU);

	if (!error)
		error = user_get(&termios, argument);
	if (error)
		return error;
	mutex_lock(&tty->line_lock);
	if (flush)
		tty_flush_locked(tty);
	tty_line_set(&tty->line, &termios);
	mutex_unlock(&tty->line_lock);
	tty_changed(tty);
	return 0;
}

static int size_get(struct tty *tty, struct user_ptr argument)
{
	struct abi_winsize size;

	mutex_lock(&tty->line_lock);
	size = tty->size;
	mutex_unlock(&tty->line_lock);
	return user_put(argument, &size);
}

static int size_set(struct tty *tty, struct user_ptr argument)
{
	struct abi_winsize size;
	int error = user_get(&size, argument);

	if (error)
		return error;
	mutex_lock(&tty->line_lock);
	bool differs = memcmp(&tty->size, &size, sizeof(size)) != 0;
	tty->size = size;
	mutex_unlock(&tty->line_lock);
	if (differs)
		tty_job_signal(tty, ABI_SIGWINCH);
	return 0;
}

/* tcflush(3): output has left when write returns, so there is none to forget. */
static int queue_flush(struct tty *tty, u64 which)
{
	int error = tty_job_check(tty, ABI_SIGTTOU);

	if (error)
		return error;
	if (which > ABI_TCIOFLUSH)
		return -EINVAL;
	if (which != ABI_TCOFLUSH) {
		mutex_lock(&tty->line_lock);
		tty_flush_locked(tty);
		mutex_unlock(&tty->line_lock);
	}
	return 0;
}

static int count_get(struct user_ptr argument, size_t value)
{
	s32 count = value;

	return user_put(argument, &count);
}

long tty_ioctl(struct file *file, u32 command, struct user_ptr argument)
{
	struct tty *tty = tty_of(file);

	if (tty_is_cut_off(file))
		return command == ABI_TIOCSPGRP ? -ENOTTY : -EIO;
	switch (command) {
	case ABI_TCGETS:
		return settings_get(tty, argument);
	case ABI_TCSETS:
	case ABI_TCSETSW:
		return settings_set(tty, argument, false);
	case ABI_TCSETSF:
		return settings_set(tty, argument, true);
	case ABI_TIOCGWINSZ:
		return size_get(tty, argument);
	case ABI_TIOCSWINSZ:
		return size_set(tty, argument);
	case ABI_TCSBRK:	/* tcdrain(3): see settings_set */
		return tty_job_check(tty, ABI_SIGTTOU);
	case ABI_TCFLSH:
		return queue_flush(tty, argument.addr);
	case ABI_FIONREAD:
		return count_get(argument, tty_available(tty));
	case ABI_TIOCOUTQ:
		return count_get(argument, 0);
	default:
		return tty_job_ioctl(tty, file, command, argument);
	}
}
