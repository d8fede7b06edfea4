// unit: sources kernel/mem/slab.c kernel/mem/slots.c kernel/mem/kmalloc.c kernel/mem/buddy.c
// unit: flags -Ikernel -DDIRECT_BASE=0x200000000000ul -DFRAMES_BASE=0x210000000000ul
/* Kernel objects, allocated and freed on several CPUs by turns (slab_machine.h). A map of owners shows
 * objects that overlap, their contents ones that are shared. */
#include "slab_machine.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include "core/panic.h"

#define LIVE_MAX	6000u
#define LARGE		64u	/* of them, how many may be blocks of frames */

static jmp_buf panicked;
static bool panic_expected;
static char panic_message[256];

void panic(const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(panic_message, sizeof(panic_message), format, arguments);
	va_end(arguments);
	if (!panic_expected)
		unit_fail("panic: %s", panic_message);
	machine_forget_locks();
	longjmp(panicked, 1);
}

/* The model. */

struct odd { char bytes[40]; };
struct aligned { char bytes[100]; } __attribute__((aligned(64)));
struct big { char bytes[1500]; };
struct huge { char bytes[9000]; };
struct tiny { char byte; };

static SLAB_CACHE(odd_cache, struct odd);
static SLAB_CACHE(aligned_cache, struct aligned);
static SLAB_CACHE(big_cache, struct big);
static SLAB_CACHE(huge_cache, struct huge);
static SLAB_CACHE(tiny_cache, struct tiny);
static struct slab_cache *const test_caches[] = {
	&odd_cache, &aligned_cache, &big_cache, &huge_cache, &tiny_cache,
};

static struct object {
	u8 *bytes;
	struct slab_cache *cache;	/* NULL: kmalloc */
	size_t size;
	u8 pattern;
} live[LIVE_MAX];
static u32 live_count, large_count;
static u16 owners[FRAMES * PAGE_SIZE / 16];	/* of each 16 bytes: number of the object + 1 */

static void own(const struct object *object, u16 from, u16 to)
{
	u64 first = paging_direct_paddr(object->bytes) / 16;
	for (u64 i = 0; i < (object->size + 15) / 16; i++) {
		UNIT_CHECK(owners[first + i] == from);
		owners[first + i] = to;
	}
}

static size_t random_size(void)
{
	if (unit_random(40) == 0 && large_count < LARGE)
		return 2049 + unit_random(60000);
	return unit_random(2) ? 1 + unit_random(100) : 1 + unit_random(2048);
}

static void remember(struct object object)
{
	UNIT_CHECK((u64)object.bytes % 16 == 0);
	UNIT_CHECK(object.cache == NULL || (u64)object.bytes % object.cache->alignment == 0);
	large_count += object.size > 9000;
	live[live_count] = object;
	own(&object, 0, live_count + 1);
	live_count++;
	memset(object.bytes, object.pattern, object.size);
}

static void allocate(void)
{
	struct object object = { .pattern = unit_random(256), .size = 0 };
	bool zeroed = unit_random(3) == 0;
	if (unit_random(2)) {
		object.cache = test_caches[unit_random(ARRAY_SIZE(test_caches))];
		object.size = object.cache->size;
		object.bytes = zeroed ? slab_alloc_zeroed(object.cache) : slab_alloc(object.cache);
	} else {
		object.size = random_size();
		object.bytes = zeroed ? kmalloc_zeroed(object.size) : kmalloc(object.size);
	}
	if (object.bytes == NULL) {
		UNIT_CHECK(buddy_largest(&buddy) < 16);
		return;
	}
	for (size_t i = 0; zeroed && i < object.size; i++)
		UNIT_CHECK(object.bytes[i] == 0);
	remember(object);
}

static void release(u32 index)
{
	struct object object = live[index];
	for (size_t i = 0; i < object.size; i++)
		UNIT_CHECK(object.bytes[i] == object.pattern);
	own(&object, index + 1, 0);
	large_count -= object.size > 9000;
	if (object.cache != NULL)
		slab_free(object.cache, object.bytes);
	else
		kfree(object.bytes);
	live_count--;
	if (index == live_count)
		return;
	live[index] = live[live_count];
	own(&live[index], live_count + 1, index + 1);
}

static void check_counts(void)
{
	u64 count[ARRAY_SIZE(test_caches)] = { 0 };
	for (u32 i = 0; i < live_count; i++)
		for (u32 c = 0; c < ARRAY_SIZE(test_caches); c++)
			count[c] += live[i].cache == test_caches[c];
	for (u32 c = 0; c < ARRAY_SIZE(test_caches); c++)
		UNIT_CHECK(slab_objects(test_caches[c]) == count[c]);
	UNIT_CHECK(slab_objects_all() == live_count);
}

/* Cases. */

