/* kmalloc (mem/kmalloc.h). A block of frames is marked as its own where a slab names its cache. */
#include "mem/kmalloc.h"

#include "core/panic.h"
#include "lib/atomic.h"
#include "lib/string.h"
#include "mem/slab.h"
#include "mem/slots.h"

#define SHIFT_MIN	5
#define SHIFT_MAX	11
#define CACHES		(SHIFT_MAX - SHIFT_MIN + 1)

static struct slab_magazine magazines[CACHES] PERCPU_DATA;

#define CACHE(index, bytes) \
	[index] = SLAB_CACHE_INIT("kmalloc-" #bytes, (bytes), 0, &magazines[index])

static struct slab_cache caches[CACHES] = {
	CACHE(0, 32), CACHE(1, 64), CACHE(2, 128), CACHE(3, 256), CACHE(4, 512), CACHE(5, 1024),
	CACHE(6, 2048),
};
static char block_mark;			/* only its address is used */
static u64 blocks;				/* atomic */

static unsigned shift_for(size_t size)
{
	return size <= 1 ? 0 : 64 - __builtin_clzl(size - 1);
}

static void *block_alloc(size_t size)
{
	unsigned shift = MAX(shift_for(size), (unsigned)PAGE_SHIFT);
	if (shift - PAGE_SHIFT >= FRAME_ORDERS)
		return NULL;
	struct page *page = frame_alloc(shift - PAGE_SHIFT, FRAME_KERNEL);
	if (page == NULL)
		return NULL;
	page->slab_cache = &block_mark;
	page->slab_offset = 0;
	atomic_fetch_add(&blocks, 1);
	return page_data(page);
}

static void block_free(struct page *page)
{
	page->slab_cache = NULL;
	atomic_fetch_sub(&blocks, 1);
	frame_free(page, page->order);
}

void *kmalloc(size_t size)
{
	unsigned shift = MAX(shift_for(size), (unsigned)SHIFT_MIN);
	if (shift > SHIFT_MAX)
		return block_alloc(size);
	return slab_alloc(&caches[shift - SHIFT_MIN]);
}

void *kmalloc_zeroed(size_t size)
{
	void *pointer = kmalloc(size);
	return pointer != NULL ? memset(pointer, 0, size) : NULL;
}

void kfree(void *pointer)
{
	if (pointer == NULL)
		return;
	struct page *slab = slots_slab_of(pointer);
	if (slab != NULL) {
		struct slab_cache *cache = slab->slab_cache;
		if (cache < caches || cache >= caches + CACHES)
			panic("kfree: %p is of slab %s", pointer, cache->name);
		slab_free(cache, pointer);
		return;
	}
	struct page *page = page_of(paging_direct_paddr(pointer));
	bool is_block = page->use == FRAME_KERNEL && page->slab_cache == &block_mark;
	if (!is_block || pointer != page_data(page))
		panic("kfree: %p is not allocated", pointer);
	block_free(page);
}

size_t kmalloc_size(const void *pointer)
{
	const struct page *slab = slots_slab_of(pointer);

	if (slab != NULL)
		return ((const struct slab_cache *)slab->slab_cache)->size;
	return PAGE_SIZE << page_of(paging_direct_paddr(pointer))->order;
}

u64 kmalloc_blocks(void)
{
	return atomic_load(&blocks);
}
