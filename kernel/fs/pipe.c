/* Pipes: a ring of page frames and two counts, of bytes written and read since it was last found
 * empty.
 *
 * The bytes between the counts belong to the readers, the others to the writers, so data is copied
 * from and to user memory without the spin lock, which only guards the counts. One reader and one
 * writer at a time copy: they hold the mutexes read_lock and write_lock (rank MUTEX_DATA), but
 * never while they wait for the other side. A frame of the ring is allocated when its first byte is
 * written and stays until the pipe goes. */
#include "fs/pipe.h"

#include <abi/fcntl.h>
#include <abi/ioctl.h>
#include <abi/poll.h>

#include "fs/file.h"
#include "fs/poll.h"
#include "lib/atomic.h"
#include "lib/errno.h"
#include "mem/frame.h"
#include "mem/slab.h"
#include "sched/thread.h"
#include "sched/wait.h"

#define RING_PAGES	(PIPE_CAPACITY / PAGE_SIZE)

struct pipe {
	struct mutex read_lock, write_lock;
	struct page *ring[RING_PAGES];		/* set under write_lock */
	struct wait_queue readable, writable;
	struct spinlock lock;			/* rank LOCK_PIPE; over what follows */
	u64 written, read;			/* bytes: read <= written <= read + PIPE_CAPACITY */
	u32 readers, writers;			/* open files */
	u32 reads_opened, writes_opened;	/* ever; for those who wait in open */
};

/* What pipe(2) makes: the inode is the pipe's alone. */
struct pipe_inode {
	struct inode inode;
	struct pipe pipe;
};

static SLAB_CACHE(pipe_cache, struct pipe_inode);
static SLAB_CACHE(fifo_cache, struct pipe);

static u64 pipe_device;
static u64 frames_held, frames_max = UINT64_MAX;	/* of all pipes; the first is atomic */

static struct pipe *pipe_of(const struct file *file)
{
	return file->private;
}

static size_t used_locked(const struct pipe *pipe)
{
	return pipe->written - pipe->read;
}

static size_t pipe_used(struct pipe *pipe)
{
	size_t used;

	spin_lock(&pipe->lock);
	used = used_locked(pipe);
	spin_unlock(&pipe->lock);
	return used;
}

/* Copies out what is there, as far as it is asked for. The bytes; -EFAULT; -EAGAIN if there are
 * none. */
static long pipe_take(struct pipe *pipe, struct io *io)
{
	size_t left, done = 0, copied = 0, chunk = 0;

	mutex_lock(&pipe->read_lock);
	left = MIN(pipe_used(pipe), io->left);
	while (left && copied == chunk) {
		u64 at = (pipe->read + done) % PIPE_CAPACITY;

		chunk = MIN(left, PAGE_SIZE - (at & PAGE_MASK));
		copied = io_put(io,
			(u8 *)page_data(pipe->ring[at >> PAGE_SHIFT]) + (at & PAGE_MASK), chunk);
		done += copied;
		left -= copied;
	}
	spin_lock(&pipe->lock);
	pipe->read += done;
	spin_unlock(&pipe->lock);
	mutex_unlock(&pipe->read_lock);
	if (done)
		wait_wake(&pipe->writable, WAIT_ALL);
	return done ? (long)done : copied < chunk ? -EFAULT : -EAGAIN;
}

/* Waits until there is something to read, or nobody who could write. 1: there is; 0: the end. */
static int pipe_wait_readable(struct pipe *pipe, bool may_wait)
{
	int result;

	spin_lock(&pipe->lock);
	if (may_wait)
		result = wait_event_locked(&pipe->readable, WAIT_INTERRUPTIBLE, &pipe->lock,
					   used_locked(pipe) || !pipe->writers);
	else
		result = used_locked(pipe) || !pipe->writers ? 0 : -EAGAIN;
	if (!result)
		result = used_locked(pipe) > 0;
	spin_unlock(&pipe->lock);
	return result;
}

static long pipe_read(struct file *file, struct io *io, u64 *position)
{
	struct pipe *pipe = pipe_of(file);
	long result = io->left ? -EAGAIN : 0;

	(void)position;
	while (result == -EAGAIN) {
		result = pipe_wait_readable(pipe, !(file->flags & ABI_O_NONBLOCK));
		if (result <= 0)
			return result;
		result = pipe_take(pipe, io);	/* -EAGAIN: another reader was quicker */
	}
	return result;
}

