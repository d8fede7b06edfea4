/* Small blocks: up to SMALL_MOST bytes, without headers, from the calling thread's own heap, so
 * that malloc and free take no lock and no locked instruction.
 *
 * Memory comes in segments of 4 MiB, cut into slots of 64 KiB; a slot holds blocks of one size,
 * a multiple of 16, from 256 on with 8 sizes to a doubling. What describes the slots lies
 * together in the segment's last page (descriptors at the start of each slot would all fall into
 * one set of the processor's caches):
 *
 *	segment   [ slot 0 | slot 1 | ... | slot 62 | unused | 63 x struct slot, struct segment ]
 *	slot      [ block 0 | block 1 | ... | block carved - 1 | memory never used since slot_open ]
 *
 * Free blocks are on intrusive lists of single links. malloc takes from the bin of its size;
 * free puts the block on the list of its slot; an empty bin takes over the whole list of its
 * current slot, or else cuts ("carves") some more blocks, or goes on to another slot:
 *
 *	carved           = blocks in use + blocks in the bin + blocks on the slot's list
 *	left + ahead     = carved - blocks on the list
 *	left             = the number of frees until the slot has to be looked at: an event
 *	magic(c)         = 2^32 / size + 1, excess(c) = magic * size - 2^32
 *	limit(s)         = carved * excess
 *
 * so for an offset k * size + r in the slot: offset * magic mod 2^32 = k * excess + r * magic,
 * which is below limit if and only if r = 0 and k < carved (for excess <= size, 65536 + size <
 * magic). One comparison thus tells the blocks of a slot from all other pointers.
 *
 * What a free block holds is sealed: a link is multiplied by a secret odd number of this run,
 * and a link that was written over comes out of the product with its inverse as good as random.
 * malloc tests it before it uses it: it must lie in the slot. The stamp says that the block is
 * free. */
#ifndef HEAP_SMALL_H
#define HEAP_SMALL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "glue.h"

#define SMALL_STEP	16
#define SMALL_MOST	1024
#define SMALL_TINY	256	/* up to here in steps of 16, from here on 8 sizes to a doubling */
#define SMALL_BINS	33	/* bin 0 is that of malloc(0), which has blocks of 16 bytes */
#define SLOT_SHIFT	16
#define SLOT_BYTES	((size_t)1 << SLOT_SHIFT)
#define SEGMENT_SHIFT	22
#define SEGMENT_BYTES	((size_t)1 << SEGMENT_SHIFT)
#define SEGMENT_SLOTS	63
#define OWN_ENTRIES	256

#define NOT_SMALL	SIZE_MAX
#define BIN_END		((struct object *)1)	/* ends a list; no address of a block */
#define BIN_NO_SLOT	(~(uintptr_t)0)

#define TALLY_UNITS	34	/* low bits of a tally, which count 16 bytes each; the others blocks */

/* Doubly linked lists through a head, so that every link is there. */
struct ring {
	struct ring *next, *previous;
};

#define ring_entry(link, type, member) ((type *)((char *)(link) - offsetof(type, member)))

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

enum slot_state { SLOT_FREE, SLOT_CURRENT, SLOT_PARTIAL, SLOT_FULL };

struct slot {
	struct object *head;		/* its free blocks, but those in the bin */
	uint64_t tally;			/* what one block adds to the tally of its heap */
	uint32_t magic, limit;
	uint32_t left, ahead;
	uint16_t carved, capacity;	/* blocks */
	uint16_t size;
	uint8_t bin, state;
	struct ring ring;		/* PARTIAL: with the others of its bin */
} __attribute__((aligned(64)));

/* Lies where the descriptor of slot 63 would be; no_limit makes every pointer into that invalid. */
struct segment {
	struct heap *heap;		/* the owner */
	uint64_t free;			/* slots, a bit each */
	uint32_t no_magic, no_limit;
	uint64_t dirty;			/* those of the free slots that were written to */
	struct ring ring;		/* with free slots: with the others of its heap */
} __attribute__((aligned(64)));

