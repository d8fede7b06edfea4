/* Slabs (Bonwick, The Slab Allocator, 1994). A slab is a block of frames cut into slots for
 * objects. What is known of it stands in the struct page of its first frame: its cache, and a bit
 * for each slot that is free. So an object carries nothing, its slab is found from its address, and
 * a wrong or second free is seen at once. A cache takes a new slab when it has none with a free
 * slot; it keeps one empty slab, so that a single object that comes and goes costs little, and
 * gives others back. */
#include "mem/slab.h"

#include "core/panic.h"
#include "core/stat.h"
#include "lib/atomic.h"
#include "lib/string.h"
#include "mem/frame.h"

#define ALIGNMENT_MIN	16u
#define SLOT_MIN	32u
#define SLAB_OBJECTS_MAX 128u	/* bits of slab_free */
#define SLAB_ORDER_MAX	3u
#define WASTE_SHIFT	3	/* of a slab, at most 1/8 shall be lost to its end */

#define KMALLOC_SHIFT_MIN 5
#define KMALLOC_SHIFT_MAX 11
#define KMALLOC_CACHES	(KMALLOC_SHIFT_MAX - KMALLOC_SHIFT_MIN + 1)

static struct spinlock setup_lock = SPINLOCK_INIT("slab_setup", LOCK_SLAB);
static struct slab_cache *caches;	/* changed under setup_lock; only ever grows at its head */

/* Patterns of debug builds; SLAB_DEBUG is constant, so that other builds have none of this. */
#ifdef DEBUG
#define SLAB_DEBUG	true
#else
#define SLAB_DEBUG	false
#endif
#define GUARD_SIZE	(SLAB_DEBUG ? 16u : 0)
#define FREE_BYTE	0x6b
#define NEW_BYTE	0xa5
#define GUARD_BYTE	0xbb

static void expect_bytes(const struct slab_cache *cache, const u8 *bytes, size_t size, u8 expected,
			 const char *fault)
{
	for (size_t i = 0; i < size; i++)
		if (bytes[i] != expected)
			panic("slab %s: %s: byte %p is %#x", cache->name, fault, &bytes[i],
			      bytes[i]);
}

static void debug_init(struct slab_cache *cache, u8 *slot)
{
	if (!SLAB_DEBUG)
		return;
	memset(slot, FREE_BYTE, cache->size);
	memset(slot + cache->size, GUARD_BYTE, cache->slot - cache->size);
}

static void debug_alloc(struct slab_cache *cache, u8 *object)
{
	if (!SLAB_DEBUG)
		return;
	expect_bytes(cache, object, cache->size, FREE_BYTE, "written after it was freed");
	memset(object, NEW_BYTE, cache->size);
}

static void debug_free(struct slab_cache *cache, u8 *object)
{
	if (!SLAB_DEBUG)
		return;
	expect_bytes(cache, object + cache->size, cache->slot - cache->size, GUARD_BYTE,
		     "written behind its end");
	memset(object, FREE_BYTE, cache->size);
}

/* Caches. */

static u32 slab_waste(u32 slot, u32 order)
{
	u32 bytes = PAGE_SIZE << order;
	return bytes - MIN(bytes / slot, SLAB_OBJECTS_MAX) * slot;
}

/* The smallest order that wastes little, or else the one that wastes the least. */
static u32 choose_order(u32 slot)
{
	u32 best = SLAB_ORDER_MAX;
	for (u32 order = 0; order <= SLAB_ORDER_MAX; order++) {
		if (slot > PAGE_SIZE << order)
			continue;
		if (slab_waste(slot, order) <= PAGE_SIZE << order >> WASTE_SHIFT)
			return order;
		if (slab_waste(slot, order) << (SLAB_ORDER_MAX - order) <
		    slab_waste(slot, best) << (SLAB_ORDER_MAX - best))
			best = order;
	}
	return best;
}

