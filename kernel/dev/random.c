/* /dev/random and /dev/urandom (random(4)): the same, since the generator is seeded before any
 * program runs. What is written is stirred in. */
#include "core/random.h"
#include "dev/driver.h"
#include "fs/fs.h"
#include "lib/errno.h"
#include "sched/thread.h"

#define CHUNK	256u

static long random_read(struct file *file, struct io *io, u64 *position)
{
	size_t done = 0, wanted = 0, copied = 0;
	u8 bytes[CHUNK];

	(void)file;
	(void)position;
	while (io->left && copied == wanted) {
		wanted = MIN(io->left, sizeof(bytes));
		random_bytes(bytes, wanted);
		copied = io_put(io, bytes, wanted);
		done += copied;
		if (sched_relax())
			break;
	}
	__builtin_memset(bytes, 0, sizeof(bytes));
	__asm__ volatile("" : : "r"(bytes) : "memory");	/* the clearing above is meant */
	return done || copied == wanted ? (long)done : -EFAULT;
}

static long random_write(struct file *file, struct io *io, u64 *position)
{
	size_t done = 0, copied = 1;

	(void)file;
	(void)position;
	while (io->left && copied) {
		u64 value = 0;

		copied = io_get(io, &value, MIN(io->left, sizeof(value)));
		random_stir(value);
		done += copied;
		if (sched_relax())
			break;
	}
	return done || copied ? (long)done : -EFAULT;
}

static const struct file_ops random_ops = {
	.read = random_read,
	.write = random_write,
	.seek = file_seek_nowhere,
};

static int random_device_init(void)
{
	int error = devfs_register("random", 0666, device_number(1, 8), &random_ops);

	return error ? error : devfs_register("urandom", 0666, device_number(1, 9), &random_ops);
}

DRIVER(random, random_device_init);
