/* Terminals (ioctl_tty(2), termios(3)): reading, writing, settings, and the thread that processes
 * what arrives. When the line is full, the thread waits for readers, then the ring fills, then the
 * driver holds the device back: so nothing that is typed ahead or pasted is lost, but for
 * characters beyond the longest line. */
#include "dev/tty.h"

#include <abi/fcntl.h>
#include <abi/poll.h>
#include <abi/signal.h>

#include "dev/tty_job.h"
#include "fs/poll.h"
#include "lib/atomic.h"
#include "lib/errno.h"
#include "proc/group.h"
#include "sched/time.h"

#define CHUNK		256u		/* bytes between user memory and the line */
#define VTIME_NS	(100 * NS_PER_MS)
#define NEVER_CUT_OFF	UINT64_MAX	/* in file->position, instead of tty->hangups at its open */

static void tty_emit(struct tty_line *line, const char *bytes, size_t size)
{
	struct tty *tty = container_of(line, struct tty, line);

	if (size)
		tty->driver->send(tty, bytes, size);
}

static void tty_line_signal(struct tty_line *line, int signal)
{
	tty_job_signal(container_of(line, struct tty, line), signal);
}

/* A terminal has no position, so the place for it says when the file was opened. */
bool tty_is_cut_off(const struct file *file)
{
	return file->position != NEVER_CUT_OFF &&
		file->position != READ_ONCE(tty_of(file)->hangups);
}

bool tty_receive(struct tty *tty, u8 byte)
{
	bool irqs = spin_lock_irq(&tty->lock);
	bool room = tty->received - tty->processed < TTY_RING_SIZE;

	if (room)
		tty->ring[tty->received++ % TTY_RING_SIZE] = byte;
	else
		tty->refused = true;
	spin_unlock_irq(&tty->lock, irqs);
	wait_wake(&tty->work, WAIT_ALL);
	return room;
}

static bool ring_take(struct tty *tty, u8 *byte)
{
	bool irqs = spin_lock_irq(&tty->lock);
	bool any = tty->received != tty->processed, resume = any && tty->refused;

	if (any) {
		*byte = tty->ring[tty->processed++ % TTY_RING_SIZE];
		tty->refused = false;
	}
	spin_unlock_irq(&tty->lock, irqs);
	if (resume)
		tty->driver->resume(tty);
	return any;
}

void tty_flush_locked(struct tty *tty)
{
	u8 byte;

	/* Not more than there is now: the other end may not cease to send. */
	for (u32 left = tty->received - tty->processed; left && ring_take(tty, &byte); left--)
		;
	tty_line_flush(&tty->line);
	/* What has come meanwhile found the line full. */
	wait_wake(&tty->work, WAIT_ALL);
}

void tty_changed(struct tty *tty)
{
	atomic_fetch_add(&tty->changes, 1);
	wait_wake(&tty->work, WAIT_ALL);
	wait_wake(&tty->readable, WAIT_ALL);
}

void tty_hang_up_locked(struct tty *tty)
{
	WRITE_ONCE(tty->hangups, tty->hangups + 1);
	tty_flush_locked(tty);
	tty_changed(tty);
}

/* True if the thread has something to do; looked at without locks: who changes it wakes the
 * thread. */
static bool tty_has_work(struct tty *tty)
{
	return READ_ONCE(tty->received) != READ_ONCE(tty->processed) &&
		tty_line_has_room(&tty->line);
}

static void tty_thread(void *argument)
{
	struct tty *tty = argument;
	u8 byte;

	for (;;) {
		wait_event(&tty->work, WAIT_UNINTERRUPTIBLE, tty_has_work(tty));
		mutex_lock(&tty->line_lock);
		while (tty_line_has_room(&tty->line) && ring_take(tty, &byte))
			tty_line_input(&tty->line, byte);
		mutex_unlock(&tty->line_lock);
		wait_wake(&tty->readable, WAIT_ALL);
		sched_relax();
	}
}

int tty_init(struct tty *tty, const char *name, const struct tty_driver *driver)
{
	int error;

	tty->driver = driver;
	tty->size = (struct abi_winsize){ .ws_row = 24, .ws_col = 80 };
	spin_init(&tty->lock, name, LOCK_TTY);
	wait_queue_init(&tty->work);
	wait_queue_init(&tty->readable);
	mutex_init(&tty->line_lock, MUTEX_FILE);
	mutex_init(&tty->read_lock, MUTEX_DATA);
	mutex_init(&tty->write_lock, MUTEX_DATA);
	tty_line_init(&tty->line, tty_emit, tty_line_signal);
	error = thread_init(&tty->thread, name, false, tty_thread, tty);
	if (!error)
		thread_start(&tty->thread);
	return error;
}

/* Whether a wait that began when tty->changes had that value may be over. */
static bool has_or_changed(struct tty *tty, size_t wanted, u32 changes)
{
	return tty_available(tty) >= wanted || READ_ONCE(tty->changes) != changes;
}

/* Non-canonical mode: waits as VMIN and VTIME say (termios(3) lists the four cases). 0 also if the
 * time is over, or the settings have changed. */
static int wait_raw(struct tty *tty, size_t wanted, u32 changes)
{
	size_t least = MIN((size_t)tty->line.termios.c_cc[ABI_VMIN], wanted), had = 0;
	u64 time = tty->line.termios.c_cc[ABI_VTIME] * VTIME_NS;
	int error = 0;

	if (least == 0)
		error = time ? wait_event_until(&tty->readable, WAIT_INTERRUPTIBLE,
				       clock_ns() + time, has_or_changed(tty, 1, changes))
			     : 0;
	else
		error = wait_event(&tty->readable, WAIT_INTERRUPTIBLE,
			has_or_changed(tty, time ? 1 : least, changes));
	while (!error && time && (had = tty_available(tty)) < least &&
		READ_ONCE(tty->changes) == changes)
		error = wait_event_until(&tty->readable, WAIT_INTERRUPTIBLE, clock_ns() + time,
			has_or_changed(tty, had + 1, changes));
	/* What has come before a signal is not kept back. */
	return error == -ETIMEDOUT || tty_available(tty) ? 0 : error;
}