/* The first use of a cache. */
static void cache_setup(struct slab_cache *cache)
{
	spin_lock(&setup_lock);
	if (cache->per_slab == 0) {
		u32 alignment = MAX(cache->alignment, ALIGNMENT_MIN);
		ASSERT(cache->size > 0 && cache->size <= SLAB_SIZE_MAX && alignment <= PAGE_SIZE);
		cache->slot = ALIGN_UP(MAX(cache->size + GUARD_SIZE, SLOT_MIN), alignment);
		cache->slot_inverse = ((1ul << 32) + cache->slot - 1) / cache->slot;
		cache->order = choose_order(cache->slot);
		list_init(&cache->partial);
		cache->next = caches;
		atomic_store(&caches, cache);
		u32 fitting = (PAGE_SIZE << cache->order) / cache->slot;
		atomic_store(&cache->per_slab, MIN(fitting, SLAB_OBJECTS_MAX));
	}
	spin_unlock(&setup_lock);
}

/* Slabs. */

static struct page *slab_new(struct slab_cache *cache)
{
	struct page *slab = frame_alloc(cache->order, FRAME_SLAB);
	if (slab == NULL)
		return NULL;
	slab->slab_cache = cache;
	slab->slab_used = 0;
	slab->slab_free[0] = slab->slab_free[1] = 0;
	for (u32 i = 0; i < cache->per_slab; i++) {
		slab->slab_free[i / 64] |= 1ul << i % 64;
		debug_init(cache, (u8 *)page_data(slab) + i * cache->slot);
	}
	for (u32 i = 0; i < 1u << cache->order; i++)
		slab[i].slab_offset = i;
	return slab;
}

static void slab_delete(struct page *slab)
{
	slab->slab_cache = NULL;
	frame_free(slab, slab->order);
}

static void *slot_take(struct slab_cache *cache, struct page *slab)
{
	u32 half = slab->slab_free[0] == 0;
	u32 index = half * 64 + __builtin_ctzl(slab->slab_free[half]);
	slab->slab_free[half] &= slab->slab_free[half] - 1;
	slab->slab_used++;
	if (++cache->objects > cache->objects_peak)
		cache->objects_peak = cache->objects;
	if (slab == cache->empty)
		cache->empty = NULL;
	if (slab->slab_used == cache->per_slab)
		list_remove(&slab->node);
	return (u8 *)page_data(slab) + index * cache->slot;
}

/* Frees a slot. Returns the slab if the cache does not keep it; the caller then gives it back,
 * without the lock. */
static struct page *slot_put(struct slab_cache *cache, struct page *slab, u32 index)
{
	u64 bit = 1ul << index % 64;
	if (slab->slab_free[index / 64] & bit)
		panic("slab %s: object %p is freed twice", cache->name,
		      (u8 *)page_data(slab) + index * cache->slot);
	slab->slab_free[index / 64] |= bit;
	cache->objects--;
	if (slab->slab_used-- == cache->per_slab)
		list_push_front(&cache->partial, &slab->node);
	if (slab->slab_used > 0)
		return NULL;
	list_remove(&slab->node);
	if (cache->empty != NULL) {
		cache->slabs--;
		return slab;
	}
	cache->empty = slab;
	list_push_back(&cache->partial, &slab->node);
	return NULL;
}

/* The slab that an address lies in, or NULL. */
static struct page *slab_of(const void *object)
{
	struct page *page = page_of(paging_direct_paddr(object));
	if (page->slab_offset >= 1u << SLAB_ORDER_MAX)
		return NULL;
	struct page *slab = page - page->slab_offset;
	return slab->use == FRAME_SLAB && page->slab_offset < 1u << slab->order ? slab : NULL;
}

void *slab_alloc(struct slab_cache *cache)
{
	if (unlikely(frame_inject_failure()))
		return NULL;
	if (unlikely(atomic_load(&cache->per_slab) == 0))
		cache_setup(cache);
	spin_lock(&cache->lock);
	if (unlikely(list_empty(&cache->partial))) {
		spin_unlock(&cache->lock);
		struct page *slab = slab_new(cache);
		if (slab == NULL)
			return NULL;
		spin_lock(&cache->lock);
		cache->slabs++;
		list_push_front(&cache->partial, &slab->node);
	}
	void *object = slot_take(cache, list_first(&cache->partial, struct page, node));
	spin_unlock(&cache->lock);
	debug_alloc(cache, object);
	return object;
}

void *slab_alloc_zeroed(struct slab_cache *cache)
{
	void *object = slab_alloc(cache);
	return object != NULL ? memset(object, 0, cache->size) : NULL;
}