static void ring_put(struct page *page)
{
	page_put(page);
	atomic_fetch_sub(&frames_held, 1);
}

static bool ring_fill(struct pipe *pipe, u64 slot)
{
	if (pipe->ring[slot])
		return true;
	if (atomic_fetch_add(&frames_held, 1) < frames_max)
		pipe->ring[slot] = frame_alloc(0, FRAME_KERNEL);
	if (!pipe->ring[slot])
		atomic_fetch_sub(&frames_held, 1);
	return pipe->ring[slot] != NULL;
}

/* Frames for the next `size` bytes, which are at most PIPE_BUF: they come all or none. */
static bool ring_fill_next(struct pipe *pipe, size_t size)
{
	u64 last = pipe->written + size - 1;

	return ring_fill(pipe, pipe->written % PIPE_CAPACITY >> PAGE_SHIFT) &&
		ring_fill(pipe, last % PIPE_CAPACITY >> PAGE_SHIFT);
}

/* The bytes that may be written, for a writer. An empty pipe begins at its first frame again: one that
 * is read as it is written needs no other. No reader copies from an empty one. */
static size_t pipe_room(struct pipe *pipe)
{
	size_t room;

	spin_lock(&pipe->lock);
	if (!used_locked(pipe))
		pipe->written = pipe->read = 0;
	room = PIPE_CAPACITY - used_locked(pipe);
	spin_unlock(&pipe->lock);
	return room;
}

/* Copies in as much as there is room for, if that is at least `least` bytes. The bytes; -EFAULT;
 * -ENOMEM; -EAGAIN if there is too little room. */
static long pipe_give(struct pipe *pipe, struct io *io, size_t least)
{
	size_t left, done = 0, copied = 0, chunk = 0;
	long error = -EAGAIN;

	mutex_lock(&pipe->write_lock);
	left = pipe_room(pipe);
	left = left < least ? 0 : MIN(left, io->left);
	if (left && !ring_fill_next(pipe, least)) {
		error = -ENOMEM;
		left = 0;
	}
	while (left && copied == chunk) {
		u64 at = (pipe->written + done) % PIPE_CAPACITY;

		if (!ring_fill(pipe, at >> PAGE_SHIFT)) {
			error = -ENOMEM;
			break;
		}
		chunk = MIN(left, PAGE_SIZE - (at & PAGE_MASK));
		copied = io_get(io,
			(u8 *)page_data(pipe->ring[at >> PAGE_SHIFT]) + (at & PAGE_MASK), chunk);
		done += copied;
		left -= copied;
	}
	spin_lock(&pipe->lock);
	pipe->written += done;
	spin_unlock(&pipe->lock);
	mutex_unlock(&pipe->write_lock);
	if (done)
		wait_wake(&pipe->readable, WAIT_ALL);
	return done ? (long)done : copied < chunk ? -EFAULT : error;
}

/* Waits until there is room for `least` bytes. 0, -EPIPE if there is nobody left to read, -EAGAIN,
 * -ERESTARTSYS. */
static int pipe_wait_writable(struct pipe *pipe, size_t least, bool may_wait)
{
	int result = 0;

	spin_lock(&pipe->lock);
	if (may_wait)
		result = wait_event_locked(&pipe->writable, WAIT_INTERRUPTIBLE, &pipe->lock,
			PIPE_CAPACITY - used_locked(pipe) >= least || !pipe->readers);
	else if (PIPE_CAPACITY - used_locked(pipe) < least)
		result = -EAGAIN;
	if (!pipe->readers)
		result = -EPIPE;
	spin_unlock(&pipe->lock);
	return result;
}

static long pipe_write(struct file *file, struct io *io, u64 *position)
{
	struct pipe *pipe = pipe_of(file);
	size_t size = io->left, least = size <= PIPE_BUF ? size : 1;
	long given = 0;

	(void)position;
	while (io->left) {
		given = pipe_wait_writable(pipe, least, !(file->flags & ABI_O_NONBLOCK));
		if (given < 0)
			break;
		given = pipe_give(pipe, io, least);
		if (given < 0 && given != -EAGAIN)
			break;
		if (given > 0 && size <= PIPE_BUF)
			break;
		if (sched_relax())
			break;
	}
	return io->left < size ? (long)(size - io->left) : given;
}

