/* A CPU's stock of single frames before the buddy allocator: taking and giving one is a move in an
 * array, and the buddy is asked for many at once. Some of them are clean, that is zeroed ahead of
 * need. Pure: the caller has the locks of the stock and of the buddy.
 *
 * Of each frame in it: use is FRAME_CACHED, order 0, refs 0; so that one that is freed twice is
 * seen. */
#ifndef MEM_FRAME_CACHE_H
#define MEM_FRAME_CACHE_H

#include "lib/types.h"
#include "mem/frame.h"

#define FRAME_CACHE_DIRTY	48u
#define FRAME_CACHE_CLEAN	16u
#define FRAME_CACHE_ORDER	4	/* of the block that comes from the buddy at once */

struct buddy;

struct frame_cache {
	u32 dirty_count, clean_count;
	struct page *dirty[FRAME_CACHE_DIRTY], *clean[FRAME_CACHE_CLEAN];
};

static inline u32 frame_cache_count(const struct frame_cache *cache)
{
	return cache->dirty_count + cache->clean_count;
}

/* One of them, by preference a clean one or by preference not, NULL if there is none. *clean: what
 * it is. Its use is still FRAME_CACHED. */
MUST_CHECK struct page *frame_cache_take(struct frame_cache *cache, bool wish, bool *clean);
/* There is room (dirty_count < FRAME_CACHE_DIRTY). */
void frame_cache_put(struct frame_cache *cache, struct page *page);
/* Takes a block from the buddy, as single frames; a smaller one if there is none. There is room. */
void frame_cache_fill(struct frame_cache *cache, struct buddy *buddy);
/* Gives the buddy the frames that have been here longest until `keep` dirty ones are left, and with
 * keep 0 the clean ones too; how many. */
u32 frame_cache_flush(struct frame_cache *cache, struct buddy *buddy, u32 keep);
/* A block is taken from the buddy without a stock: debug builds forget what they know of its
 * frames' contents. */
void frame_cache_bypass(struct page *block, unsigned order);
/* One more is clean, by that function; false if there are enough of them, or none to choose from. */
bool frame_cache_clean_one(struct frame_cache *cache, void (*clear)(struct page *page));

#endif