static void random_walk(void)
{
	for (int step = 0; step < 60000; step++) {
		bool growing = step / 6000 % 2 == 0;
		bool wants = live_count == 0 || unit_random(8) < (growing ? 6 : 2);
		machine_run_on(unit_random(CPUS));
		if (wants && live_count < LIVE_MAX)
			allocate();
		else
			release(unit_random(live_count));
		if (step % 1000 == 0)
			check_counts();
		if (step % 2000 == 0)
			slab_drain();
	}
	while (live_count > 0)
		release(unit_random(live_count));
	check_counts();
	slab_drain();
	UNIT_CHECK(buddy.free == FRAMES - 8);
	machine_run_on(0);
}

/* What a cache keeps when all objects are freed: one slab, and those in which a magazine's lie. */
static void empty_slabs(void)
{
	static void *objects[1000];
	u64 free = buddy.free;
	for (u32 i = 0; i < 1000; i++)
		UNIT_CHECK((objects[i] = slab_alloc(&odd_cache)) != NULL);
	u64 full = buddy.free;
	UNIT_CHECK(free - full <= 1000 * 96 / PAGE_SIZE + 1);
	for (u32 i = 0; i < 1000; i++)
		slab_free(&odd_cache, objects[i]);
	u64 kept = free - buddy.free;
	UNIT_CHECK(kept == odd_cache.slabs << odd_cache.order && odd_cache.slabs <= 3);
	UNIT_CHECK((objects[0] = slab_alloc(&odd_cache)) != NULL);
	UNIT_CHECK(buddy.free == free - kept);
	slab_drain();
	UNIT_CHECK(odd_cache.slabs == 1);
	slab_free(&odd_cache, objects[0]);
	UNIT_CHECK(slab_drain() == 1ul << odd_cache.order && slab_drain() == 0);
	UNIT_CHECK(buddy.free == free && odd_cache.slabs == 0);
}

/* A magazine gives what it was given last; it has no more than its cache says, and neither the most
 * objects nor large ones take more than they may. */
static void magazines(void)
{
	void *objects[2 * SLAB_MAGAZINE_MAX];
	struct slab_cache *caches[] = { &odd_cache, &big_cache, &huge_cache };

	for (u32 c = 0; c < ARRAY_SIZE(caches); c++) {
		struct slab_cache *cache = caches[c];
		for (u32 i = 0; i < ARRAY_SIZE(objects); i++)
			UNIT_CHECK((objects[i] = slab_alloc(cache)) != NULL);
		UNIT_CHECK(cache->magazine_size * cache->slot <= MAX(8192u, 2 * cache->slot));
		slab_drain();
		for (u32 i = 0; i < ARRAY_SIZE(objects); i++) {
			slab_free(cache, objects[i]);
			UNIT_CHECK(cache->magazine->count <= cache->magazine_size);
		}
		UNIT_CHECK(slab_objects(cache) == 0 && cache->objects == cache->magazine->count);
		UNIT_CHECK(slab_alloc(cache) == objects[ARRAY_SIZE(objects) - 1]);
		UNIT_CHECK(slab_objects(cache) == 1);
		slab_free(cache, objects[ARRAY_SIZE(objects) - 1]);
	}
	slab_drain();
	UNIT_CHECK(buddy.free == FRAMES - 8);
}

/* When memory has run out, what lies in another CPU's magazine serves after a drain. */
static void other_magazines(void)
{
	void *object, *first = NULL, **last;

	while ((last = slab_alloc(&big_cache)) != NULL) {
		*last = first;
		first = last;
	}
	machine_run_on(1);
	object = first;
	first = *(void **)first;
	slab_free(&big_cache, object);
	machine_run_on(2);
	UNIT_CHECK(slab_alloc(&big_cache) == NULL);
	slab_drain();
	UNIT_CHECK(slab_alloc(&big_cache) == object);
	slab_free(&big_cache, object);
	machine_run_on(0);
	for (void *next; first != NULL; first = next) {
		next = *(void **)first;
		slab_free(&big_cache, first);
	}
	slab_drain();
	UNIT_CHECK(buddy.free == FRAMES - 8 && slab_objects_all() == 0);
}

static void sizes(void)
{
	u64 free = buddy.free;
	void *zero = kmalloc(0);
	UNIT_CHECK(zero != NULL);
	kfree(zero);
	kfree(NULL);
	size_t largest = PAGE_SIZE << (FRAME_ORDERS - 1);
	for (size_t size = 1; size <= largest; size = size * 2 + unit_random(3)) {
		u8 *pointer = kmalloc(size);
		UNIT_CHECK(pointer != NULL);
		memset(pointer, 0xff, size);
		kfree(pointer);
	}
	UNIT_CHECK(kmalloc(largest + 1) == NULL);
	UNIT_CHECK(kmalloc(SIZE_MAX) == NULL);
	UNIT_CHECK(kmalloc_zeroed(SIZE_MAX / 2 + 1) == NULL);
	slab_drain();
	UNIT_CHECK(buddy.free == free && slab_objects_all() == 0);
}

