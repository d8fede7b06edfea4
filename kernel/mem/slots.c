/* Slabs (mem/slots.h). A cache takes a new slab when it has none with a free slot; it keeps one
 * empty slab, so that objects that come and go cost little, and gives others back. */
#include "mem/slots.h"

#include "core/panic.h"
#include "lib/atomic.h"
#include "lib/string.h"

#define ALIGNMENT_MIN	16u
#define SLOT_MIN	32u
#define SLAB_OBJECTS_MAX 128u	/* bits of slab_free */
#define WASTE_SHIFT	3	/* of a slab, at most 1/8 shall be lost to its end */
#define MAGAZINE_BYTES	8192u	/* of objects in a magazine, unless two are larger */

static struct spinlock setup_lock = SPINLOCK_INIT("slab_setup", LOCK_SLAB);
static struct slab_cache *caches;	/* changed under setup_lock; only ever grows at its head */

/* Patterns. */

#ifdef DEBUG
#define GUARD_SIZE	16u
#define FREE_BYTE	((u8)SLOTS_FREE_WORD)
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

static void fill_slot(const struct slab_cache *cache, u8 *slot)
{
	memset(slot, FREE_BYTE, cache->size);
	memset(slot + cache->size, GUARD_BYTE, cache->slot - cache->size);
}

void slots_check_free(const struct slab_cache *cache, u8 *object)
{
	expect_bytes(cache, object, cache->size, FREE_BYTE, "written after it was freed");
	memset(object, NEW_BYTE, cache->size);
}

void slots_fill_free(const struct slab_cache *cache, u8 *object)
{
	expect_bytes(cache, object + cache->size, cache->slot - cache->size, GUARD_BYTE,
		     "written behind its end");
	memset(object, FREE_BYTE, cache->size);
}
#else
#define GUARD_SIZE	0u

static inline void fill_slot(const struct slab_cache *cache, u8 *slot)
{
	(void)cache;
	(void)slot;
}
#endif

/* Caches. */

static u32 slab_waste(u32 slot, u32 order)
{
	u32 bytes = PAGE_SIZE << order;
	return bytes - MIN(bytes / slot, SLAB_OBJECTS_MAX) * slot;
}

/* The smallest order that wastes little, or else the one that wastes the least. */
static u32 choose_order(u32 slot)
{
	u32 best = SLOTS_ORDER_MAX;
	for (u32 order = 0; order <= SLOTS_ORDER_MAX; order++) {
		if (slot > PAGE_SIZE << order)
			continue;
		if (slab_waste(slot, order) <= PAGE_SIZE << order >> WASTE_SHIFT)
			return order;
		if (slab_waste(slot, order) << (SLOTS_ORDER_MAX - order) <
		    slab_waste(slot, best) << (SLOTS_ORDER_MAX - best))
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
		cache->magazine_size =
			MIN(MAX(MAGAZINE_BYTES / cache->slot, 2u), (u32)SLAB_MAGAZINE_MAX);
		list_init(&cache->partial);
		cache->next = caches;
		atomic_store(&caches, cache);
		u32 fitting = (PAGE_SIZE << cache->order) / cache->slot;
		atomic_store(&cache->per_slab, MIN(fitting, SLAB_OBJECTS_MAX));
	}
	spin_unlock(&setup_lock);
}

struct slab_cache *slots_caches(void)
{
	return atomic_load(&caches);
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
		fill_slot(cache, slots_at(cache, slab, i));
	}
	for (u32 i = 0; i < 1u << cache->order; i++)
		slab[i].slab_offset = i;
	return slab;
}

u64 slots_delete(struct list_node *surplus)
{
	u64 frames = 0;

	while (!list_empty(surplus)) {
		struct page *slab = list_first(surplus, struct page, node);

		list_remove(&slab->node);
		frames += 1ul << slab->order;
		slab->slab_cache = NULL;
		frame_free(slab, slab->order);
	}
	return frames;
}

static void *take_locked(struct slab_cache *cache)
{
	struct page *slab = list_first(&cache->partial, struct page, node);
	u32 half = slab->slab_free[0] == 0;
	u32 index = half * 64 + __builtin_ctzl(slab->slab_free[half]);

	slab->slab_free[half] &= slab->slab_free[half] - 1;
	slab->slab_used++;
	if (slab == cache->empty)
		cache->empty = NULL;
	if (slab->slab_used == cache->per_slab)
		list_remove(&slab->node);
	return slots_at(cache, slab, index);
}

static void count_taken(struct slab_cache *cache, u32 count)
{
	cache->objects += count;
	cache->objects_peak = MAX(cache->objects, cache->objects_peak);
}

u32 slots_take(struct slab_cache *cache, void **objects, u32 count)
{
	u32 taken = 0;

	if (atomic_load(&cache->per_slab) == 0)
		return 0;
	spin_lock(&cache->lock);
	while (taken < count && !list_empty(&cache->partial))
		objects[taken++] = take_locked(cache);
	count_taken(cache, taken);
	spin_unlock(&cache->lock);
	return taken;
}

void *slots_take_new(struct slab_cache *cache)
{
	void *object = NULL;

	if (unlikely(atomic_load(&cache->per_slab) == 0))
		cache_setup(cache);
	struct page *slab = slab_new(cache);
	/* Others may have given objects back, since memory is short. */
	if (slab == NULL)
		return slots_take(cache, &object, 1) == 1 ? object : NULL;
	spin_lock(&cache->lock);
	cache->slabs++;
	list_push_front(&cache->partial, &slab->node);
	object = take_locked(cache);
	count_taken(cache, 1);
	spin_unlock(&cache->lock);
	return object;
}

static NORETURN void freed_twice(const struct slab_cache *cache, const void *object)
{
	panic("slab %s: object %p is freed twice", cache->name, object);
}

static void put_locked(struct slab_cache *cache, void *object, struct list_node *surplus)
{
	struct page *page = page_of(paging_direct_paddr(object)), *slab = page - page->slab_offset;
	u32 index = slots_index(cache, slab, object);
	u64 bit = 1ul << index % 64;

	if (slab->slab_free[index / 64] & bit)
		freed_twice(cache, object);
	slab->slab_free[index / 64] |= bit;
	cache->objects--;
	if (slab->slab_used-- == cache->per_slab)
		list_push_front(&cache->partial, &slab->node);
	if (slab->slab_used > 0)
		return;
	list_remove(&slab->node);
	if (cache->empty != NULL) {
		cache->slabs--;
		list_push_back(surplus, &slab->node);
	} else {
		cache->empty = slab;
		list_push_back(&cache->partial, &slab->node);
	}
}

void slots_put(
	struct slab_cache *cache, void *const *objects, u32 count, struct list_node *surplus)
{
	spin_lock(&cache->lock);
	for (u32 i = 0; i < count; i++)
		put_locked(cache, objects[i], surplus);
	spin_unlock(&cache->lock);
}

void slots_put_empty(struct slab_cache *cache, struct list_node *surplus)
{
	spin_lock(&cache->lock);
	if (cache->empty != NULL) {
		list_remove(&cache->empty->node);
		list_push_back(surplus, &cache->empty->node);
		cache->empty = NULL;
		cache->slabs--;
	}
	spin_unlock(&cache->lock);
}

bool slots_is_free(struct slab_cache *cache, const void *object)
{
	const struct page *slab = slots_slab_of(object);
	u32 index = slots_index(cache, slab, object);

	spin_lock(&cache->lock);
	bool is_free = slab->slab_free[index / 64] >> index % 64 & 1;
	spin_unlock(&cache->lock);
	return is_free;
}
