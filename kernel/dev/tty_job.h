/* Terminals and sessions (ioctl_tty(2), credentials(7)): the controlling terminal, its foreground
 * group, and the signals that go to it. A terminal knows its session and foreground group by their
 * numbers, 0 for none, under its line_lock; proc (proc/group.h) knows a session's terminal. All
 * functions take locks and may sleep. */
#ifndef DEV_TTY_JOB_H
#define DEV_TTY_JOB_H

#include "dev/tty.h"

/* Whether the caller may use the terminal now: 0, unless it is that of its session and a group in
 * the background wants to read (SIGTTIN), or to write or change settings (SIGTTOU). Then the group
 * gets the signal: -ERESTARTSYS; or if that would not stop it -EIO; 0 if SIGTTOU is ignored or
 * blocked. */
int tty_job_check(struct tty *tty, int signal);
/* A terminal without a session has been opened: the session that the caller leads takes it, if it
 * has none. */
void tty_job_opened(struct tty *tty);
/* A signal to the foreground group. No lock held but line_lock. */
void tty_job_signal(struct tty *tty, int signal);

/* TIOCSCTTY (arg: whether root may take it from another session), TIOCNOTTY, TIOCGPGRP, TIOCSPGRP,
 * TIOCGSID. -ENOTTY for all others. */
long tty_job_ioctl(
	struct tty *tty, const struct file *file, u32 command, struct user_ptr argument);

#endif