static long pipe_ioctl(struct file *file, u32 command, struct user_ptr argument)
{
	s32 used;

	if (command != ABI_FIONREAD)
		return -ENOTTY;
	used = pipe_used(pipe_of(file));
	return user_put(argument, &used);
}

/* Whether anybody has had it open for writing since the file was opened (end_add, pipe_open_end). */
static bool writer_seen(const struct pipe *pipe, const struct file *file)
{
	return file->position != pipe->writes_opened;
}

/* There is room if a write of PIPE_BUF bytes would not wait. A FIFO without a writer has not ended
 * for a reader that has not yet had one. */
static u32 pipe_poll(struct file *file, struct poll *poll)
{
	struct pipe *pipe = pipe_of(file);
	u32 mode = file->flags & ABI_O_ACCMODE, ready = 0;

	if (mode != ABI_O_WRONLY)
		poll_join(poll, &pipe->readable);
	if (mode != ABI_O_RDONLY)
		poll_join(poll, &pipe->writable);
	spin_lock(&pipe->lock);
	if (mode != ABI_O_WRONLY) {
		ready |= used_locked(pipe) ? ABI_POLLIN | ABI_POLLRDNORM : 0;
		ready |= pipe->writers || !writer_seen(pipe, file) ? 0 : ABI_POLLHUP;
	}
	if (mode != ABI_O_RDONLY) {
		bool room = PIPE_CAPACITY - used_locked(pipe) >= PIPE_BUF;

		ready |= room ? ABI_POLLOUT | ABI_POLLWRNORM : 0;
		ready |= pipe->readers ? 0 : ABI_POLLERR;
	}
	spin_unlock(&pipe->lock);
	return ready;
}

static void wake_both(struct pipe *pipe)
{
	wait_wake(&pipe->readable, WAIT_ALL);
	wait_wake(&pipe->writable, WAIT_ALL);
}

/* How often the other side had been opened by then: readers ask for writers, others for readers. A pipe
 * has no position: its place has the writers that had come and gone by then. */
static u32 end_add(struct pipe *pipe, struct file *file)
{
	u32 others;

	spin_lock(&pipe->lock);
	file->position = pipe->writes_opened - pipe->writers;
	pipe->readers += file_may_read(file);
	pipe->writers += file_may_write(file);
	pipe->reads_opened += file_may_read(file);
	pipe->writes_opened += file_may_write(file);
	others = file_may_read(file) ? pipe->writes_opened : pipe->reads_opened;
	spin_unlock(&pipe->lock);
	return others;
}

static int pipe_open_end(struct file *file)
{
	if (!file_may_read(file) && !file_may_write(file))
		return -EINVAL;
	file->private = &container_of(file->inode, struct pipe_inode, inode)->pipe;
	end_add(pipe_of(file), file);
	/* It has had a writer from the start, also for who opens it by /proc. */
	file->position = UINT64_MAX;
	return 0;
}

static void ring_free(struct page *ring[RING_PAGES])
{
	for (u32 i = 0; i < RING_PAGES; i++)
		if (ring[i])
			ring_put(ring[i]);
}

/* Nobody has the pipe open: what is in it is gone, and its memory too. Who opens it meanwhile keeps
 * it. */
static void pipe_clear(struct pipe *pipe)
{
	struct page *ring[RING_PAGES] = { 0 };

	mutex_lock(&pipe->read_lock);
	mutex_lock(&pipe->write_lock);
	spin_lock(&pipe->lock);
	if (!pipe->readers && !pipe->writers) {
		for (u32 i = 0; i < RING_PAGES; i++) {
			ring[i] = pipe->ring[i];
			pipe->ring[i] = NULL;
		}
		pipe->read = pipe->written = 0;
	}
	spin_unlock(&pipe->lock);
	mutex_unlock(&pipe->write_lock);
	mutex_unlock(&pipe->read_lock);
	ring_free(ring);
}

