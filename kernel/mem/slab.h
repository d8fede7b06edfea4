/* Kernel objects: caches of equal-sized objects in page frames. Any context but an interrupt
 * handler; holds locks of rank LOCK_MAGAZINE and LOCK_SLAB. Objects are 16-byte aligned (a cache
 * may ask for more) and their contents undefined unless zeroed.
 *
 * Each CPU has a magazine of free objects for each cache, under a lock of its own, so that objects
 * come and go without the cache's lock, eight or so of them at once with it.
 *
 * Freeing what is not allocated, or not from this cache, panics. Debug builds also fill free
 * objects with a pattern that is checked when they are next allocated, and put one behind each
 * object that is checked when it is freed. */
#ifndef MEM_SLAB_H
#define MEM_SLAB_H

#include "core/spinlock.h"
#include "lib/list.h"
#include "lib/types.h"
#include "x86/percpu.h"

struct page;

#define SLAB_MAGAZINE_MAX	15

/* A CPU's stock of one cache's free objects, under the CPU's magazine_locks entry (mem/slab.c). */
struct slab_magazine {
	u32 count;
	void *objects[SLAB_MAGAZINE_MAX];	/* that given last is taken first */
} ALIGNED(64);

struct slab_cache {
	const char *name;
	u32 size;			/* of an object, in bytes; at most SLAB_SIZE_MAX */
	u32 alignment;			/* a power of two */
	struct slab_magazine *magazine;	/* PERCPU_DATA */
	/* Set at the first use, then constant. */
	u32 slot;			/* from one object to the next */
	u32 slot_inverse;		/* 2^32 / slot, rounded up: divides by a multiplication */
	u32 per_slab;			/* 0: not in use yet */
	u32 order;
	u32 magazine_size;		/* how many objects a CPU keeps at most */
	struct slab_cache *next;	/* all caches in use */
	/* Under lock. */
	struct spinlock lock;
	struct list_node partial;	/* slabs with a free object */
	struct page *empty;		/* the one of them that has no object, if any */
	u64 objects, objects_peak;	/* out of the slabs now, and most at once: allocated, or
					 * in magazines */
	u64 slabs;
};

#define SLAB_SIZE_MAX	16384u

/* A cache for struct type, ready without any call:  static SLAB_CACHE(area_cache, struct area); */
#define SLAB_CACHE(id, type) SLAB_CACHE_SIZED(id, sizeof(type), _Alignof(type))
#define SLAB_CACHE_SIZED(id, bytes, bytes_aligned) \
	struct slab_magazine id##_magazine PERCPU_DATA; \
	static struct slab_cache id = SLAB_CACHE_INIT(#id, bytes, bytes_aligned, &id##_magazine)
#define SLAB_CACHE_INIT(text, bytes, bytes_aligned, its_magazine) \
	{ .name = (text), .size = (bytes), .alignment = (bytes_aligned), \
	  .magazine = (its_magazine), .lock = SPINLOCK_INIT((text), LOCK_SLAB) }

/* NULL if there is no memory. */
MUST_CHECK void *slab_alloc(struct slab_cache *cache);
MUST_CHECK void *slab_alloc_zeroed(struct slab_cache *cache);
void slab_free(struct slab_cache *cache, void *object);

/* Gives the objects in all CPUs' magazines back to their slabs, and the slabs that are empty to the
 * frame allocator; how many frames. */
u64 slab_drain(void);
/* Calls visit for each cache that has ever been used. */
void slab_each(void (*visit)(struct slab_cache *cache, void *context), void *context);
/* Objects allocated in one cache, and in all of them, kmalloc's included: exact unless other CPUs
 * allocate and free at the moment. */
u64 slab_objects(const struct slab_cache *cache);
u64 slab_objects_all(void);

#endif
