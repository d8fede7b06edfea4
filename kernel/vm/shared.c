/* Shared anonymous memory. Its pages are found by their index through tables of 512 pointers, as
 * many levels of them as the size asks for: mostly one, and nothing is paid for what is not
 * touched. */
#include "vm/shared.h"
#include "lib/atomic.h"
#include "lib/errno.h"
#include "lib/string.h"
#include "mem/frame.h"
#include "mem/slab.h"
#include "sched/mutex.h"
#include "sched/thread.h"
#include "vm/backing.h"

#define TABLE_SHIFT	9
#define TABLE_SIZE	(1u << TABLE_SHIFT)

struct shared {
	struct backing backing;
	u32 refs;		/* areas, and who has just made it; atomic */
	u64 pages;		/* its size: an area that has grown faults behind them */
	unsigned levels;	/* of tables; at least 1 */
	struct mutex lock;	/* rank MUTEX_PAGES; for what `table` leads to */
	struct mutex remove_lock; /* rank MUTEX_DATA; one takes pages out */
	void **table;		/* of tables, or at the last level of struct page; a whole frame */
};

static SLAB_CACHE(shared_cache, struct shared);

static void **table_new(void)
{
	struct page *page = frame_alloc_zeroed(FRAME_KERNEL);

	return page ? page_data(page) : NULL;
}

static void table_free(void **table, unsigned levels)
{
	for (u32 i = 0; i < TABLE_SIZE; i++) {
		if (!table[i])
			continue;
		if (levels > 1)
			table_free(table[i], levels - 1);
		else
			page_put(table[i]);
	}
	page_put(page_of(paging_direct_paddr(table)));
	sched_relax();
}

/* Where the page of an index is noted. The tables to it are made if they are wanted; NULL if there
 * are none, or no memory for them. */
static struct page **shared_slot(struct shared *shared, u64 index, bool make)
{
	void **table = shared->table;

	for (unsigned level = shared->levels - 1; level > 0; level--) {
		void **entry = &table[(index >> (level * TABLE_SHIFT)) % TABLE_SIZE];

		if (!*entry && make)
			*entry = table_new();
		if (!*entry)
			return NULL;
		table = *entry;
	}
	return (struct page **)&table[index % TABLE_SIZE];
}

static struct page *shared_get_page_locked(struct shared *shared, u64 index)
{
	struct page **slot = shared_slot(shared, index, true);

	if (!slot)
		return ERR_PTR(-ENOMEM);
	if (!*slot) {
		struct page *page = frame_alloc_zeroed(FRAME_FILE);

		if (!page)
			return ERR_PTR(-ENOMEM);
		page->backing = &shared->backing;
		page->index = index;
		*slot = page;
	}
	page_get(*slot);
	return *slot;
}

static struct page *shared_get_page(struct backing *backing, u64 index)
{
	struct shared *shared = container_of(backing, struct shared, backing);
	struct page *page;

	if (index >= shared->pages)
		return ERR_PTR(-EFAULT);
	mutex_lock(&shared->lock);
	page = shared_get_page_locked(shared, index);
	mutex_unlock(&shared->lock);
	return page;
}

static bool shared_has_page(struct backing *backing, u64 index)
{
	struct shared *shared = container_of(backing, struct shared, backing);

	if (index >= shared->pages)
		return false;
	mutex_lock(&shared->lock);
	struct page **slot = shared_slot(shared, index, false);
	bool found = slot && *slot;
	mutex_unlock(&shared->lock);
	return found;
}

static void forget_pages(struct shared *shared, u64 first, u64 last)
{
	for (u64 index = first; index <= last; index++) {
		mutex_lock(&shared->lock);
		struct page **slot = shared_slot(shared, index, false);
		struct page *page = slot ? *slot : NULL;
		if (page)
			*slot = NULL;
		mutex_unlock(&shared->lock);
		if (page) {
			page->backing = NULL;
			page_put(page);
		} else if (!slot) {
			index |= TABLE_SIZE - 1;
		}
		sched_relax();
	}
}

static int shared_remove(struct backing *backing, u64 first, u64 last)
{
	struct shared *shared = container_of(backing, struct shared, backing);

	last = MIN(last, shared->pages - 1);
	mutex_lock(&shared->remove_lock);
	forget_pages(shared, first, last);
	backing_unmap(backing, first, last, false);
	mutex_unlock(&shared->remove_lock);
	return 0;
}

static void shared_get(struct backing *backing)
{
	ref_get(&container_of(backing, struct shared, backing)->refs);
}

static void shared_put(struct backing *backing)
{
	struct shared *shared = container_of(backing, struct shared, backing);

	if (!ref_put(&shared->refs))
		return;
	table_free(shared->table, shared->levels);
	slab_free(&shared_cache, shared);
}

static void shared_describe(struct backing *backing, char *buffer, size_t size)
{
	(void)backing;
	strlcpy(buffer, "/dev/zero (deleted)", size);
}

static const struct backing_ops shared_ops = {
	.get_page = shared_get_page,
	.has_page = shared_has_page,
	.remove = shared_remove,
	.get = shared_get,
	.put = shared_put,
	.describe = shared_describe,
};

struct backing *shared_new(u64 size)
{
	static u64 last_inode;
	struct shared *shared = slab_alloc_zeroed(&shared_cache);

	if (!shared)
		return NULL;
	shared->table = table_new();
	if (!shared->table) {
		slab_free(&shared_cache, shared);
		return NULL;
	}
	backing_init(&shared->backing, &shared_ops);
	shared->backing.device = 1;
	shared->backing.inode = atomic_fetch_add(&last_inode, 1) + 1;
	mutex_init(&shared->lock, MUTEX_PAGES);
	mutex_init(&shared->remove_lock, MUTEX_DATA);
	shared->refs = 1;
	shared->pages = size >> PAGE_SHIFT;
	for (shared->levels = 1; (size - 1) >> (PAGE_SHIFT + shared->levels * TABLE_SHIFT);
		shared->levels++)
		;
	return &shared->backing;
}