/* The heap of a thread. Its thread changes it; where the heap's lock is held too, is said. */
struct heap {
	struct bin bins[SMALL_BINS];
	uintptr_t own[OWN_ENTRIES];	/* own segments, each in place number % OWN_ENTRIES */
	uint64_t tally;			/* blocks freed since the last settling, and their bytes */
	/* Under the lock: */
	struct ring partial[SMALL_BINS];	/* slots with free blocks that are not current */
	struct ring dirty_segments;	/* with dirty free slots, the newest of them last */
	struct ring clean_segments;	/* with free slots, all clean */
	size_t slots, currents, dirty;	/* slots in use, and of these current; dirty free slots */
	struct heap *next, *next_parked;
	bool parked;			/* its thread has ended; who holds the lock may change it */
	/* Its thread's again: */
	bool busy;			/* in the middle of a change without the lock */
	size_t handed, handed_bytes;	/* given to bins so far */
	size_t freed, freed_bytes;	/* by this thread, as settled */
	size_t published;		/* of handed_bytes - freed_bytes, in __heap_usage */
	struct object *pending;		/* from the inbox, not yet on their slots' lists */
	struct heap *out_owner;		/* blocks of another heap that were freed here: a chain */
	struct object *out_first, *out_last;
	unsigned out_count;
	struct object *inbox;		/* atomic: blocks that other threads freed */
};

_Static_assert(sizeof(struct slot) == 64 && sizeof(struct segment) == 64, "one page for 64");
_Static_assert(sizeof(struct heap) <= HEAP_PAGE, "a heap is a page");
_Static_assert(offsetof(struct segment, no_limit) == offsetof(struct slot, limit), "no_limit");

extern _Thread_local struct heap *__heap_mine __attribute__((tls_model("local-exec")));
extern uintptr_t __heap_seal, __heap_unseal;	/* odd, product 1 */

/* Where in a heap the bin for a request is, NOT_SMALL if there is none. Rounded up to 16, a tiny
 * request is the offset. */
static inline __attribute__((always_inline)) size_t bin_offset(size_t request)
{
	static const uint16_t above_tiny[] = {
		[9] = 272, 288, 304, 320, 336, 352, 368, 384, 400, 400, 416, 416,
		432, 432, 448, 448, 464, 464, 480, 480, 496, 496, 512, 512,
	};

	_Static_assert(sizeof(struct bin) == 16 && !offsetof(struct heap, bins), "as said");
	if (__builtin_expect(request <= SMALL_TINY, 1))
		return (request + 15) & -(size_t)16;
	return request <= SMALL_MOST ? above_tiny[((uint32_t)request + 31) / 32] : NOT_SMALL;
}

static inline struct bin *bin_at(struct heap *h, size_t offset)
{
	return (struct bin *)((char *)h + offset);
}

static inline uintptr_t object_link(const struct object *next)
{
	return (uintptr_t)next * __heap_seal;
}

static inline struct object *object_next(const struct object *b)
{
	return (struct object *)(b->link * __heap_unseal);
}

static inline uintptr_t object_stamp(const struct object *b, const struct heap *h)
{
	return (uintptr_t)b + (uintptr_t)h;
}

static inline uintptr_t segment_number(const void *p)
{
	return (uintptr_t)p >> SEGMENT_SHIFT;
}

/* The descriptor of the slot that p lies in, which is in the segment of that number. */
static inline struct slot *slot_in(uintptr_t number, const void *p)
{
	uintptr_t last_page = (number << SEGMENT_SHIFT) + SEGMENT_BYTES - HEAP_PAGE;

	_Static_assert(SLOT_SHIFT == 16 && SEGMENT_SHIFT == 22, "bits 16 to 21 times 64");
	return (struct slot *)(last_page + ((uint32_t)(uintptr_t)p >> 10 & 0xfc0));
}

static inline struct slot *slot_of(const void *p)
{
	return slot_in(segment_number(p), p);
}

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

/* The current slot of a bin, NULL if there is none. */
static inline struct slot *bin_slot(const struct bin *bin)
{
	return bin->slot == BIN_NO_SLOT ? NULL : slot_of((void *)bin->slot);
}

/* Whether p, in the slot s, is where a block begins. */
static inline bool slot_has(const struct slot *s, const void *p)
{
	return (uint32_t)(uint16_t)(uintptr_t)p * s->magic < s->limit;
}

extern struct heap *__heap_all;		/* linked by next; under the lock */

