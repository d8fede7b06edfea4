/* Stocks of frames (mem/frame_cache.h). The frame given last is taken first, since the CPU's caches
 * know it best. */
#include "mem/frame_cache.h"

#include "core/panic.h"
#include "lib/string.h"
#include "mem/buddy.h"

/* Debug builds fill a frame that is freed with a pattern, which has to be there still when it is
 * next taken, however it came back; a flag says that it is filled. */
#ifdef DEBUG
#define FREED_WORD	0x6b6b6b6b6b6b6b6bul
#define FRAME_FILLED	1u

static void debug_fill(struct page *page)
{
	u64 *words = page_data(page);

	for (u32 i = 0; i < PAGE_SIZE / sizeof(*words); i++)
		words[i] = FREED_WORD;
	page->flags |= FRAME_FILLED;
}

static void debug_check(struct page *page)
{
	const u64 *words = page_data(page);

	for (u32 i = 0; page->flags & FRAME_FILLED && i < PAGE_SIZE / sizeof(*words); i++)
		if (words[i] != FREED_WORD)
			panic("frame %#lx is written after it was freed: word %u is %#lx",
				page_paddr(page), i, words[i]);
	page->flags &= ~FRAME_FILLED;
}

void frame_cache_bypass(struct page *block, unsigned order)
{
	for (u32 i = 0; i < 1u << order; i++)
		block[i].flags &= ~FRAME_FILLED;
}
#else
static inline void debug_fill(struct page *page)
{
	(void)page;
}

static inline void debug_check(struct page *page)
{
	(void)page;
}

void frame_cache_bypass(struct page *block, unsigned order)
{
	(void)block;
	(void)order;
}
#endif

struct page *frame_cache_take(struct frame_cache *cache, bool wish, bool *clean)
{
	struct page *page = NULL;

	*clean = wish ? cache->clean_count > 0 : cache->dirty_count == 0;
	if (*clean && cache->clean_count > 0)
		return cache->clean[--cache->clean_count];
	if (cache->dirty_count > 0) {
		page = cache->dirty[--cache->dirty_count];
		debug_check(page);
	}
	return page;
}

void frame_cache_put(struct frame_cache *cache, struct page *page)
{
	debug_fill(page);
	page->use = FRAME_CACHED;
	page->refs = 0;
	cache->dirty[cache->dirty_count++] = page;
}

void frame_cache_fill(struct frame_cache *cache, struct buddy *buddy)
{
	struct page *block = NULL;
	u32 order = FRAME_CACHE_ORDER + 1;

	while (block == NULL && order-- > 0)
		block = buddy_alloc(buddy, order, FRAME_CACHED);
	if (block == NULL)
		return;
	/* They will be taken from the lowest up. */
	for (u32 i = 1u << order; i-- > 0;) {
		block[i].use = FRAME_CACHED;
		block[i].order = 0;
		block[i].refs = 0;
		cache->dirty[cache->dirty_count++] = &block[i];
	}
}

static void give_back(struct buddy *buddy, struct page **pages, u32 count)
{
	for (u32 i = 0; i < count; i++)
		if (buddy_free(buddy, pages[i], 0) != BUDDY_OK)
			panic("a frame of a CPU's stock is not free");
}

u32 frame_cache_flush(struct frame_cache *cache, struct buddy *buddy, u32 keep)
{
	u32 clean = keep == 0 ? cache->clean_count : 0;
	u32 dirty = cache->dirty_count - MIN(keep, cache->dirty_count);

	give_back(buddy, cache->clean, clean);
	give_back(buddy, cache->dirty, dirty);
	cache->clean_count -= clean;
	cache->dirty_count -= dirty;
	memmove(cache->dirty, cache->dirty + dirty, cache->dirty_count * sizeof(cache->dirty[0]));
	return clean + dirty;
}

bool frame_cache_clean_one(struct frame_cache *cache, void (*clear)(struct page *page))
{
	if (cache->clean_count == FRAME_CACHE_CLEAN || cache->dirty_count == 0)
		return false;
	struct page *page = cache->dirty[--cache->dirty_count];
	debug_check(page);
	clear(page);
	cache->clean[cache->clean_count++] = page;
	return true;
}
