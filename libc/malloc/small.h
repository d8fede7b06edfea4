/* Blocks of up to SLOT_MOST bytes, from the calling thread's own heap, so that malloc and free take
 * no lock and no locked instruction.
 *
 * They lie in slots, which are spans of one granule, 64 KiB (span.h). A slot holds blocks of one
 * size, a multiple of 16, from 256 on with 8 sizes to a doubling:
 *
 *	[ block 0 | block 1 | ... | block carved - 1 | memory never used since the slot was opened ]
 *
 * The free blocks of a slot are on an intrusive list of single links. The bin of a size names the
 * current slot of that size, from whose list malloc takes. When that is empty some more blocks are
 * cut ("carved"), or the bin goes on to another slot: one of the partial ones, or a new one.
 *
 *	used		 = balance + left, and in the current slot + the blocks ever taken from its bin
 *	carved		 = used + blocks on its two lists, of those its thread freed and of the others'
 *	left		 = the number of its thread's frees before the one at which the slot has to be
 *			   looked at: an event, also at those after it (a fork may come between a free
 *			   and the look)
 *	magic(s)	 = 2^32 / size + 1, excess(s) = magic * size - 2^32
 *	limit(s)	 = carved * excess; 0 if its blocks have fences, or if it is not current and another
 *			   thread freed some since its own looked at it
 *
 * so neither malloc nor free counts what is in use, and yet it is known at any time. For an offset
 * k * size + r in the slot: offset * magic mod 2^32 = k * excess + r * magic, which is below carved *
 * excess if and only if r = 0 and k < carved (for excess <= size, 65536 + size < magic). One
 * comparison thus tells the blocks of a slot from all other pointers.
 *
 * What a free block holds is sealed: a link is multiplied by a secret odd number of this run,
 * and a link that was written over comes out of the product with its inverse as good as random.
 * malloc tests it before it uses it: it must lie in the slot. The stamp says that the block is
 * free. Blocks of more than SMALL_MOST bytes end with a fence (malloc.c), which free looks at when
 * limit sends it the long way. */
#ifndef HEAP_SMALL_H
#define HEAP_SMALL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "span.h"

#define SMALL_STEP	HEAP_ALIGN
#define SMALL_TINY	256	/* up to here in steps of 16, from here on 8 sizes to a doubling */
#define SMALL_MOST	1024
#define SLOT_MOST	((size_t)16 << 10)	/* bytes of a block, its fence included */
#define BINS		65	/* bin 0 is that of malloc(0), which has blocks of 16 bytes */
#define BIN_SMALL	32	/* the last that has no fences */
#define FENCE		((size_t)16)		/* bytes that a fence takes */
#define OUT_MOST	64	/* blocks of others that a thread keeps back */

#define BIN_END		((struct object *)1)	/* ends a list; no address of a block */

/* A free block. */
struct object {
	uintptr_t link;			/* the next of its list, sealed */
	uintptr_t stamp;		/* object_stamp of it and its heap */
};

/* The blocks of one size. */
struct bin {
	struct span *slot;		/* the current one, or one that has nothing */
	size_t taken;			/* blocks that malloc took, ever */
};

/* The heap of a thread. */
struct heap {
	/* Its thread changes these: */
	struct bin bins[BINS];		/* their slots under the lock */
	struct object *out[OUT_MOST];	/* blocks of other heaps, freed and not yet put into their slots */
	size_t out_count;		/* is lowered under the lock */
	/* Under the lock: */
	struct ring partial[BINS];	/* slots that may have free blocks and are not current */
	struct heap *next, *next_parked;
	bool parked;			/* its thread has ended (others read it without the lock) */
};

extern _Thread_local struct heap *__heap_mine __attribute__((tls_model("local-exec")));

/* Where in a heap the bin is for a request of at most SLOT_MOST bytes. Sizes are often as good as
 * random to the processor: a branch between them would cost more than the rest of a call. */
static inline __attribute__((always_inline)) size_t bin_offset(size_t request)
{
#define AT(n)	((n) * sizeof(struct bin))
#define UP_TO(n, size, step)	[(size) - (step) + 1 ... (size)] = AT(n)
#define FOUR(n, size, step)	UP_TO(n, size, step), UP_TO((n) + 1, (size) + (step), step), \
	UP_TO((n) + 2, (size) + 2 * (step), step), UP_TO((n) + 3, (size) + 3 * (step), step)
	static const uint16_t up_to_small[SMALL_MOST + 1] = {
		FOUR(1, 16, 16), FOUR(5, 80, 16), FOUR(9, 144, 16), FOUR(13, 208, 16),
		FOUR(17, 288, 32), FOUR(21, 416, 32), FOUR(25, 576, 64), FOUR(29, 832, 64),
	};
#undef FOUR
#undef UP_TO
#undef AT
	unsigned shift;

	_Static_assert(!offsetof(struct heap, bins), "an offset in the bins is one in the heap");
	if (__builtin_expect(request <= SMALL_MOST, 1))
		return up_to_small[request];
	shift = 60 - (unsigned)__builtin_clzl(--request);
	return (8 * shift - 31 + (request >> shift)) * sizeof(struct bin);
}

