/* The regular files of tmpfs: a page cache and a size. Bytes that nobody has written have no page
 * and read as zeros; the bytes of the last page behind the size are zero.
 *
 * User memory may be a mapping of the very file that is read or written, so a fault on it comes
 * back here, to get_page, under the address space's mutex. get_page takes only the page cache's
 * mutex, which nobody holds while user memory is copied: a page is found with a reference, and
 * copied without a lock. Against truncation:
 * - a write holds write_lock, as a truncation does, so its pages stay the file's until it is done;
 * - a read looks at the size after it has its page: what it copies was the file's content then, or
 *   zeros, if a truncation clears the page meanwhile;
 * - a page fault puts a new page in under the page cache's mutex, and looks at the size under it.
 *   Truncation sets the size, then takes pages out, then unmaps: either it meets the new page, or the
 *   fault sees the new size. A fault that found its page before maps it before it lets go of the
 *   address space, where the unmapping finds it. */
#include "fs/tmpfs.h"

#include <abi/fcntl.h>

#include "fs/context.h"
#include "fs/file.h"
#include "fs/tmpfs_limit.h"
#include "lib/atomic.h"
#include "lib/errno.h"
#include "lib/format.h"
#include "lib/string.h"
#include "mem/frame.h"
#include "sched/thread.h"

static u64 pages_of(u64 size)
{
	return (size >> PAGE_SHIFT) + ((size & PAGE_MASK) != 0);
}

void tmpfs_pages_remove(struct tmpfs_inode *node, u64 first, u64 last)
{
	tmpfs_pages_count(-pagecache_remove(&node->pages, first, last));
}

static struct tmpfs_inode *node_of_backing(struct backing *backing)
{
	return container_of(backing, struct tmpfs_inode, pages.backing);
}

/* A fault in a hole. A full file system is told as the end of the file is (SIGBUS), as there is
 * nobody to kill for it. */
static struct page *hole_fill(struct tmpfs_inode *node, u64 index)
{
	struct page *page = tmpfs_page_new(true);
	int error;

	if (IS_ERR(page))
		return PTR_ERR(page) == -ENOSPC ? ERR_PTR(-EFAULT) : page;
	error = pagecache_insert_below(&node->pages, index, page, &node->inode.size);
	if (!error)
		return page;
	tmpfs_page_drop(page);
	return error == -EEXIST ? NULL : ERR_PTR(error);
}

static struct page *file_get_page(struct backing *backing, u64 index)
{
	struct tmpfs_inode *node = node_of_backing(backing);
	struct page *page = NULL;

	while (!page) {
		if (index >= pages_of(atomic_load(&node->inode.size)))
			return ERR_PTR(-EFAULT);
		page = pagecache_find(&node->pages, index);
		if (!page)
			page = hole_fill(node, index);
	}
	return page;
}

static bool file_has_page(struct backing *backing, u64 index)
{
	struct page *page = pagecache_find(&node_of_backing(backing)->pages, index);

	if (page)
		page_put(page);
	return page;
}

static void file_backing_get(struct backing *backing)
{
	inode_get(&node_of_backing(backing)->inode);
}

static void file_backing_put(struct backing *backing)
{
	inode_put(&node_of_backing(backing)->inode);
}

static void file_describe(struct backing *backing, char *buffer, size_t size)
{
	struct tmpfs_inode *node = node_of_backing(backing);

	if (node->label)
		format(buffer, size, "/memfd:%s (deleted)", node->label);
	else if (inode_path(&node->inode, NULL, buffer, size) < 0)
		strlcpy(buffer, "/ (deleted)", size);
}

static const struct backing_ops file_backing_ops = {
	.get_page = file_get_page,
	.has_page = file_has_page,
	.remove = tmpfs_file_remove,
	.get = file_backing_get,
	.put = file_backing_put,
	.describe = file_describe,
};

void tmpfs_file_init(struct tmpfs_inode *node)
{
	pagecache_init(&node->pages, &file_backing_ops);
	node->pages.backing.inode = node->inode.number;
	node->pages.backing.device = node->inode.device;
	mutex_init(&node->write_lock, MUTEX_DATA);
	node->seals = ABI_F_SEAL_SEAL;
	node->inode.backing = &node->pages.backing;
	node->inode.file_ops = &tmpfs_file_ops;
}

void tmpfs_file_release(struct tmpfs_inode *node)
{
	tmpfs_pages_remove(node, 0, UINT64_MAX);
	tmpfs_text_free(node->label);
}

void tmpfs_file_stat(struct inode *inode, struct abi_stat *stat)
{
	stat->st_blocks =
		atomic_load_relaxed(&tmpfs_inode_of(inode)->pages.count) * (PAGE_SIZE / 512);
}

void tmpfs_page_clear(struct tmpfs_inode *node, u64 position, size_t size)
{
	struct page *page = pagecache_find(&node->pages, position >> PAGE_SHIFT);

	if (!page)
		return;
	memset((u8 *)page_data(page) + (position & PAGE_MASK), 0, size);
	page_put(page);
}

int tmpfs_file_truncate(struct inode *inode, u64 size, bool changes)
{
	struct tmpfs_inode *node = tmpfs_inode_of(inode);
	u64 first = pages_of(size), old;
	bool shorter;

	if (size > FILE_SIZE_MAX)
		return -EFBIG;
	mutex_lock(&node->write_lock);
	old = inode->size;
	shorter = size < old;
	if (node->seals & (shorter ? ABI_F_SEAL_SHRINK : size > old ? ABI_F_SEAL_GROW : 0)) {
		mutex_unlock(&node->write_lock);
		return -EPERM;
	}
	changes |= size != old;
	atomic_store(&inode->size, size);
	if (shorter && (size & PAGE_MASK))
		tmpfs_page_clear(node, size, PAGE_SIZE - (size & PAGE_MASK));
	/* Those that fallocate(2) has put behind the end go even if that stays. */
	if (size <= old)
		tmpfs_pages_remove(node, first, UINT64_MAX);
	if (shorter)
		backing_unmap(&node->pages.backing, first, UINT64_MAX, true);
	if (changes)
		inode_touch(inode);
	mutex_unlock(&node->write_lock);
	return 0;
}

