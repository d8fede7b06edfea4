/* /dev/fail-nth: lets allocations fail, for tests (mem/frame.h); root only. A number n that is
 * written makes the n-th allocation of frames or kernel objects by the thread that writes fail, once;
 * 0 makes none fail. A read gives what is left to count, which is 0 when it has failed. Closing ends
 * it as well. Linux has the same as /proc/thread-self/fail-nth. */
#include "dev/driver.h"
#include "fs/fs.h"
#include "lib/errno.h"
#include "lib/format.h"
#include "mem/frame.h"

#define DIGITS	18

static long fail_nth_read(struct file *file, struct io *io, u64 *position)
{
	char text[DIGITS + 3];
	size_t length = format(text, sizeof(text), "%lu\n", frame_fail_left());

	(void)file;
	if (*position >= length)
		return 0;
	size_t wanted = MIN(length - *position, io->left);
	size_t copied = io_put(io, text + *position, wanted);
	*position += copied;
	return copied == wanted ? (long)copied : -EFAULT;
}

static long fail_nth_write(struct file *file, struct io *io, u64 *position)
{
	char text[DIGITS + 1];
	size_t size = io->left, i;
	u64 n = 0;

	(void)file;
	(void)position;
	if (size > sizeof(text))
		return -EINVAL;
	if (io_get(io, text, size) != size)
		return -EFAULT;
	for (i = 0; i < size && i < DIGITS && text[i] >= '0' && text[i] <= '9'; i++)
		n = n * 10 + (text[i] - '0');
	if (i == 0 || (i < size && (text[i] != '\n' || i + 1 != size)))
		return -EINVAL;
	frame_fail_nth(n);
	return size;
}

static void fail_nth_release(struct file *file)
{
	(void)file;
	frame_fail_nth(0);
}

static const struct file_ops fail_nth_ops = {
	.read = fail_nth_read,
	.write = fail_nth_write,
	.seek = file_seek_cursor,
	.release = fail_nth_release,
};

static int fail_nth_init(void)
{
	return devfs_register("fail-nth", 0600, device_number(10, 240), &fail_nth_ops);
}

DRIVER(fail_nth, fail_nth_init);
