/* System calls on the address space. */
#include "fs/tmpfs.h"
#include "sched/thread.h"
#include "sys/fd.h"
#include "vm/advise.h"
#include "vm/lock.h"
#include "vm/remap.h"
#include "vm/space.h"
#include "vm/user.h"
#include <abi/fcntl.h>
#include <abi/mman.h>
#include <gen/syscalls.h>

/* What mappings of a file may allow: nothing if it cannot be read, writing to a private copy always,
 * to the file itself if it is open for that. */
static u32 file_rights(const struct file *file, int flags)
{
	if (!file_may_read(file))
		return 0;
	if ((flags & ABI_MAP_TYPE) != ABI_MAP_PRIVATE && !file_may_write(file))
		return AREA_PROT & ~AREA_WRITE;
	return AREA_PROT;
}

/* /dev/zero: as anonymous memory, but that there is a file that can be asked for too much. */
static long map_zeros(unsigned long addr, size_t length, int prot, int flags, u32 rights)
{
	if (rights == 0 || prot & AREA_PROT & ~rights)
		return -EACCES;
	if (flags & ABI_MAP_GROWSDOWN)
		return -EINVAL;
	if ((flags & ABI_MAP_TYPE) == ABI_MAP_SHARED_VALIDATE)
		flags ^= ABI_MAP_SHARED_VALIDATE ^ ABI_MAP_SHARED;
	return space_map(process_current()->space, addr, length, prot, flags, NULL, 0, rights);
}

static long map_file(unsigned long addr, size_t length, int prot, int flags,
	const struct file *file, long offset)
{
	u32 rights = file_rights(file, flags);
	int seals = tmpfs_file_seals(file->inode);

	if (seals > 0 && seals & (ABI_F_SEAL_WRITE | ABI_F_SEAL_FUTURE_WRITE) &&
		(flags & ABI_MAP_TYPE) != ABI_MAP_PRIVATE) {
		if (prot & rights & AREA_WRITE)
			return -EPERM;
		rights &= ~AREA_WRITE;
	}
	if (file->ops->maps_zeros)
		return map_zeros(addr, length, prot, flags, rights);
	if (!file->inode->backing)
		return rights == 0 || prot & AREA_PROT & ~rights ? -EACCES : -ENODEV;
	return space_map(process_current()->space, addr, length, prot, flags, file->inode->backing,
		offset, rights);
}

long sys_mmap(unsigned long addr, size_t length, int prot, int flags, int fd, long offset)
{
	if (offset & PAGE_MASK)
		return -EINVAL;
	if (flags & ABI_MAP_ANONYMOUS)
		return space_map(
			process_current()->space, addr, length, prot, flags, NULL, 0, AREA_PROT);
	struct file *file = fd_get_open(fd);
	if (IS_ERR(file))
		return PTR_ERR(file);
	long result = length == 0 ? -EINVAL : map_file(addr, length, prot, flags, file, offset);
	file_put(file);
	return result;
}

long sys_mprotect(unsigned long addr, size_t length, int prot)
{
	return space_protect(process_current()->space, addr, length, prot);
}

long sys_munmap(unsigned long addr, size_t length)
{
	return space_unmap(process_current()->space, addr, length);
}

long sys_brk(unsigned long addr)
{
	return space_brk(process_current()->space, addr);
}

long sys_mremap(unsigned long addr, size_t old_length, size_t new_length, int flags,
	unsigned long new_addr)
{
	return space_remap(
		process_current()->space, addr, old_length, new_length, flags, new_addr);
}

long sys_msync(unsigned long addr, size_t length, int flags)
{
	return space_sync(process_current()->space, addr, length, flags);
}

long sys_madvise(unsigned long addr, size_t length, int advice)
{
	return space_advise(process_current()->space, addr, length, advice);
}

#define VECTOR_PART	256ul	/* pages of one look at the space */

long sys_mincore(unsigned long addr, size_t length, struct user_ptr vec)
{
	struct space *space = process_current()->space;
	u64 count = length / PAGE_SIZE + (length % PAGE_SIZE != 0);
	u8 part[VECTOR_PART];

	if (addr & PAGE_MASK)
		return -EINVAL;
	if (addr > USER_END || length > USER_END - addr)
		return -ENOMEM;
	if (vec.addr > USER_END || count > USER_END - vec.addr)
		return -EFAULT;
	for (u64 done = 0, now; done < count; done += now) {
		now = MIN(count - done, VECTOR_PART);
		int error = space_in_core(space, addr + done * PAGE_SIZE, now, part);
		if (!error)
			error = user_write_bytes(user_ptr_add(vec, done), part, now);
		if (error)
			return error;
		if (sched_relax())
			return -EINTR;
	}
	return 0;
}

long sys_mlock2(unsigned long addr, size_t length, unsigned int flags)
{
	if (flags & ~ABI_MLOCK_ONFAULT)
		return -EINVAL;
	return space_lock(process_current()->space, addr, length, flags & ABI_MLOCK_ONFAULT);
}

long sys_mlock(unsigned long addr, size_t length)
{
	return sys_mlock2(addr, length, 0);
}

long sys_munlock(unsigned long addr, size_t length)
{
	return space_unlock(process_current()->space, addr, length);
}

long sys_mlockall(int flags)
{
	return space_lock_all(process_current()->space, flags);
}

long sys_munlockall(void)
{
	space_unlock_all(process_current()->space);
	return 0;
}
