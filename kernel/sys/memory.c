/* System calls on the address space. */
#include "sys/fd.h"
#include "vm/advise.h"
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
	u32 access = file->flags & ABI_O_ACCMODE;

	if (access == ABI_O_WRONLY)
		return 0;
	if ((flags & ABI_MAP_TYPE) != ABI_MAP_PRIVATE && access != ABI_O_RDWR)
		return AREA_PROT & ~AREA_WRITE;
	return AREA_PROT;
}

static long map_file(unsigned long addr, size_t length, int prot, int flags,
	const struct file *file, long offset)
{
	u32 rights = file_rights(file, flags);

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
	struct file *file = fd_get(fd);
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