static long tmpfs_read(struct file *file, struct io *io, u64 *position)
{
	struct tmpfs_inode *node = tmpfs_inode_of(file->inode);
	size_t done = 0, copied = 0, chunk = 0;

	while (io->left && copied == chunk) {
		struct page *page = pagecache_find(&node->pages, *position >> PAGE_SHIFT);
		u64 size = atomic_load(&node->inode.size);
		u64 offset = *position & PAGE_MASK;

		chunk = *position < size ? MIN(MIN(PAGE_SIZE - offset, size - *position), io->left)
					 : 0;
		copied = page ? io_put(io, (u8 *)page_data(page) + offset, chunk)
			      : io_put_zeros(io, chunk);
		if (page)
			page_put(page);
		*position += copied;
		done += copied;
		if (chunk == 0 || sched_relax())
			break;
	}
	if (!done && copied != chunk)
		return -EFAULT;
	if (!(file->flags & ABI_O_NOATIME))
		inode_touch_access(file->inode);
	return done;
}

/* Writes into a page that is not there yet. It is filled before others can see it, so a whole page
 * need not be cleared first. A fault on a mapping of this file may have put one there meanwhile:
 * then that one is the file's page. */
static long hole_write(struct tmpfs_inode *node, u64 position, struct io *io, size_t chunk)
{
	u64 index = position >> PAGE_SHIFT, offset = position & PAGE_MASK;
	struct page *page = tmpfs_page_new(chunk < PAGE_SIZE);
	struct page *existing;
	size_t copied;
	int error;

	if (IS_ERR(page))
		return -ENOSPC;
	copied = io_get(io, (u8 *)page_data(page) + offset, chunk);
	if (chunk == PAGE_SIZE)
		memset((u8 *)page_data(page) + copied, 0, PAGE_SIZE - copied);
	error = copied ? pagecache_insert(&node->pages, index, page) : -EFAULT;
	if (!error) {
		page_put(page);
		return copied;
	}
	if (error == -EEXIST) {
		existing = pagecache_find(&node->pages, index);
		memcpy((u8 *)page_data(existing) + offset, (u8 *)page_data(page) + offset, copied);
		page_put(existing);
	}
	tmpfs_page_drop(page);
	return error == -EEXIST ? (long)copied : error == -ENOMEM ? -ENOSPC : error;
}

/* Within one page: the bytes written, or an error. */
static long page_write(struct tmpfs_inode *node, u64 position, struct io *io, size_t chunk)
{
	struct page *page = pagecache_find(&node->pages, position >> PAGE_SHIFT);
	size_t copied;

	if (!page)
		return hole_write(node, position, io, chunk);
	copied = io_get(io, (u8 *)page_data(page) + (position & PAGE_MASK), chunk);
	page_put(page);
	return copied ? (long)copied : -EFAULT;
}

/* Whether it may not be written up to end. */
static bool sealed_against(const struct tmpfs_inode *node, u64 end)
{
	return unlikely(node->seals & ~ABI_F_SEAL_SEAL) &&
		(node->seals & (ABI_F_SEAL_WRITE | ABI_F_SEAL_FUTURE_WRITE) ||
			(node->seals & ABI_F_SEAL_GROW && end > node->inode.size));
}

/* With write_lock held: from *position on, page after page. */
static long write_locked(struct tmpfs_inode *node, struct io *io, u64 *position)
{
	u64 end = fs_size_limit();
	size_t done = 0, chunk = 0;
	long copied = 0;

	while (io->left && copied == (long)chunk) {
		if (*position >= end) {
			copied = -EFBIG;
			break;
		}
		chunk = MIN(MIN(PAGE_SIZE - (*position & PAGE_MASK), io->left),
			end - *position);
		copied = sealed_against(node, *position + chunk)
			? -EPERM
			: page_write(node, *position, io, chunk);
		if (copied < 0)
			break;
		*position += copied;
		done += copied;
		if (*position > node->inode.size)
			atomic_store(&node->inode.size, *position);
		if (sched_relax())
			break;
	}
	return done || copied >= 0 ? (long)done : copied;
}

static long tmpfs_write(struct file *file, struct io *io, u64 *position)
{
	struct tmpfs_inode *node = tmpfs_inode_of(file->inode);
	long result;

	mutex_lock(&node->write_lock);
	if (file->flags & ABI_O_APPEND)
		*position = node->inode.size;
	result = write_locked(node, io, position);
	if (result > 0)
		inode_touch(file->inode);
	mutex_unlock(&node->write_lock);
	return result;
}

const struct file_ops tmpfs_file_ops = {
	.read = tmpfs_read,
	.write = tmpfs_write,
	.seek = file_seek_regular,
	.allocate = tmpfs_file_allocate,
};

int tmpfs_take_page(struct inode *inode, u64 index, struct page *page)
{
	int error = pagecache_insert(&tmpfs_inode_of(inode)->pages, index, page);

	if (!error) {
		page_put(page);
		tmpfs_pages_count(1);
	}
	return error;
}

void tmpfs_set_size(struct inode *inode, u64 size)
{
	atomic_store(&inode->size, size);
}
