/* The page cache: a radix tree of frames and the mutex around it. */
#include "fs/pagecache.h"

#include "lib/atomic.h"
#include "lib/errno.h"
#include "mem/frame.h"
#include "sched/thread.h"

void pagecache_init(struct pagecache *cache, const struct backing_ops *ops)
{
	*cache = (struct pagecache){ 0 };
	backing_init(&cache->backing, ops);
	mutex_init(&cache->lock, MUTEX_PAGES);
}

struct page *pagecache_find(struct pagecache *cache, u64 index)
{
	struct page *page;

	mutex_lock(&cache->lock);
	page = radix_find(&cache->pages, index);
	if (page)
		page_get(page);
	mutex_unlock(&cache->lock);
	return page;
}

static int insert_locked(struct pagecache *cache, u64 index, struct page *page)
{
	int error = radix_insert(&cache->pages, index, page);

	if (!error) {
		page_get(page);
		page->backing = &cache->backing;
		page->index = index;
		cache->count++;
	}
	return error;
}

int pagecache_insert(struct pagecache *cache, u64 index, struct page *page)
{
	mutex_lock(&cache->lock);
	int error = insert_locked(cache, index, page);
	mutex_unlock(&cache->lock);
	return error;
}

int pagecache_insert_below(
	struct pagecache *cache, u64 index, struct page *page, const u64 *size)
{
	int error = -EFAULT;

	mutex_lock(&cache->lock);
	if (index << PAGE_SHIFT < atomic_load(size))
		error = insert_locked(cache, index, page);
	mutex_unlock(&cache->lock);
	return error;
}

static void page_let_go(void *entry, void *context)
{
	struct page *page = entry;
	u64 *removed = context;

	page->backing = NULL;
	page_put(page);
	++*removed;
	sched_relax();
}

u64 pagecache_remove(struct pagecache *cache, u64 first, u64 last)
{
	u64 removed = 0;

	mutex_lock(&cache->lock);
	radix_remove(&cache->pages, first, last, page_let_go, &removed);
	cache->count -= removed;
	mutex_unlock(&cache->lock);
	return removed;
}
