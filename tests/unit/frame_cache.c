// unit: sources kernel/mem/frame_cache.c kernel/mem/buddy.c flags -Ikernel
/* mem/frame_cache.c between a caller and the real buddy allocator: no frame is ever in two places,
 * none is lost, and those that are said to be clean have been cleaned since they were last used. */
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "core/panic.h"
#include "mem/buddy.h"
#include "mem/frame_cache.h"

#define FRAMES	2048

static struct page *pages;
static struct buddy buddy;
static struct frame_cache caches[3];
static bool taken[FRAMES], is_clean[FRAMES];
static u64 live[FRAMES];
static u32 live_count;

void panic(const char *format, ...)
{
	unit_fail("panic: %s", format);
	abort();
}

static void setup(u64 count)
{
	free(pages);
	pages = calloc(FRAMES, sizeof(*pages));
	buddy_init(&buddy, pages);
	buddy_add(&buddy, 1, count);
	memset(caches, 0, sizeof(caches));
	memset(taken, 0, sizeof(taken));
	memset(is_clean, 0, sizeof(is_clean));
	live_count = 0;
}

static void clear(struct page *page)
{
	UNIT_CHECK(!taken[page - pages]);
	is_clean[page - pages] = true;
}

static u64 stocked(void)
{
	u64 sum = 0;

	for (u32 c = 0; c < ARRAY_SIZE(caches); c++)
		sum += frame_cache_count(&caches[c]);
	return sum;
}

/* Every frame is in one place, and looks like it. */
static void check(u64 count)
{
	static bool seen[FRAMES];

	memset(seen, 0, sizeof(seen));
	UNIT_CHECK(buddy.free + stocked() + live_count == count);
	for (u32 c = 0; c < ARRAY_SIZE(caches); c++) {
		for (u32 i = 0; i < frame_cache_count(&caches[c]); i++) {
			bool clean = i >= caches[c].dirty_count;
			struct page *page = clean ? caches[c].clean[i - caches[c].dirty_count]
						  : caches[c].dirty[i];
			u64 frame = page - pages;

			UNIT_CHECK(!seen[frame] && !taken[frame]);
			UNIT_CHECK(page->use == FRAME_CACHED && page->refs == 0 && page->order == 0);
			UNIT_CHECK(!clean || is_clean[frame]);
			seen[frame] = true;
		}
	}
}

static void take(struct frame_cache *cache)
{
	bool wish = unit_random(2), clean;

	if (frame_cache_count(cache) == 0)
		frame_cache_fill(cache, &buddy);
	u32 dirty = cache->dirty_count, cleaned = cache->clean_count;
	struct page *page = frame_cache_take(cache, wish, &clean);

	if (!page) {
		UNIT_CHECK(dirty + cleaned == 0 && buddy.free == 0);
		return;
	}
	u64 frame = page - pages;
	UNIT_CHECK(!taken[frame] && clean == (wish ? cleaned > 0 : dirty == 0));
	UNIT_CHECK(!clean || is_clean[frame]);
	taken[frame] = true;
	is_clean[frame] = false;
	page->use = FRAME_ANONYMOUS;
	page->refs = 1;
	live[live_count++] = frame;
}

/* Not always to the CPU it came from. */
static void give(struct frame_cache *cache)
{
	u32 index = unit_random(live_count);
	u64 frame = live[index];

	live[index] = live[--live_count];
	taken[frame] = false;
	if (cache->dirty_count == FRAME_CACHE_DIRTY) {
		u32 flushed = frame_cache_flush(cache, &buddy, FRAME_CACHE_DIRTY / 2);
		UNIT_CHECK(flushed == FRAME_CACHE_DIRTY / 2);
	}
	frame_cache_put(cache, &pages[frame]);
}

static void random_walk(u64 count)
{
	setup(count);
	for (int step = 0; step < 20000; step++) {
		struct frame_cache *cache = &caches[unit_random(ARRAY_SIZE(caches))];
		bool growing = step / 2000 % 2 == 0;

		if (live_count == 0 || unit_random(8) < (growing ? 6 : 2))
			take(cache);
		else
			give(cache);
		if (unit_random(4) == 0 && !frame_cache_clean_one(cache, clear))
			UNIT_CHECK(cache->clean_count == FRAME_CACHE_CLEAN || cache->dirty_count == 0);
		if (unit_random(500) == 0)
			frame_cache_flush(cache, &buddy, 0);
		if (step % 16 == 0)
			check(count);
	}
	while (live_count > 0)
		give(&caches[0]);
	for (u32 c = 0; c < ARRAY_SIZE(caches); c++)
		frame_cache_flush(&caches[c], &buddy, 0);
	UNIT_CHECK(stocked() == 0 && buddy.free == count);
	check(count);
}

static void much_memory(void)
{
	random_walk(FRAMES - 100);
}

/* Fewer frames than the stocks would hold. */
static void little_memory(void)
{
	random_walk(100);
}

/* What has come last goes first. */
static void order_of_frames(void)
{
	bool clean;

	setup(FRAMES - 100);
	frame_cache_fill(&caches[0], &buddy);
	UNIT_CHECK(caches[0].dirty_count == 1u << FRAME_CACHE_ORDER);
	struct page *page = frame_cache_take(&caches[0], false, &clean);
	frame_cache_put(&caches[0], page);
	UNIT_CHECK(frame_cache_take(&caches[0], true, &clean) == page && !clean);
	frame_cache_put(&caches[0], page);
	UNIT_CHECK(frame_cache_flush(&caches[0], &buddy, 1) == (1u << FRAME_CACHE_ORDER) - 1);
	UNIT_CHECK(caches[0].dirty[0] == page);
}

int main(void)
{
	UNIT_CASE(much_memory);
	UNIT_CASE(little_memory);
	UNIT_CASE(order_of_frames);
	free(pages);
	return unit_done();
}