static inline struct bin *bin_for(size_t request)
{
	return (struct bin *)((char *)__heap_mine + bin_offset(request));
}

/* The bytes of each block of a bin, by its number. */
static inline size_t bin_size(size_t bin)
{
	if (bin <= SMALL_TINY / SMALL_STEP)
		return (bin ? bin : 1) * SMALL_STEP;
	return ((bin - 17) % 8 + 9) << ((bin - 17) / 8 + 5);
}

static inline uintptr_t object_link(const struct object *next)
{
	return (uintptr_t)next * __heap_seal.factor;
}

static inline struct object *object_next(const struct object *b)
{
	return (struct object *)(b->link * __heap_seal.inverse);
}

/* What no program has in a block but by chance: it is odd, and, as mappings lie above 16 TiB, beyond
 * all addresses. (The sum of the two addresses may be one, of a block that this one points to.) */
static inline uintptr_t object_stamp(const struct object *b, const struct heap *h)
{
	return 8 * (uintptr_t)b + (uintptr_t)h + 1;
}

/* The offsets of the blocks that were carved, times magic(s), are below this. */
static inline uint32_t slot_limit(const struct span *s)
{
	return s->carved * (s->magic * s->size);	/* all modulo 2^32 */
}

/* Whether p, in the slot s, is where a block begins. */
static inline bool slot_has(const struct span *s, const void *p)
{
	return (uint32_t)(uint16_t)(uintptr_t)p * s->magic < slot_limit(s);
}

extern struct heap *__heap_all;		/* linked by next; under the lock */

/* The bytes of a block that are the caller's. */
static inline size_t bin_usable(size_t bin)
{
	return bin > BIN_SMALL ? bin_size(bin) - FENCE : bin ? bin_size(bin) : 0;
}

static inline size_t slot_usable(const struct span *s)
{
	return bin_usable(s->bin);
}

/* But what was taken from its bin, if it is current. */
static inline size_t slot_counted(const struct span *s)
{
	size_t left = (size_t)__atomic_load_n(&s->left, __ATOMIC_ACQUIRE);

	return left + __atomic_load_n(&s->balance, __ATOMIC_RELAXED);
}

/* The blocks of s that are in use. That may be another thread's, if it is not current. */
static inline size_t slot_used(const struct span *s)
{
	return slot_counted(s) + (s->kind == SLOT_CURRENT ? s->owner->bins[s->bin].taken : 0);
}

/* bin_take when the current slot has no free block; NULL and ENOMEM without memory. */
void *__heap_refill(struct bin *bin);

/* After a free that brought left(s) below 0: looks at s. */
void __heap_slot_event(struct span *s);

/* Frees block b of slot s, anybody's. */
void __heap_small_free(struct span *s, struct object *b);

/* Under the lock: gives the kernel back what is too much. */
void __heap_tidy(void);

/* heap_trim, which a program may have one of its own of. */
bool __heap_trim(void);

/* A block of the bin, which is one of the thread's. */
static inline __attribute__((always_inline)) void *bin_take(struct bin *bin)
{
	struct span *s = bin->slot;
	struct object *b = s->head;

	if (__builtin_expect(((uintptr_t)b ^ (uintptr_t)s->base) >= GRANULE, 0))
		return __heap_refill(bin);
	s->head = object_next(b);
	b->stamp = 0;
	bin->taken++;
	return b;
}

/* Puts block b on the list of its slot s of heap h; whether that is an event. When the count says so, the
 * slot may be given up by another thread: so that comes last. */
static inline bool slot_put(struct heap *h, struct span *s, struct object *b)
{
	b->stamp = object_stamp(b, h);
	b->link = object_link(s->head);
	s->head = b;
	__atomic_thread_fence(__ATOMIC_RELEASE);	/* no instruction on x86 */
	return --s->left < 0;
}

/* Frees p if it is a small block of this thread's; false, and nothing changed, if that has to be
 * looked at. */
static inline bool heap_free_own(void *p)
{
	struct span *s = span_of(p);
	struct heap *h = __heap_mine;
	struct object *b = p;

	if (__builtin_expect(s->owner != h ||
			     (uint32_t)(uint16_t)(uintptr_t)p * s->magic >= s->limit ||
			     b->stamp == object_stamp(b, h), 0))
		return false;
	if (__builtin_expect(slot_put(h, s, b), 0))
		__heap_slot_event(s);
	return true;
}

#endif
