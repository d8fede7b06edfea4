/* Spans: the memory that the heap holds from the kernel, in granules of 64 KiB. A span is some
 * granules side by side that are one thing: free, a large block, or, always one granule, a slot of
 * smaller blocks (small.h). It is described apart from its memory, where no overrun of a block
 * reaches: a table has 128 bytes for each granule of the address space, in leaves that are mapped
 * when they are needed.
 *
 *	addresses	| LARGE           | FREE                 | slot | slot | not ours
 *	table		| LARGE 0   0   0 | FREE  0   0     FREE | SLOT | SLOT | 0  0  0
 *
 *	kind(s) = FREE		=> the spans on both sides are not FREE
 *	last granule of a FREE	=> kind = FREE, base = the span's
 *	any other granule	=> kind = NONE, or FREED where a span began once
 *	kind(s) = FREE		=> all bytes of s from s.dirty on are zero
 *
 * Any pointer is looked up in the table before what it points to is read, so wild pointers are told
 * from ours without a fault. Looking up takes no lock; all else is under the heap's. */
#ifndef HEAP_SPAN_H
#define HEAP_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <synos/heap.h>

#include "glue.h"

#define GRANULE_SHIFT	16
#define GRANULE		((size_t)1 << GRANULE_SHIFT)
#define LEAF_SHIFT	30			/* log2 of the bytes that a leaf of the table describes */
#define LEAF_SPANS	((size_t)1 << (LEAF_SHIFT - GRANULE_SHIFT))
#define LEAVES		((size_t)1 << (47 - LEAF_SHIFT))	/* user addresses have 47 bits */
#define HEAP_ALIGN	((size_t)16)		/* of all blocks */
#define CACHE_LINE	64

/* Doubly linked lists through a head, so that every link is there. */
struct ring {
	struct ring *next, *previous;
};

#define ring_entry(link, type, member) ((type *)((char *)(link) - offsetof(type, member)))

static inline void ring_init(struct ring *head)
{
	head->next = head->previous = head;
}

static inline bool ring_empty(const struct ring *head)
{
	return head->next == head;
}

/* Adds the link before the head, which is last. */
static inline void ring_add(struct ring *head, struct ring *link)
{
	link->next = head;
	link->previous = head->previous;
	link->previous->next = head->previous = link;
}

static inline void ring_remove(struct ring *link)
{
	link->next->previous = link->previous;
	link->previous->next = link->next;
}

enum span_kind {
	SPAN_NONE,		/* no span begins here */
	SPAN_FREED,		/* none begins here, but one did once */
	SPAN_FREE,
	SPAN_LARGE,		/* a block */
	SLOT_CURRENT, SLOT_PARTIAL, SLOT_FULL,	/* see small.h */
};

/* The first cache line is what every free reads; the second what its thread's malloc and free write, so
 * that who frees another thread's blocks does not wait for it. Processors fetch lines in pairs. */
struct span {
	uint8_t kind;
	uint8_t bin;			/* SLOT, see small.h: the number of its bin */
	uint16_t size;			/* bytes of each block */
	uint16_t carved, capacity;
	uint32_t magic, limit;
	uint32_t counted;		/* blocks of it in __heap_stats.current_usage */
	uint32_t freed_at;		/* FREE: the granules freed until then */
	struct heap *owner;
	size_t balance;
	size_t bytes;			/* any that is a span: all of it */
	union {
		size_t usable;		/* LARGE: the caller's */
		struct object *foreign;	/* SLOT: what other threads freed */
	};
	size_t dirty;			/* FREE: beyond, all is zero */
	char *base __attribute__((aligned(CACHE_LINE)));	/* where it begins */
	struct object *head;
	int32_t left;
	struct ring age;		/* FREE and dirty: with the others */
	struct ring ring;		/* FREE: of this size; SLOT_PARTIAL: of this bin */
} __attribute__((aligned(2 * CACHE_LINE)));

_Static_assert(sizeof(struct span) == 2 * CACHE_LINE, "span_of needs a power of two");

/* Where the leaves of the table are, as distances from one that is never written, which is also the
 * leaf of addresses that never were the heap's: so the lookup has no special case. */
extern uintptr_t __heap_leaves[LEAVES];
extern struct span __heap_no_leaf[LEAF_SPANS];

static inline struct span *span_of(const void *p)
{
	uintptr_t i = (uintptr_t)p >> LEAF_SHIFT, leaf;
	/* In bytes, in the leaf: one shift, one mask. */
	uintptr_t offset = (uintptr_t)p / (GRANULE / sizeof(struct span)) % sizeof __heap_no_leaf &
		-sizeof(struct span);

	if (__builtin_expect(i >= LEAVES, 0))
		return __heap_no_leaf;
	leaf = __atomic_load_n(&__heap_leaves[i], __ATOMIC_RELAXED);
	return (struct span *)((uintptr_t)__heap_no_leaf + leaf + offset);
}

/* The secret of this run: odd, and its inverse modulo 2^64. Every call reads it, so it has a line of
 * the cache where nobody writes. */
extern struct heap_seal {
	uintptr_t factor, inverse;
} __attribute__((aligned(CACHE_LINE))) __heap_seal;

/* Under the lock: bytes held from the kernel, but for the table, and those of spans that are in use,
 * but for current slots (small.h), which are so to begin with. */
extern size_t __heap_mapped, __heap_used;

/* What was counted beside the small blocks, but its usage and peak are of all, where free blocks may
 * count (small.h). */
extern struct allocation_stats __heap_stats;

static inline void usage_add(size_t more)
{
	__heap_stats.current_usage += more;
	if (__heap_stats.peak_usage < __heap_stats.current_usage)
		__heap_stats.peak_usage = __heap_stats.current_usage;
}

/* Takes bytes, in whole granules, out of the free spans or from the kernel, aligned to a power of
 * two that is a granule at least: a span with base and bytes, to which the caller gives a kind. NULL
 * without memory. Beyond *dirty all is zero. */
struct span *__heap_span_take(size_t bytes, size_t alignment, size_t *dirty);

/* Frees whole granules of which the table says nothing, zero from dirty on. */
void __heap_span_free(char *base, size_t bytes, size_t dirty);

/* Gives the kernel back what is free and too much, or too old, some of it at a time; whether it was
 * any. To be called after each change. */
bool __heap_spans_age(void);

/* Makes LARGE span s of at least so many bytes, if what follows it is free; whether it is. */
bool __heap_span_extend(struct span *s, size_t bytes);

/* Whole granules for a request; large ones are rounded so that a span that one left fits another. */
size_t __heap_span_round(size_t bytes);

/* Gives back all free spans; whether there were some. */
bool __heap_spans_trim(void);

/* The first span at an address or above it that is the heap's, NULL if there is none. */
struct span *__heap_span_from(const char *address);

#define each_span(s) \
	(struct span *s = __heap_span_from(NULL); s; s = __heap_span_from(s->base + s->bytes))

#endif
