/* Blocks of up to SLOT_MOST bytes, from the calling thread's own heap, so that malloc and free take
 * no lock and no locked instruction.
 *
 * They lie in slots, which are spans of one granule, 64 KiB (span.h). A slot holds blocks of one
 * size, a multiple of 16, from 256 on with 8 sizes to a doubling:
 *
 *	[ block 0 | block 1 | ... | block carved - 1 | memory never used since the slot was opened ]
 *
 * Free blocks are on intrusive lists of single links. malloc takes from the bin of its size;
 * free puts the block on the list of its slot; an empty bin takes over the whole list of its
 * current slot, or else cuts ("carves") some more blocks, or goes on to another slot:
 *
 *	carved           = blocks in use + blocks in the bin + blocks on the slot's list
 *	left + ahead     = carved - blocks on the list
 *	left             = the number of frees before the one at which the slot has to be looked at: an
 *			   event, also at those after it (a fork may come between a free and the look)
 *	magic(s)         = 2^32 / size + 1, excess(s) = magic * size - 2^32
 *	limit(s)         = carved * excess, or 0 if its blocks have fences
 *
 * so for an offset k * size + r in the slot: offset * magic mod 2^32 = k * excess + r * magic,
 * which is below carved * excess if and only if r = 0 and k < carved (for excess <= size, 65536 + size <
 * magic). One comparison thus tells the blocks of a slot from all other pointers.
 *
 * What a free block holds is sealed: a link is multiplied by a secret odd number of this run,
 * and a link that was written over comes out of the product with its inverse as good as random.
 * malloc tests it before it uses it: it must lie in the slot. The stamp says that the block is
 * free. Blocks of more than SMALL_MOST bytes end with a fence (block.h), which free looks at when
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

#define BIN_END		((struct object *)1)	/* ends a list; no address of a block */
#define BIN_NO_SLOT	(~(uintptr_t)0)

#define TALLY_UNITS	34	/* low bits of a tally, which count 16 bytes each; the others blocks */

/* A free block. */
struct object {
	uintptr_t link;			/* the next of its list, sealed */
	uintptr_t stamp;		/* object_stamp of it and its heap */
};

/* The blocks of one size that malloc hands out next. They are of one slot, the current one. */
struct bin {
	struct object *head;
	uintptr_t slot;			/* its first byte; BIN_NO_SLOT if there is none */
};

/* The heap of a thread. Its thread changes it; where the heap's lock is held too, is said. */
struct heap {
	struct bin bins[BINS];
	uint64_t tally;			/* blocks freed since the last settling, and their bytes */
	/* Changed under the lock: */
	struct ring partial[BINS];	/* slots with free blocks that are not current */
	size_t slots, currents;		/* slots in use, and of these current */
	size_t currents_swept;		/* of these, left when slot_find last gave up idle ones */
	size_t sweep_due;		/* not again before so many frees */
	struct heap *next, *next_parked;
	/* Its thread's again: */
	bool busy;			/* in the middle of a change without the lock */
	size_t handed, handed_bytes;	/* given to bins so far */
	size_t freed, freed_bytes;	/* by this thread, as settled */
	size_t published;		/* of handed_bytes - freed_bytes, in __heap_usage */
	struct object *pending;		/* from the inbox, not yet on their slots' lists */
	struct heap *out_owner;		/* blocks of another heap that were freed here: a chain */
	struct object *out_first, *out_last;
	size_t out_count, out_bytes;
	/* Atomic, what other threads ask for: the blocks that they freed, and whether the thread has
	 * ended, so that who holds the lock may change the heap. */
	struct object *inbox __attribute__((aligned(CACHE_LINE)));
	bool parked;
};

extern _Thread_local struct heap *__heap_mine __attribute__((tls_model("local-exec")));

/* Where in a heap the bin is for a request of at most SLOT_MOST bytes. Sizes are often as good as
 * random to the processor: a branch between them would cost more than the rest of a call. */
