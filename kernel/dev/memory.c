/* /dev/null, /dev/zero and /dev/full (null(4), full(4)). */
#include "dev/driver.h"
#include "fs/fs.h"
#include "lib/errno.h"
#include "sched/thread.h"

#define ZERO_CHUNK	65536ul	/* bytes between two chances for other threads */

static long null_read(struct file *file, struct io *io, u64 *position)
{
	(void)file;
	(void)io;
	(void)position;
	return 0;
}

/* What is written is not even looked at. */
static long null_write(struct file *file, struct io *io, u64 *position)
{
	(void)file;
	(void)position;
	return io->left;
}

static long zero_read(struct file *file, struct io *io, u64 *position)
{
	size_t done = 0, wanted = 0, copied = 0;

	(void)file;
	(void)position;
	while (io->left && copied == wanted) {
		wanted = MIN(io->left, ZERO_CHUNK);
		copied = io_put_zeros(io, wanted);
		done += copied;
		if (sched_relax())
			break;
	}
	return done || copied == wanted ? (long)done : -EFAULT;
}

static long full_write(struct file *file, struct io *io, u64 *position)
{
	(void)file;
	(void)position;
	return io->left ? -ENOSPC : 0;
}

static const struct file_ops null_ops = {
	.read = null_read,
	.write = null_write,
	.seek = file_seek_nowhere,
};

static const struct file_ops zero_ops = {
	.read = zero_read,
	.write = null_write,
	.seek = file_seek_nowhere,
	.maps_zeros = true,
};

static const struct file_ops full_ops = {
	.read = zero_read,
	.write = full_write,
	.seek = file_seek_nowhere,
};

static int memory_init(void)
{
	int error = devfs_register("null", 0666, device_number(1, 3), &null_ops);

	if (!error)
		error = devfs_register("zero", 0666, device_number(1, 5), &zero_ops);
	if (!error)
		error = devfs_register("full", 0666, device_number(1, 7), &full_ops);
	return error;
}

DRIVER(memory, memory_init);