void slab_free(struct slab_cache *cache, void *object)
{
	struct page *slab = slab_of(object);
	if (unlikely(slab == NULL) || unlikely(slab->slab_cache != cache))
		panic("slab %s: %p is freed but is not of this cache", cache->name, object);
	u32 offset = (u8 *)object - (u8 *)page_data(slab);
	u32 index = (u64)offset * cache->slot_inverse >> 32;
	if (unlikely(index * cache->slot != offset) || unlikely(index >= cache->per_slab))
		panic("slab %s: %p is freed but not the start of an object", cache->name, object);
	spin_lock(&cache->lock);
	debug_free(cache, object);
	struct page *surplus = slot_put(cache, slab, index);
	spin_unlock(&cache->lock);
	if (surplus != NULL)
		slab_delete(surplus);
}

/* kmalloc. A block of frames is marked as kmalloc's by a cache that has no slabs; its lock guards
 * the count alone. */

#define KMALLOC_CACHE(bytes) \
	{ .name = "kmalloc-" #bytes, .size = (bytes), \
	  .lock = SPINLOCK_INIT("kmalloc-" #bytes, LOCK_SLAB) }

static struct slab_cache kmalloc_caches[KMALLOC_CACHES] = {
	KMALLOC_CACHE(32), KMALLOC_CACHE(64), KMALLOC_CACHE(128), KMALLOC_CACHE(256),
	KMALLOC_CACHE(512), KMALLOC_CACHE(1024), KMALLOC_CACHE(2048),
};
static struct slab_cache kmalloc_blocks = { .name = "kmalloc-blocks" };

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
	page->slab_cache = &kmalloc_blocks;
	page->slab_offset = 0;
	atomic_fetch_add(&kmalloc_blocks.objects, 1);
	return page_data(page);
}

static void block_free(struct page *page)
{
	page->slab_cache = NULL;
	atomic_fetch_sub(&kmalloc_blocks.objects, 1);
	frame_free(page, page->order);
}

void *kmalloc(size_t size)
{
	unsigned shift = MAX(shift_for(size), (unsigned)KMALLOC_SHIFT_MIN);
	if (shift > KMALLOC_SHIFT_MAX)
		return block_alloc(size);
	return slab_alloc(&kmalloc_caches[shift - KMALLOC_SHIFT_MIN]);
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
	struct page *slab = slab_of(pointer);
	if (slab != NULL) {
		struct slab_cache *cache = slab->slab_cache;
		if (cache < kmalloc_caches || cache >= kmalloc_caches + KMALLOC_CACHES)
			panic("kfree: %p is of slab %s", pointer, cache->name);
		slab_free(cache, pointer);
		return;
	}
	struct page *page = page_of(paging_direct_paddr(pointer));
	bool is_block = page->use == FRAME_KERNEL && page->slab_cache == &kmalloc_blocks;
	if (!is_block || pointer != page_data(page))
		panic("kfree: %p is not allocated", pointer);
	block_free(page);
}

/* All caches. */

u64 slab_drain(void)
{
	u64 frames = 0;

	for (struct slab_cache *cache = atomic_load(&caches); cache != NULL; cache = cache->next) {
		spin_lock(&cache->lock);
		struct page *slab = cache->empty;
		if (slab != NULL) {
			list_remove(&slab->node);
			cache->empty = NULL;
			cache->slabs--;
		}
		spin_unlock(&cache->lock);
		if (slab != NULL) {
			frames += 1ul << slab->order;
			slab_delete(slab);
		}
	}
	return frames;
}

void slab_each(void (*visit)(const struct slab_cache *cache, void *context), void *context)
{
	for (struct slab_cache *cache = atomic_load(&caches); cache != NULL; cache = cache->next)
		visit(cache, context);
}

u64 slab_objects(const struct slab_cache *cache)
{
	return READ_ONCE(cache->objects);
}

u64 slab_objects_all(void)
{
	u64 objects = slab_objects(&kmalloc_blocks);
	for (struct slab_cache *cache = atomic_load(&caches); cache != NULL; cache = cache->next)
		objects += slab_objects(cache);
	return objects;
}

STAT_GAUGE(slab_objects_total, "kernel objects that are allocated", slab_objects_all);
