/* Kernel objects: caches of equal-sized objects in page frames, and kmalloc in caches of powers of
 * two (larger sizes in whole blocks of frames, up to the largest). Each cache has a spin lock of
 * rank LOCK_SLAB. Any context but an interrupt handler. Objects are 16-byte aligned (a cache may
 * ask for more) and their contents undefined unless zeroed.
 *
 * Freeing what is not allocated, or not from this cache, panics. Debug builds also fill free
 * objects with a pattern that is checked when they are next allocated, and put one behind each
 * object that is checked when it is freed. */
#ifndef MEM_SLAB_H
#define MEM_SLAB_H

#include "core/spinlock.h"
#include "lib/list.h"
#include "lib/types.h"

struct page;

struct slab_cache {
	const char *name;
	u32 size;			/* of an object, in bytes; at most SLAB_SIZE_MAX */
	u32 alignment;			/* a power of two */
	/* Set at the first use, then constant. */
	u32 slot;			/* from one object to the next */
	u32 slot_inverse;		/* 2^32 / slot, rounded up: divides by a multiplication */
	u32 per_slab;			/* 0: not in use yet */
	u32 order;
	struct slab_cache *next;	/* all caches in use */
	/* Under lock. */
	struct spinlock lock;
	struct list_node partial;	/* slabs with a free object */
	struct page *empty;		/* the one of them that has no object, if any */
	u64 objects, objects_peak;	/* allocated now; most at once */
	u64 slabs;
};

#define SLAB_SIZE_MAX	16384u

/* A cache for struct type, ready without any call:  static SLAB_CACHE(area_cache, struct area); */
#define SLAB_CACHE(id, type) SLAB_CACHE_SIZED(id, sizeof(type), _Alignof(type))
#define SLAB_CACHE_SIZED(id, bytes, bytes_aligned) \
	struct slab_cache id = { .name = #id, .size = (bytes), .alignment = (bytes_aligned), \
				 .lock = SPINLOCK_INIT(#id, LOCK_SLAB) }

/* NULL if there is no memory. */
MUST_CHECK void *slab_alloc(struct slab_cache *cache);
MUST_CHECK void *slab_alloc_zeroed(struct slab_cache *cache);
void slab_free(struct slab_cache *cache, void *object);

MUST_CHECK void *kmalloc(size_t size);
MUST_CHECK void *kmalloc_zeroed(size_t size);
void kfree(void *pointer);	/* NULL is fine */

/* Gives empty slabs that caches keep back to the frame allocator; how many frames. */
u64 slab_drain(void);
/* Calls visit for each cache that has ever been used. */
void slab_each(void (*visit)(const struct slab_cache *cache, void *context), void *context);
/* Objects allocated in one cache, and in all of them, kmalloc included. */
u64 slab_objects(const struct slab_cache *cache);
u64 slab_objects_all(void);

#endif
