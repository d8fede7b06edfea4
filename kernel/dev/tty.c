/* Terminals (ioctl_tty(2), termios(3)): reading, writing, settings, and the thread that processes
 * what arrives. When the line is full, the thread waits for readers, then the ring fills, then the
 * driver holds the device back: so nothing that is typed ahead or pasted is lost, but for
 * characters beyond the longest line. */
#include "dev/tty.h"

#include <abi/fcntl.h>
#include <abi/poll.h>

#include "fs/poll.h"
#include "lib/errno.h"
#include "sched/time.h"

#define CHUNK		256u		/* bytes between user memory and the line */
#define VTIME_NS	(100 * NS_PER_MS)

static struct tty *tty_of(const struct file *file)
{
	return file->private;
}

static void tty_emit(struct tty_line *line, const char *bytes, size_t size)
{
	struct tty *tty = container_of(line, struct tty, line);

	if (size)
		tty->driver->send(tty, bytes, size);
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
	tty_line_init(&tty->line, tty_emit);
	error = thread_init(&tty->thread, name, false, tty_thread, tty);
	if (!error)
		thread_start(&tty->thread);
	return error;
}

static size_t available(struct tty *tty)
{
	return READ_ONCE(tty->line.committed) - READ_ONCE(tty->line.tail);
}

/* Non-canonical mode: waits as VMIN and VTIME say (termios(3) lists the four cases). 0 also if the
 * time is over. */
static int wait_raw(struct tty *tty, size_t wanted)
{
	size_t least = MIN((size_t)tty->line.termios.c_cc[ABI_VMIN], wanted), had = 0;
	u64 time = tty->line.termios.c_cc[ABI_VTIME] * VTIME_NS;
	int error = 0;

	if (least == 0)
		error = time ? wait_event_until(&tty->readable, WAIT_INTERRUPTIBLE,
				       clock_ns() + time, available(tty))
			     : 0;
	else
		error = wait_event(
			&tty->readable, WAIT_INTERRUPTIBLE, available(tty) >= (time ? 1 : least));
	while (!error && time && (had = available(tty)) < least)
		error = wait_event_until(&tty->readable, WAIT_INTERRUPTIBLE, clock_ns() + time,
			available(tty) > had);
	return error == -ETIMEDOUT ? 0 : error;
}

/* Waits until a read that wants so many bytes can go on: 0, -EAGAIN, -EINTR. */
static int tty_wait(struct tty *tty, const struct file *file, size_t wanted)
{
	bool canonical = tty_line_is_canonical(&tty->line);

	if (file->flags & ABI_O_NONBLOCK) {
		bool may_be_empty = !canonical && tty->line.termios.c_cc[ABI_VMIN] == 0;

		return available(tty) || may_be_empty ? 0 : -EAGAIN;
	}
	if (!canonical)
		return wait_raw(tty, wanted);
	return wait_event(&tty->readable, WAIT_INTERRUPTIBLE, available(tty));
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
	long result = io->left ? -EAGAIN : 0;

	(void)position;
	while (result == -EAGAIN) {
		result = tty_wait(tty, file, io->left);
		if (result)
			return result;
		result = tty_take(tty, io);
	}
	return result;
}

static long tty_write(struct file *file, struct io *io, u64 *position)
{
	struct tty *tty = tty_of(file);
	size_t done = 0, wanted = 0, copied = 0;
	char bytes[CHUNK];

	(void)position;
	mutex_lock(&tty->write_lock);
	while (io->left && copied == wanted) {
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
	return done || copied == wanted ? (long)done : -EFAULT;
}

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
	int error = user_get(&termios, argument);

	if (error)
		return error;
	mutex_lock(&tty->line_lock);
	if (flush)
		tty_line_flush(&tty->line);
	tty_line_set(&tty->line, &termios);
	mutex_unlock(&tty->line_lock);
	wait_wake(&tty->work, WAIT_ALL);
	wait_wake(&tty->readable, WAIT_ALL);
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
	tty->size = size;
	mutex_unlock(&tty->line_lock);
	return 0;
}

static long tty_ioctl(struct file *file, u32 command, struct user_ptr argument)
{
	struct tty *tty = tty_of(file);
	s32 count;

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
		return 0;
	case ABI_FIONREAD:
		count = available(tty);
		return user_put(argument, &count);
	default:
		return -ENOTTY;
	}
}

/* Readable when a read would not wait, as far as VMIN says so without VTIME; always writable, since
 * the device takes everything in the end. */
static u32 tty_poll(struct file *file, struct poll *poll)
{
	struct tty *tty = tty_of(file);
	const u8 *control = tty->line.termios.c_cc;
	size_t least = 1;

	poll_join(poll, &tty->readable);
	if (!tty_line_is_canonical(&tty->line) && control[ABI_VTIME] == 0)
		least = MAX(least, (size_t)control[ABI_VMIN]);
	return ABI_POLLOUT | ABI_POLLWRNORM |
		(available(tty) >= least ? ABI_POLLIN | ABI_POLLRDNORM : 0);
}

static const struct file_ops tty_file_ops = {
	.read = tty_read,
	.write = tty_write,
	.ioctl = tty_ioctl,
	.poll = tty_poll,
};

int tty_open(struct tty *tty, struct file *file)
{
	file->private = tty;
	file->ops = &tty_file_ops;
	return 0;
}
