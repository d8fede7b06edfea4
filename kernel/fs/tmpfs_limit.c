/* The limits of tmpfs (fs/tmpfs_limit.h). */
#include "fs/tmpfs_limit.h"

#include "fs/radix.h"
#include "lib/atomic.h"
#include "lib/errno.h"
#include "mem/frame.h"
#include "mem/kmalloc.h"

static u64 pages_held, text_bytes;	/* atomic */
static u64 pages_max = UINT64_MAX;
static u64 inodes_held, inodes_max = UINT64_MAX;

/* All that is counted in pages. Nodes of other radix trees there are none. */
static u64 used(void)
{
	return atomic_load(&pages_held) + radix_frames() + atomic_load(&text_bytes) / PAGE_SIZE;
}

void tmpfs_pages_count(s64 pages)
{
	atomic_fetch_add(&pages_held, pages);
}

struct page *tmpfs_page_new(bool zeroed)
{
	struct page *page = ERR_PTR(-ENOSPC);

	tmpfs_pages_count(1);
	if (used() <= pages_max) {
		page = zeroed ? frame_alloc_zeroed(FRAME_FILE) : frame_alloc(0, FRAME_FILE);
		if (page)
			return page;
		page = ERR_PTR(-ENOMEM);
	}
	tmpfs_pages_count(-1);
	return page;
}

void tmpfs_page_drop(struct page *page)
{
	page_put(page);
	tmpfs_pages_count(-1);
}

void *tmpfs_text_new(size_t size)
{
	void *text = kmalloc(size);

	if (!text)
		return NULL;
	atomic_fetch_add(&text_bytes, kmalloc_size(text));
	if (used() <= pages_max)
		return text;
	tmpfs_text_free(text);
	return NULL;
}

void tmpfs_text_free(void *text)
{
	if (text)
		atomic_fetch_sub(&text_bytes, kmalloc_size(text));
	kfree(text);
}

bool tmpfs_inode_charge(void)
{
	if (atomic_fetch_add(&inodes_held, 1) < inodes_max)
		return true;
	tmpfs_inode_uncharge();
	return false;
}

void tmpfs_inode_uncharge(void)
{
	atomic_fetch_sub(&inodes_held, 1);
}

void tmpfs_count(u64 *pages, u64 *free)
{
	*pages = pages_max;
	*free = pages_max - MIN(used(), pages_max);
}

void tmpfs_count_inodes(u64 *inodes, u64 *free)
{
	*inodes = inodes_max;
	*free = inodes_max - MIN(atomic_load(&inodes_held), inodes_max);
}

void tmpfs_set_limit(u64 more)
{
	pages_max = used() + more;
	inodes_max = inodes_held + more;
}
