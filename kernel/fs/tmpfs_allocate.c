/* fallocate(2): pages before they are written, or taken out of the middle of a file. */
#include "fs/tmpfs.h"

#include <abi/fcntl.h>

#include "fs/context.h"
#include "fs/file.h"
#include "fs/tmpfs_limit.h"
#include "lib/atomic.h"
#include "lib/errno.h"
#include "mem/frame.h"
#include "sched/thread.h"

/* Reads as zeros from start to end, and holds no page that lies there whole. */
static void punch(struct tmpfs_inode *node, u64 start, u64 end)
{
	u64 first = (start + PAGE_MASK) >> PAGE_SHIFT, behind = end >> PAGE_SHIFT;

	if (first > behind) {
		tmpfs_page_clear(node, start, end - start);
		return;
	}
	if (start & PAGE_MASK)
		tmpfs_page_clear(node, start, PAGE_SIZE - (start & PAGE_MASK));
	if (end & PAGE_MASK)
		tmpfs_page_clear(node, PAGE_DOWN(end), end & PAGE_MASK);
	if (first == behind)
		return;
	tmpfs_pages_remove(node, first, behind - 1);
	backing_unmap(&node->pages.backing, first, behind - 1, false);
}

static void drop_all(struct list_node *pages)
{
	struct page *page, *next;

	list_for_each_safe(page, next, pages, node) {
		tmpfs_page_drop(page);
		sched_relax();
	}
}

/* Frames for the holes, before any of them is filled. */
static int take_frames(struct tmpfs_inode *node, u64 first, u64 last, struct list_node *pages)
{
	for (u64 index = first; index <= last; index++) {
		struct page *page = pagecache_find(&node->pages, index);

		if (page) {
			page_put(page);
		} else {
			page = tmpfs_page_new(true);
			if (IS_ERR(page))
				return PTR_ERR(page);
			list_push_back(pages, &page->node);
		}
		if (sched_relax())
			return -EINTR;
	}
	return 0;
}

/* A hole may have been filled by a fault meanwhile: its frame is left over. */
static int fill(struct tmpfs_inode *node, u64 first, u64 last, struct list_node *pages)
{
	int error = 0;

	for (u64 index = first; index <= last && !error && !list_empty(pages); index++) {
		struct page *page = list_first(pages, struct page, node);

		error = pagecache_insert(&node->pages, index, page);
		if (!error) {
			list_remove(&page->node);
			page_put(page);
		} else if (error == -EEXIST) {
			error = 0;
		}
		sched_relax();
	}
	return error ? -ENOSPC : 0;
}

static int allocate(struct tmpfs_inode *node, u64 offset, u64 end, bool keep_size)
{
	u64 first = offset >> PAGE_SHIFT, last = (end - 1) >> PAGE_SHIFT, most, free;
	struct list_node pages = LIST_INIT(pages);
	bool grows = end > node->inode.size;
	int error;

	if (grows && end > fs_size_limit() && !keep_size)
		return -EFBIG;
	if (grows && node->seals & ABI_F_SEAL_GROW)
		return -EPERM;
	tmpfs_count(&most, &free);
	if (last - first >= most)
		return -ENOSPC;
	error = take_frames(node, first, last, &pages);
	if (!error)
		error = fill(node, first, last, &pages);
	drop_all(&pages);
	if (!error && grows && !keep_size)
		atomic_store(&node->inode.size, end);
	return error;
}

static int punch_locked(struct tmpfs_inode *node, u64 start, u64 end)
{
	if (node->seals & (ABI_F_SEAL_WRITE | ABI_F_SEAL_FUTURE_WRITE))
		return -EPERM;
	punch(node, start, end);
	return 0;
}

int tmpfs_file_remove(struct backing *backing, u64 first, u64 last)
{
	struct tmpfs_inode *node = container_of(backing, struct tmpfs_inode, pages.backing);

	mutex_lock(&node->write_lock);
	int error = punch_locked(node, first << PAGE_SHIFT, (last + 1) << PAGE_SHIFT);
	if (!error)
		inode_touch(&node->inode);
	mutex_unlock(&node->write_lock);
	return error;
}

long tmpfs_file_allocate(struct file *file, int mode, u64 offset, u64 length)
{
	struct tmpfs_inode *node = tmpfs_inode_of(file->inode);
	long result = 0;

	mutex_lock(&node->write_lock);
	if (!(mode & ABI_FALLOC_FL_PUNCH_HOLE))
		result = allocate(node, offset, offset + length, mode & ABI_FALLOC_FL_KEEP_SIZE);
	else
		result = punch_locked(node, offset, offset + length);
	if (result == 0)
		inode_touch(&node->inode);
	mutex_unlock(&node->write_lock);
	return result;
}
