/* Magazines of free objects before the slabs of their caches (Bonwick and Adams, Magazines and
 * Vmem, 2001). One that is empty takes half of what it can hold from the slabs, one that is full
 * gives as many back, so that objects that come and go by turns stay here.
 *
 * A CPU's magazines are under its lock, which others take only to empty them all (as with stocks of
 * frames, mem/frame.c). */
#include "mem/slab.h"

#include "core/panic.h"
#include "core/stat.h"
#include "lib/string.h"
#include "mem/kmalloc.h"
#include "mem/slots.h"

static struct {
	struct spinlock lock;
} ALIGNED(64) magazine_locks[CPU_MAX] = {
	[0 ... CPU_MAX - 1] = { SPINLOCK_INIT("magazines", LOCK_MAGAZINE) },
};

/* Takes objects for a magazine that is empty; false if no slab has any. */
static bool magazine_fill(struct slab_cache *cache, struct slab_magazine *magazine)
{
	magazine->count = slots_take(cache, magazine->objects, (cache->magazine_size + 1) / 2);
	return magazine->count > 0;
}

/* Gives back those that have been here longest, until so many are left. */
static void magazine_flush(struct slab_cache *cache, struct slab_magazine *magazine, u32 keep,
	struct list_node *surplus)
{
	u32 count = magazine->count - keep;

	slots_put(cache, magazine->objects, count, surplus);
	memmove(magazine->objects, magazine->objects + count, keep * sizeof(magazine->objects[0]));
	magazine->count = keep;
}

void *slab_alloc(struct slab_cache *cache)
{
	struct percpu *cpu = percpu_self();
	struct slab_magazine *magazine = PERCPU_OF(cpu, cache->magazine);
	struct spinlock *lock = &magazine_locks[cpu->id].lock;
	void *object = NULL;

	if (unlikely(frame_inject_failure()))
		return NULL;
	spin_lock(lock);
	if (likely(magazine->count > 0) || magazine_fill(cache, magazine))
		object = magazine->objects[--magazine->count];
	spin_unlock(lock);
	if (unlikely(object == NULL)) {
		object = slots_take_new(cache);
		if (object == NULL)
			return NULL;
	}
	slots_check_free(cache, object);
	return object;
}

void *slab_alloc_zeroed(struct slab_cache *cache)
{
	void *object = slab_alloc(cache);
	return object != NULL ? memset(object, 0, cache->size) : NULL;
}

static bool magazine_has(const struct slab_magazine *magazine, const void *object)
{
	for (u32 i = 0; i < magazine->count; i++)
		if (magazine->objects[i] == object)
			return true;
	return false;
}

/* What is freed looks as if it were free: it may be, or just have such contents. */
static void expect_allocated(struct slab_cache *cache, const void *object)
{
	bool is_free = slots_is_free(cache, object);

	for (u32 cpu = 0; cpu < percpu_count; cpu++) {
		spin_lock(&magazine_locks[cpu].lock);
		is_free |= magazine_has(PERCPU_OF(percpu_blocks[cpu], cache->magazine), object);
		spin_unlock(&magazine_locks[cpu].lock);
	}
	if (is_free)
		panic("slab %s: object %p is freed twice", cache->name, object);
}

static NORETURN void not_object(
	const struct slab_cache *cache, const void *object, const char *what)
{
	panic("slab %s: %p is freed but %s", cache->name, object, what);
}

static void expect_object(const struct slab_cache *cache, const void *object)
{
	const struct page *slab = slots_slab_of(object);

	if (unlikely(slab == NULL) || unlikely(slab->slab_cache != cache))
		not_object(cache, object, "is not of this cache");
	u32 index = slots_index(cache, slab, object);
	if (unlikely(index >= cache->per_slab) ||
	    unlikely(slots_at(cache, slab, index) != object))
		not_object(cache, object, "not the start of an object");
}

/* The magazine is full; its lock is held, and is let go of. */
static void free_to_full(struct slab_cache *cache, struct slab_magazine *magazine,
	struct spinlock *lock, void *object)
{
	struct list_node surplus = LIST_INIT(surplus);

	magazine_flush(cache, magazine, cache->magazine_size / 2, &surplus);
	magazine->objects[magazine->count++] = object;
	spin_unlock(lock);
	slots_delete(&surplus);
}

void slab_free(struct slab_cache *cache, void *object)
{
	struct percpu *cpu = percpu_self();
	struct slab_magazine *magazine = PERCPU_OF(cpu, cache->magazine);
	struct spinlock *lock = &magazine_locks[cpu->id].lock;

	expect_object(cache, object);
	if (unlikely(*(const u64 *)object == SLOTS_FREE_WORD))
		expect_allocated(cache, object);
	slots_fill_free(cache, object);
	spin_lock(lock);
	if (unlikely(magazine->count == cache->magazine_size)) {
		free_to_full(cache, magazine, lock, object);
		return;
	}
	magazine->objects[magazine->count++] = object;
	spin_unlock(lock);
}

/* All caches. */

static void flush_all_magazines(struct slab_cache *cache, struct list_node *surplus)
{
	for (u32 cpu = 0; cpu < percpu_count; cpu++) {
		struct slab_magazine *magazine = PERCPU_OF(percpu_blocks[cpu], cache->magazine);

		if (READ_ONCE(magazine->count) == 0)
			continue;
		spin_lock(&magazine_locks[cpu].lock);
		magazine_flush(cache, magazine, 0, surplus);
		spin_unlock(&magazine_locks[cpu].lock);
	}
}

u64 slab_drain(void)
{
	struct list_node surplus = LIST_INIT(surplus);
	u64 frames = 0;

	for (struct slab_cache *cache = slots_caches(); cache != NULL; cache = cache->next) {
		flush_all_magazines(cache, &surplus);
		slots_put_empty(cache, &surplus);
		frames += slots_delete(&surplus);
	}
	return frames;
}

void slab_each(void (*visit)(struct slab_cache *cache, void *context), void *context)
{
	for (struct slab_cache *cache = slots_caches(); cache != NULL; cache = cache->next)
		visit(cache, context);
}

/* An object that is on its way between a magazine and a slab may be in both, or in neither. */
u64 slab_objects(const struct slab_cache *cache)
{
	u64 objects = READ_ONCE(cache->objects), free = 0;

	for (u32 cpu = 0; cpu < percpu_count; cpu++)
		free += READ_ONCE(PERCPU_OF(percpu_blocks[cpu], cache->magazine)->count);
	return objects - MIN(free, objects);
}

u64 slab_objects_all(void)
{
	u64 objects = kmalloc_blocks();
	for (struct slab_cache *cache = slots_caches(); cache != NULL; cache = cache->next)
		objects += slab_objects(cache);
	return objects;
}

STAT_GAUGE(slab_objects_total, "kernel objects that are allocated", slab_objects_all);