static inline __attribute__((always_inline)) size_t bin_offset(size_t request)
{
#define AT(n)	((n) * sizeof(struct bin))
	static const uint16_t up_to_small[] = {
		AT(0), AT(1), AT(2), AT(3), AT(4), AT(5), AT(6), AT(7), AT(8), AT(9), AT(10), AT(11), AT(12),
		AT(13), AT(14), AT(15), AT(16),
		[17 ... 18] = AT(17), [19 ... 20] = AT(18), [21 ... 22] = AT(19), [23 ... 24] = AT(20),
		[25 ... 26] = AT(21), [27 ... 28] = AT(22), [29 ... 30] = AT(23), [31 ... 32] = AT(24),
		[33 ... 36] = AT(25), [37 ... 40] = AT(26), [41 ... 44] = AT(27), [45 ... 48] = AT(28),
		[49 ... 52] = AT(29), [53 ... 56] = AT(30), [57 ... 60] = AT(31), [61 ... 64] = AT(32),
	};
#undef AT
	unsigned shift;

	_Static_assert(!offsetof(struct heap, bins), "an offset in the bins is one in the heap");
	if (__builtin_expect(request <= SMALL_MOST, 1))
		return up_to_small[(request + SMALL_STEP - 1) / SMALL_STEP];
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

/* The current slot of a bin, NULL if there is none. */
static inline struct span *bin_slot(const struct bin *bin)
{
	return bin->slot == BIN_NO_SLOT ? NULL : span_of((void *)bin->slot);
}

/* Whether p, in the slot s, is where a block begins. */
static inline bool slot_has(const struct span *s, const void *p)
{
	uint32_t excess = s->magic * s->size;	/* modulo 2^32 */

	return (uint32_t)(uint16_t)(uintptr_t)p * s->magic < s->carved * excess;
}

extern struct heap *__heap_all;		/* linked by next; under the lock */

/* The bytes of a block in s that are the caller's. */
static inline size_t slot_usable(const struct span *s)
{
	return s->bin > BIN_SMALL ? s->size - FENCE : s->bin ? s->size : 0;
}

static inline size_t tally_blocks(uint64_t tally)
{
	return tally >> TALLY_UNITS;
}

static inline size_t tally_bytes(uint64_t tally)
{
	return (tally & (((uint64_t)1 << TALLY_UNITS) - 1)) * SMALL_STEP;
}

/* bin_take when the bin is empty, or one of nobody's; NULL and ENOMEM without memory. */
void *__heap_refill(struct bin *bin);

/* After a free that brought left(s) to 0: looks at s. The second is under the lock. */
void __heap_slot_event(struct heap *h, struct span *s);
void __heap_slot_look(struct heap *h, struct span *s);

/* Gives up the current slots that have no block in use. Under the lock. */
void __heap_sweep(struct heap *h);

/* The calling thread's heap; NULL without memory for one. Takes the lock. */
struct heap *__heap_thread(void);

/* Puts blocks that others freed on their slots' lists, as many as a bin can take at most. */
void __heap_inbox_empty(struct heap *h);

/* Frees block b of slot s, anybody's. */
void __heap_small_free(struct span *s, struct object *b);

/* The counters of h as of now; the thread's own, or under the lock. */
void __heap_settle(struct heap *h);

/* Around a change of a heap without the lock: the child of a fork does without a heap that was
 * in the middle of one. The compiler keeps what is between the two between them. */
static inline void heap_busy(struct heap *h, bool busy)
{
	__atomic_signal_fence(__ATOMIC_SEQ_CST);
	h->busy = busy;
	__atomic_signal_fence(__ATOMIC_SEQ_CST);
}

/* How many blocks a bin holds. Whoever holds the lock may ask; if the bin is another thread's that
 * goes on, the number is of some moment. */
size_t __heap_bin_count(const struct bin *bin);

/* Gives back all that the calling thread's heap, those of ended threads and the free spans keep;
 * whether that was something. Under the lock. */
bool __heap_trim(void);

/* A block of the bin, which is one of the thread's. */
static inline __attribute__((always_inline)) void *bin_take(struct bin *bin)
{
	struct object *b = bin->head;

	if (__builtin_expect(((uintptr_t)b ^ bin->slot) >= GRANULE, 0))
		return __heap_refill(bin);
	bin->head = object_next(b);
	b->stamp = 0;
	return b;
}

/* The blocks of s that are in use or in its bin. */
static inline size_t slot_used(const struct span *s)
{
	return (uint32_t)s->left + s->ahead;	/* modulo 2^32 */
}

/* Puts block b on the list of its slot s of heap h; whether that is an event. */
static inline bool slot_put(struct heap *h, struct span *s, struct object *b)
{
	b->stamp = object_stamp(b, h);
	b->link = object_link(s->head);
	s->head = b;
	return --s->left < 0;
}

/* Frees p if it is a small block of this thread's; false, and nothing changed, if that has to be
 * looked at. */
static inline bool heap_small_free(void *p)
{
	struct span *s = span_of(p);
	struct heap *h = __heap_mine;
	struct object *b = p;

	if (__builtin_expect(s->owner != h ||
			     (uint32_t)(uint16_t)(uintptr_t)p * s->magic >= s->limit ||
			     b->stamp == object_stamp(b, h), 0))
		return false;
	h->tally += s->tally;
	if (__builtin_expect(slot_put(h, s, b), 0))
		__heap_slot_event(h, s);
	return true;
}

#endif
