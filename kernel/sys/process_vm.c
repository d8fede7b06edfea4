/* process_vm_readv(2) and process_vm_writev(2): between the caller's memory and another process's,
 * by way of a page of the kernel's, since only one of the two can be touched under its lock. */
#include "lib/errno.h"
#include "mem/kmalloc.h"
#include "proc/pid_view.h"
#include "sched/thread.h"
#include "sys/iovec.h"
#include "vm/remote.h"
#include "vm/space.h"
#include <abi/uio.h>
#include <gen/syscalls.h>

struct remote_copy {
	struct io io;		/* over the caller's ranges */
	void *page;
	struct io_vec *remote;	/* the other's ranges, behind the caller's: */
	struct io_vec local[];
};

typedef long (*copy_part_t)(
	struct remote_copy *copy, struct space *space, u64 address, size_t size);

static long read_part(struct remote_copy *copy, struct space *space, u64 address, size_t size)
{
	long got = space_read_remote(space, address, copy->page, size);

	if (got <= 0)
		return got;
	long put = io_put(&copy->io, copy->page, got);
	return put > 0 ? put : -EFAULT;
}

static long write_part(struct remote_copy *copy, struct space *space, u64 address, size_t size)
{
	long got = io_get(&copy->io, copy->page, MIN(size, PAGE_SIZE - (address & PAGE_MASK)));

	return got > 0 ? space_write_remote(space, address, copy->page, got) : -EFAULT;
}

/* How many bytes were copied, or what prevented the first. */
static long copy_all(
	struct remote_copy *copy, struct space *space, int count, copy_part_t copy_part)
{
	long total = copy->io.left, done = 0, part = 0;

	for (int i = 0; i < count && part >= 0; i++) {
		struct io_vec *range = &copy->remote[i];

		while (range->length > 0 && done < total && part >= 0) {
			part = copy_part(copy, space, range->base.addr,
				MIN(range->length, (size_t)(total - done)));
			if (part > 0) {
				done += part;
				range->base = user_ptr_add(range->base, part);
				range->length -= part;
			}
			if (sched_relax())
				part = -EINTR;
		}
	}
	return done ? done : part;
}

static bool has_bytes(const struct io_vec *vec, int count)
{
	for (int i = 0; i < count; i++)
		if (vec[i].length > 0)
			return true;
	return false;
}

static long do_copy(struct remote_copy *copy, int pid, struct user_ptr lvec, unsigned long liovcnt,
	struct user_ptr rvec, unsigned long riovcnt, copy_part_t copy_part)
{
	long total = iovec_read(copy->local, lvec, liovcnt);

	if (total <= 0)
		return total;
	int error = riovcnt > ABI_IOV_MAX ? -EINVAL
					  : iovec_read_foreign(copy->remote, rvec, riovcnt);
	if (error || !has_bytes(copy->remote, riovcnt))
		return error;
	struct space *space = pid_view_attach(pid);
	if (IS_ERR(space))
		return PTR_ERR(space);
	io_init_vec(&copy->io, copy->local, liovcnt);
	long result = copy_all(copy, space, riovcnt, copy_part);
	space_put(space);
	return result;
}

static long process_vm(int pid, struct user_ptr lvec, unsigned long liovcnt, struct user_ptr rvec,
	unsigned long riovcnt, unsigned long flags, copy_part_t copy_part)
{
	struct remote_copy *copy;
	long result = -ENOMEM;

	liovcnt = (u32)liovcnt;		/* all that Linux looks at, of this one */
	if (flags != 0 || liovcnt > ABI_IOV_MAX)
		return -EINVAL;
	copy = kmalloc(sizeof(*copy) +
		(liovcnt + MIN(riovcnt, (unsigned long)ABI_IOV_MAX)) * sizeof(copy->local[0]));
	if (!copy)
		return -ENOMEM;
	copy->remote = copy->local + liovcnt;
	copy->page = kmalloc(PAGE_SIZE);
	if (copy->page)
		result = do_copy(copy, pid, lvec, liovcnt, rvec, riovcnt, copy_part);
	kfree(copy->page);
	kfree(copy);
	return result;
}

long sys_process_vm_readv(int pid, struct user_ptr lvec, unsigned long liovcnt,
	struct user_ptr rvec, unsigned long riovcnt, unsigned long flags)
{
	return process_vm(pid, lvec, liovcnt, rvec, riovcnt, flags, read_part);
}

long sys_process_vm_writev(int pid, struct user_ptr lvec, unsigned long liovcnt,
	struct user_ptr rvec, unsigned long riovcnt, unsigned long flags)
{
	return process_vm(pid, lvec, liovcnt, rvec, riovcnt, flags, write_part);
}