/* The other side may be waiting for what now never comes. */
static void pipe_release_end(struct file *file)
{
	struct pipe *pipe = pipe_of(file);
	bool last;

	spin_lock(&pipe->lock);
	pipe->readers -= file_may_read(file);
	pipe->writers -= file_may_write(file);
	last = !pipe->readers && !pipe->writers;
	spin_unlock(&pipe->lock);
	if (last)
		pipe_clear(pipe);
	else
		wake_both(pipe);
}

static const struct file_ops pipe_file_ops = {
	.open = pipe_open_end,
	.read = pipe_read,
	.write = pipe_write,
	.ioctl = pipe_ioctl,
	.poll = pipe_poll,
	.release = pipe_release_end,
};

static void pipe_release(struct inode *inode)
{
	slab_free(&pipe_cache, container_of(inode, struct pipe_inode, inode));
}

static const struct inode_ops pipe_inode_ops = {
	.release = pipe_release,
};

void pipe_set_limit(u64 frames)
{
	frames_max = frames;
}

static void pipe_init(struct pipe *pipe)
{
	mutex_init(&pipe->read_lock, MUTEX_DATA);
	mutex_init(&pipe->write_lock, MUTEX_DATA);
	wait_queue_init(&pipe->readable);
	wait_queue_init(&pipe->writable);
	spin_init(&pipe->lock, "pipe", LOCK_PIPE);
}

static struct pipe_inode *pipe_create(void)
{
	struct pipe_inode *pipe = slab_alloc_zeroed(&pipe_cache);
	u64 none = 0;

	if (!pipe)
		return NULL;
	if (!atomic_load(&pipe_device))
		atomic_compare_exchange(&pipe_device, &none, inode_device_new());
	inode_init(&pipe->inode, &pipe_inode_ops, ABI_S_IFIFO | 0600);
	pipe->inode.device = pipe_device;
	pipe->inode.file_ops = &pipe_file_ops;
	pipe_init(&pipe->pipe);
	return pipe;
}

int pipe_new(struct file *ends[2], u32 flags)
{
	struct pipe_inode *pipe = pipe_create();
	long error = 0;

	if (!pipe)
		return -ENOMEM;
	ends[0] = file_open(&pipe->inode, ABI_O_RDONLY | flags);
	ends[1] = file_open(&pipe->inode, ABI_O_WRONLY | flags);
	for (int i = 0; i < 2; i++)
		if (IS_ERR(ends[i]))
			error = PTR_ERR(ends[i]);
	for (int i = 0; i < 2 && error; i++)
		if (!IS_ERR(ends[i]))
			file_put(ends[i]);
	inode_put(&pipe->inode);
	return error;
}

struct pipe *fifo_new(void)
{
	struct pipe *pipe = slab_alloc_zeroed(&fifo_cache);

	if (pipe)
		pipe_init(pipe);
	return pipe;
}

void fifo_free(struct pipe *pipe)
{
	slab_free(&fifo_cache, pipe);
}

/* Waits until the other side is open, or has been, be it only for a moment: opened more often than
 * `before`. */
static int fifo_wait_other(struct pipe *pipe, bool reads, u32 before)
{
	int error;

	spin_lock(&pipe->lock);
	if (reads)
		error = wait_event_locked(&pipe->readable, WAIT_INTERRUPTIBLE, &pipe->lock,
			pipe->writers || pipe->writes_opened != before);
	else
		error = wait_event_locked(&pipe->writable, WAIT_INTERRUPTIBLE, &pipe->lock,
			pipe->readers || pipe->reads_opened != before);
	spin_unlock(&pipe->lock);
	return error;
}

int fifo_open(struct file *file, struct pipe *pipe)
{
	bool reads = file_may_read(file), writes = file_may_write(file);
	bool waits = !(file->flags & ABI_O_NONBLOCK);
	u32 before;
	int error = 0;

	if (!reads && !writes)
		return -EINVAL;
	if (!waits && writes && !reads && !READ_ONCE(pipe->readers))
		return -ENXIO;
	file->private = pipe;
	before = end_add(pipe, file);
	wake_both(pipe);
	if (waits && reads != writes)
		error = fifo_wait_other(pipe, reads, before);
	if (error)
		pipe_release_end(file);
	else
		file->ops = &pipe_file_ops;
	return error;
}
