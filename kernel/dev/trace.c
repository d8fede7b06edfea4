/* /dev/trace: each opening is a trace (proc/trace.h), whose reader it is. Anyone may open it, for a
 * thread can be traced only when it, or who made it, has asked for that on a descriptor of the
 * trace. */
#include "proc/trace.h"

#include "dev/driver.h"
#include "fs/fs.h"
#include "lib/errno.h"
#include <abi/trace.h>

static int trace_open(struct file *file)
{
	file->private = trace_new();
	return file->private ? 0 : -ENOMEM;
}

static long trace_file_read(struct file *file, struct io *io, u64 *position)
{
	(void)position;
	return trace_read(file->private, io, !(file->flags & ABI_O_NONBLOCK));
}

static long trace_ioctl(struct file *file, u32 command, struct user_ptr argument)
{
	(void)argument;
	return command == ABI_TRACE_ATTACH ? trace_attach(file->private) : -ENOTTY;
}

static void trace_release(struct file *file)
{
	trace_close(file->private);
}

static const struct file_ops trace_ops = {
	.open = trace_open,
	.read = trace_file_read,
	.ioctl = trace_ioctl,
	.release = trace_release,
};

static int trace_init(void)
{
	return devfs_register("trace", 0666, device_number(10, 241), &trace_ops);
}

DRIVER(trace, trace_init);