/* Waits until a read that wants so many bytes can go on: 0, -EAGAIN, -ERESTARTSYS. */
static int tty_wait(struct tty *tty, const struct file *file, size_t wanted)
{
	u32 changes = READ_ONCE(tty->changes);
	bool canonical = tty_line_is_canonical(&tty->line);

	if (tty_is_cut_off(file))
		return 0;
	if (file->flags & ABI_O_NONBLOCK) {
		bool may_be_empty = !canonical && tty->line.termios.c_cc[ABI_VMIN] == 0;

		return tty_available(tty) || may_be_empty ? 0 : -EAGAIN;
	}
	if (!canonical)
		return wait_raw(tty, wanted, changes);
	return wait_event(
		&tty->readable, WAIT_INTERRUPTIBLE, has_or_changed(tty, 1, changes));
}

/* Copies out what is there, a line at most. -EAGAIN if another reader was quicker. */
static long tty_take(struct tty *tty, struct io *io)
{
	size_t done = 0, taken = 1, copied = 1;
	bool ended = false, may_be_empty = false;
	u8 bytes[CHUNK];

	mutex_lock(&tty->read_lock);
	while (io->left && taken && copied == taken && !ended) {
		mutex_lock(&tty->line_lock);
		may_be_empty =
			!tty_line_is_canonical(&tty->line) && tty->line.termios.c_cc[ABI_VMIN] == 0;
		taken = tty_line_read(&tty->line, bytes, MIN(io->left, sizeof(bytes)), &ended);
		mutex_unlock(&tty->line_lock);
		copied = taken ? io_put(io, bytes, taken) : 0;
		done += copied;
	}
	mutex_unlock(&tty->read_lock);
	wait_wake(&tty->work, WAIT_ALL);
	if (done || ended)
		return done;
	return copied < taken ? -EFAULT : may_be_empty ? 0 : -EAGAIN;
}

static long tty_read(struct file *file, struct io *io, u64 *position)
{
	struct tty *tty = tty_of(file);
	long result = tty_is_cut_off(file) ? 0 : tty_job_check(tty, ABI_SIGTTIN);

	(void)position;
	if (result || io->left == 0)
		return result;
	do {
		result = tty_wait(tty, file, io->left);
		if (result || tty_is_cut_off(file))
			return result;
		result = tty_take(tty, io);
	} while (result == -EAGAIN);
	return result;
}

static long tty_write(struct file *file, struct io *io, u64 *position)
{
	struct tty *tty = tty_of(file);
	size_t done = 0, wanted = 0, copied = 0;
	char bytes[CHUNK];
	long error = 0;

	(void)position;
	if (tty->line.termios.c_lflag & ABI_TOSTOP && !tty_is_cut_off(file))
		error = tty_job_check(tty, ABI_SIGTTOU);
	if (error)
		return error;
	mutex_lock(&tty->write_lock);
	while (io->left && copied == wanted) {
		if (tty_is_cut_off(file)) {
			error = -EIO;
			break;
		}
		wanted = MIN(io->left, sizeof(bytes));
		copied = io_get(io, bytes, wanted);
		mutex_lock(&tty->line_lock);
		tty_line_output(&tty->line, bytes, copied);
		mutex_unlock(&tty->line_lock);
		done += copied;
		if (sched_relax())
			break;
	}
	mutex_unlock(&tty->write_lock);
	if (error && !done)
		return error;
	return done || copied == wanted ? (long)done : -EFAULT;
}

/* Readable when a read would not wait, as far as VMIN says so without VTIME; always writable, since
 * the device takes everything in the end. */
static u32 tty_poll(struct file *file, struct poll *poll)
{
	struct tty *tty = tty_of(file);
	const u8 *control = tty->line.termios.c_cc;
	size_t least = 1;

	poll_join(poll, &tty->readable);
	if (tty_is_cut_off(file))
		return ABI_POLLIN | ABI_POLLRDNORM | ABI_POLLOUT | ABI_POLLWRNORM | ABI_POLLERR |
			ABI_POLLHUP;
	if (!tty_line_is_canonical(&tty->line) && control[ABI_VTIME] == 0)
		least = MAX(least, (size_t)control[ABI_VMIN]);
	return ABI_POLLOUT | ABI_POLLWRNORM |
		(tty_available(tty) >= least ? ABI_POLLIN | ABI_POLLRDNORM : 0);
}

static const struct file_ops tty_file_ops = {
	.read = tty_read,
	.write = tty_write,
	.ioctl = tty_ioctl,
	.poll = tty_poll,
};

int tty_open_console(struct tty *tty, struct file *file)
{
	file->private = tty;
	file->ops = &tty_file_ops;
	file->position = NEVER_CUT_OFF;
	return 0;
}

int tty_open(struct tty *tty, struct file *file)
{
	file->private = tty;
	file->ops = &tty_file_ops;
	file->position = READ_ONCE(tty->hangups);
	if (!(file->flags & ABI_O_NOCTTY) && file_may_read(file))
		tty_job_opened(tty);
	return 0;
}

int tty_open_own(struct file *file)
{
	struct tty *tty = session_terminal();

	return tty ? tty_open(tty, file) : -ENXIO;
}
