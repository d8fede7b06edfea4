/* Stocks of frames (mem/frame_cache.h). The frame given last is taken first, since the CPU's caches
 * know it best. */
#include "mem/frame_cache.h"

#include "core/panic.h"
#include "lib/string.h"
#include "mem/buddy.h"

struct page *frame_cache_take(struct frame_cache *cache, bool wish, bool *clean)
{
	*clean = wish ? cache->clean_count > 0 : cache->dirty_count == 0;
	if (*clean)
		return cache->clean_count > 0 ? cache->clean[--cache->clean_count] : NULL;
	return cache->dirty_count > 0 ? cache->dirty[--cache->dirty_count] : NULL;
}

void frame_cache_put(struct frame_cache *cache, struct page *page)
{
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
	clear(page);
	cache->clean[cache->clean_count++] = page;
	return true;
}
