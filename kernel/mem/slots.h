/* The slabs of a cache (Bonwick, The Slab Allocator, 1994), for mem/slab.c and mem/kmalloc.c. A
 * slab is a block of frames cut into slots for objects. What is known of it stands in the struct
 * page of its first frame: its cache, and a bit for each slot that is free. So an object carries
 * nothing, and its slab is found from its address. An object that is in a magazine counts as taken
 * here.
 *
 * The functions take the cache's lock; they may be called with the lock of a magazine held unless
 * they say otherwise. */
#ifndef MEM_SLOTS_H
#define MEM_SLOTS_H

#include "lib/types.h"
#include "mem/frame.h"
#include "mem/slab.h"

#define SLOTS_ORDER_MAX	3u	/* of a slab */

/* The first word of an object that is free. */
#define SLOTS_FREE_WORD	0x6b6b6b6b6b6b6b6bul

/* Takes up to count objects from slabs that the cache has; how many, 0 also before the first
 * use. */
u32 slots_take(struct slab_cache *cache, void **objects, u32 count);
/* Takes one, from a new slab if need be; NULL if there is no memory. No lock is held. */
MUST_CHECK void *slots_take_new(struct slab_cache *cache);
/* Gives objects back. Slabs that are not needed any more are put into the list, for
 * slots_delete. */
void slots_put(
	struct slab_cache *cache, void *const *objects, u32 count, struct list_node *surplus);
/* Puts the empty slab that the cache keeps into the list. */
void slots_put_empty(struct slab_cache *cache, struct list_node *surplus);
/* Gives slabs back to the frame allocator; how many frames. No lock is held. */
u64 slots_delete(struct list_node *surplus);
/* Whether the slot, which is one, is free. */
bool slots_is_free(struct slab_cache *cache, const void *object);

/* All caches in use, by their next. */
struct slab_cache *slots_caches(void);

/* The slab that an address lies in, or NULL. */
static inline struct page *slots_slab_of(const void *object)
{
	struct page *page = page_of(paging_direct_paddr(object));

	if (page->slab_offset >= 1u << SLOTS_ORDER_MAX)
		return NULL;
	struct page *slab = page - page->slab_offset;
	return slab->use == FRAME_SLAB && page->slab_offset < 1u << slab->order ? slab : NULL;
}

/* The number of the slot that an address in a slab lies in. */
static inline u32 slots_index(
	const struct slab_cache *cache, const struct page *slab, const void *object)
{
	u32 offset = (const u8 *)object - (const u8 *)page_data(slab);

	return (u64)offset * cache->slot_inverse >> 32;
}

static inline void *slots_at(const struct slab_cache *cache, const struct page *slab, u32 index)
{
	return (u8 *)page_data(slab) + index * cache->slot;
}

/* The patterns of debug builds: an object is taken, and is freed. */
#ifdef DEBUG
void slots_check_free(const struct slab_cache *cache, u8 *object);
void slots_fill_free(const struct slab_cache *cache, u8 *object);
#else
static inline void slots_check_free(const struct slab_cache *cache, u8 *object)
{
	(void)cache;
	(void)object;
}

static inline void slots_fill_free(const struct slab_cache *cache, u8 *object)
{
	(void)cache;
	*(u64 *)object = SLOTS_FREE_WORD;
}
#endif

#endif