static inline struct segment *segment_of(const void *p)
{
	uintptr_t end = (segment_number(p) + 1) << SEGMENT_SHIFT;

	return (struct segment *)(end - sizeof(struct segment));
}

static inline unsigned slot_index(const struct slot *s)
{
	return (uintptr_t)s % HEAP_PAGE / sizeof *s;
}

static inline char *slot_base(const struct slot *s)
{
	return (char *)((segment_number(s) << SEGMENT_SHIFT) + (slot_index(s) << SLOT_SHIFT));
}

/* The bit of a slot in what its segment knows of slots. */
static inline uint64_t slot_bit(const struct slot *s)
{
	return (uint64_t)1 << slot_index(s);
}

/* The bytes of a block in s that are the caller's. */
static inline size_t slot_usable(const struct slot *s)
{
	return s->bin ? s->size : 0;
}

static inline size_t tally_blocks(uint64_t tally)
{
	return tally >> TALLY_UNITS;
}

static inline size_t tally_bytes(uint64_t tally)
{
	return (tally & (((uint64_t)1 << TALLY_UNITS) - 1)) * SMALL_STEP;
}

/* bin_take when the bin is empty; NULL and ENOMEM without memory. */
void *__heap_refill(struct bin *bin);

/* After a free that brought left(s) to 0: looks at s. The second is under the lock. */
void __heap_slot_event(struct heap *h, struct slot *s);
void __heap_slot_look(struct heap *h, struct slot *s);

/* Gives up the current slots that have no block in use. Under the lock. */
void __heap_sweep(struct heap *h);

/* The size of the blocks in a bin, by its number. */
uint32_t __heap_bin_size(size_t bin);

/* Under the lock: makes a free slot one for a bin, NULL without memory; gives up a slot without
 * blocks in use; gives back all slots that are free, and says whether that was something. */
struct slot *__heap_slot_open(struct heap *h, size_t bin);
void __heap_slot_close(struct heap *h, struct slot *s);
bool __heap_segments_trim(struct heap *h);

/* The calling thread's heap; NULL without memory for one. Takes the lock. */
struct heap *__heap_thread(void);

/* Puts blocks that others freed on their slots' lists, as many as a bin can take at most. */
void __heap_inbox_empty(struct heap *h);

/* The slot of the block at p, which may be anybody's; NULL if p is in no segment. If p is in one
 * but is not a block in use, that is said. */
struct slot *__heap_small_find(const void *p);

/* Frees block b, found in slot s by __heap_small_find. */
void __heap_small_free(struct slot *s, struct object *b);

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

/* Gives back what the calling thread's heap and those of ended threads keep; whether that was
 * something. Under the lock. */
bool __heap_small_trim(void);

/* In the child of a fork, under the lock: the heaps of threads that it does not have. */
void __heap_in_child(void);

/* A block of the bin, which is one of the thread's. */
static inline __attribute__((always_inline)) void *bin_take(struct bin *bin)
{
	struct object *b = bin->head;

	if (__builtin_expect(((uintptr_t)b ^ bin->slot) >= SLOT_BYTES, 0))
		return __heap_refill(bin);
	bin->head = object_next(b);
	b->stamp = 0;
	return b;
}

/* Puts block b on the list of its slot s of heap h; whether that is an event. */
static inline bool slot_put(struct heap *h, struct slot *s, struct object *b)
{
	b->stamp = object_stamp(b, h);
	b->link = object_link(s->head);
	s->head = b;
	return --s->left == 0;
}

/* Frees p if it is a small block of this thread's; false, and nothing changed, if that has to be
 * looked at. */
static inline bool heap_small_free(void *p)
{
	uintptr_t number = segment_number(p);
	struct heap *h = __heap_mine;
	struct object *b = p;
	struct slot *s;

	if (__builtin_expect(h->own[number % OWN_ENTRIES] != number, 0))
		return false;
	__asm__("" : "+r"(number));	/* else the compiler makes it from p once more */
	s = slot_in(number, p);
	if (__builtin_expect(!slot_has(s, p) || b->stamp == object_stamp(b, h), 0))
		return false;
	h->tally += s->tally;
	if (__builtin_expect(slot_put(h, s, b), 0))
		__heap_slot_event(h, s);
	return true;
}

#endif