/* Memory runs out, or any one allocation fails: NULL, nothing lost. */
static void no_memory(void)
{
	for (u64 n = 1; n <= 2; n++) {
		fail_countdown = n;
		UNIT_CHECK(slab_alloc(&big_cache) == NULL);
		fail_countdown = n;
		UNIT_CHECK(kmalloc_zeroed(100) == NULL);
	}
	fail_countdown = 1;
	UNIT_CHECK(kmalloc(10000) == NULL);
	UNIT_CHECK(fail_countdown == 0 && slab_objects_all() == 0 && buddy.free == FRAMES - 8);
	void *first = NULL;
	for (void **object; (object = slab_alloc(&huge_cache)) != NULL; first = object)
		*object = first;
	UNIT_CHECK(buddy_largest(&buddy) < 1u << huge_cache.order);
	while (first != NULL) {
		void *next = *(void **)first;
		slab_free(&huge_cache, first);
		first = next;
	}
	slab_drain();
	UNIT_CHECK(buddy.free == FRAMES - 8);
}

#define EXPECT_PANIC(message, statement)						\
	do {										\
		panic_expected = true;							\
		if (setjmp(panicked) == 0) {						\
			statement;							\
			unit_fail("no panic: %s", #statement);				\
		}									\
		panic_expected = false;							\
		if (strstr(panic_message, message) == NULL)				\
			unit_fail("\"%s\" in \"%s\"", message, panic_message);		\
	} while (0)

static void wrong_frees(void)
{
	u8 *odd = slab_alloc(&odd_cache), *keep = slab_alloc(&odd_cache);
	u8 *small = kmalloc(20), *block = kmalloc(20000), *gone = kmalloc(5000);
	struct page *foreign = frame_alloc(0, FRAME_KERNEL);
	UNIT_CHECK(odd != NULL && keep != NULL && small != NULL && block != NULL);
	UNIT_CHECK(gone != NULL && foreign != NULL);
	foreign->slab_cache = NULL;
	foreign->slab_offset = 0;
	EXPECT_PANIC("not of this cache", slab_free(&big_cache, odd));
	EXPECT_PANIC("not of this cache", slab_free(&odd_cache, block));
	EXPECT_PANIC("not the start", slab_free(&odd_cache, odd + 16));
	EXPECT_PANIC("not the start", slab_free(&odd_cache, odd + 1));
	EXPECT_PANIC("is of slab odd_cache", kfree(odd));
	EXPECT_PANIC("not allocated", kfree(block + PAGE_SIZE));
	EXPECT_PANIC("not allocated", kfree(block + 16));
	EXPECT_PANIC("not allocated", kfree(page_data(foreign)));
	kfree(gone);
	EXPECT_PANIC("not allocated", kfree(gone));
	slab_free(&odd_cache, odd);
	EXPECT_PANIC("twice", slab_free(&odd_cache, odd));
	machine_run_on(1);
	EXPECT_PANIC("twice", slab_free(&odd_cache, odd));
	slab_drain();
	EXPECT_PANIC("twice", slab_free(&odd_cache, odd));
	machine_run_on(0);
	EXPECT_PANIC("twice", slab_free(&odd_cache, odd));
	slab_free(&odd_cache, keep);
	kfree(small);
	EXPECT_PANIC("twice", kfree(small));
	kfree(block);
	frame_free(foreign, 0);
}

/* What is allocated may look as if it were free. */
static void looks_free(void)
{
	u8 *object = slab_alloc(&odd_cache), *other = slab_alloc(&odd_cache);

	UNIT_CHECK(object != NULL && other != NULL);
	memset(object, 0x6b, sizeof(struct odd));
	slab_free(&odd_cache, other);
	slab_free(&odd_cache, object);
	UNIT_CHECK(slab_objects_all() == 0);
}

#ifdef DEBUG
static void patterns(void)
{
	u8 *object = slab_alloc(&odd_cache);
	UNIT_CHECK(object != NULL && object[0] == 0xa5);
	object[sizeof(struct odd)] = 0;
	EXPECT_PANIC("written behind its end", slab_free(&odd_cache, object));
	object[sizeof(struct odd)] = 0xbb;
	slab_free(&odd_cache, object);
	object[20] = 1;
	EXPECT_PANIC("written after it was freed", UNIT_CHECK(slab_alloc(&odd_cache) == object));
}
#endif

int main(void)
{
	make_machine();
	UNIT_CASE(sizes);
	UNIT_CASE(empty_slabs);
	UNIT_CASE(magazines);
	UNIT_CASE(random_walk);
	UNIT_CASE(other_magazines);
	UNIT_CASE(no_memory);
	UNIT_CASE(wrong_frees);
	UNIT_CASE(looks_free);
#ifdef DEBUG
	UNIT_CASE(patterns);
#endif
	return unit_done();
}
