/* Terminals: what /dev/console and its like are for programs. A driver gives a tty the bytes that
 * arrive, from its interrupt handler, and sends what the tty hands it. A thread of the tty's puts
 * what arrives through the line discipline, so that echo and editing work whether or not anybody
 * reads.
 *
 * Locking: `lock` (rank LOCK_TTY, interrupts off) is over the ring of received bytes; `line_lock`
 * (rank MUTEX_FILE) over the line discipline and the order of output; one reader and one writer at
 * a time hold read_lock and write_lock (rank MUTEX_DATA), readers not while they wait. */
#ifndef DEV_TTY_H
#define DEV_TTY_H

#include "core/spinlock.h"
#include "dev/tty_line.h"
#include "fs/file.h"
#include "sched/mutex.h"
#include "sched/thread.h"
#include "sched/wait.h"

#define TTY_RING_SIZE	256

struct tty;

struct tty_driver {
	/* Sends the bytes and returns when the device has them; may sleep. */
	void (*send)(struct tty *tty, const char *bytes, size_t size);
	/* There is room again after tty_receive has refused a byte. May not sleep. */
	void (*resume)(struct tty *tty);
};

struct tty {
	const struct tty_driver *driver;
	u32 device;			/* its number, as ps(1) shows it; set before tty_init */

	struct spinlock lock;
	u8 ring[TTY_RING_SIZE];
	u32 received, processed;	/* bytes ever put into the ring and taken out */
	bool refused;			/* a byte did not fit */
	struct wait_queue work;		/* the thread waits for bytes, and for room in the line */

	struct mutex line_lock;
	struct tty_line line;
	int session, group;		/* whose controlling terminal it is, and the foreground group;
					 * 0: none (dev/tty_job.h) */
	u32 changes;			/* of settings, and hang-ups: who waits looks again; atomic */
	u32 hangups;			/* a file opened before the last one is cut off */
	struct abi_winsize size;
	struct wait_queue readable;	/* readers wait for characters */

	struct mutex read_lock, write_lock;
	struct thread thread;
};

/* Prepares a tty and starts its thread. Boot only. -ENOMEM. */
MUST_CHECK int tty_init(struct tty *tty, const char *name, const struct tty_driver *driver);
/* A byte from the device; false if there is no room: then the driver keeps it until resume.
 * Interrupt handlers. */
bool tty_receive(struct tty *tty, u8 byte);
/* What a driver's open does: makes the file one on this tty; a session without a terminal may get
 * it so (unless O_NOCTTY). */
int tty_open(struct tty *tty, struct file *file);
/* The same for the console, which is nobody's by being opened, and is never cut off: process 1 has
 * it for good. */
int tty_open_console(struct tty *tty, struct file *file);
/* The open of /dev/tty: the caller's controlling terminal, -ENXIO if it has none. */
int tty_open_own(struct file *file);
/* Cuts off all who have the terminal open: reads give the end of file, all else is EIO. line_lock
 * held. */
void tty_hang_up_locked(struct tty *tty);

/* For dev/tty_ioctl.c, and from there. */

static inline struct tty *tty_of(const struct file *file)
{
	return file->private;
}

/* Characters that can be read now; a hint without line_lock. The end moves before the beginning
 * (tty_line_flush), so it is read after it: never less than none. */
static inline size_t tty_available(const struct tty *tty)
{
	u64 tail = READ_ONCE(tty->line.tail);

	return READ_ONCE(tty->line.committed) - tail;
}

/* Whether the terminal has been hung up since the file was opened. */
bool tty_is_cut_off(const struct file *file);
/* Forgets what has arrived and was not read. line_lock held. */
void tty_flush_locked(struct tty *tty);
/* Settings, or who may use the terminal, have changed: who waits looks again. */
void tty_changed(struct tty *tty);
long tty_ioctl(struct file *file, u32 command, struct user_ptr argument);

#endif
