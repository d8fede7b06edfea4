/* Heaps and threads: which heap is whose, blocks that are freed by another thread than their
 * heap's, threads that end, fork. A heap is its thread's alone; when the thread has ended
 * ("parked"), it is whoever's that holds the heap's lock, until a new thread takes it. */
#include "small.h"

#include <string.h>

#define DRAIN_MOST	4096	/* foreign frees put on their lists at a time: what a bin can take */
#define OUT_MOST	64	/* foreign frees kept back for one exchange */
#define HEAP_BYTES	((sizeof(struct heap) + HEAP_PAGE - 1) & -(size_t)HEAP_PAGE)

/* The heap of threads that did not allocate yet: it has nothing. */
static struct heap nobody = {
	.bins = { [0 ... BINS - 1] = { .head = BIN_END, .slot = BIN_NO_SLOT } },
};
static struct heap first;

_Thread_local struct heap *__heap_mine = &nobody;
struct heap *__heap_all;

static struct heap *parked;		/* linked by next_parked; under the lock */

/* Whether b is a free block of this heap, put into its inbox. Under the lock. */
static bool inbox_valid(struct heap *h, const struct object *b)
{
	const struct span *s = span_of(b);

	return s->kind >= SLOT_CURRENT && s->owner == h && slot_has(s, b) &&
	       b->stamp == object_stamp(b, h);
}

/* The blocks that others freed come to their slots' lists, most of them at a time. Under the
 * lock. */
static void inbox_drain(struct heap *h, size_t most)
{
	if (!h->pending)
		h->pending = __atomic_exchange_n(&h->inbox, NULL, __ATOMIC_ACQUIRE);
	while (h->pending && most--) {
		struct object *b = h->pending, *next = object_next(b);

		if (next != BIN_END && !inbox_valid(h, next))
			__heap_fail("freed block overwritten", b);
		h->pending = next == BIN_END ? NULL : next;
		if (slot_put(h, span_of(b), b))
			__heap_slot_look(h, span_of(b));
	}
}

static void inbox_drain_all(struct heap *h)
{
	while (h->pending || __atomic_load_n(&h->inbox, __ATOMIC_RELAXED))
		inbox_drain(h, SIZE_MAX);
}

/* Hands a list of free blocks to their owner. */
static void inbox_put(struct heap *owner, struct object *first, struct object *last)
{
	struct object *there = __atomic_load_n(&owner->inbox, __ATOMIC_RELAXED);

	do {
		last->link = object_link(there ? there : BIN_END);
	} while (!__atomic_compare_exchange_n(&owner->inbox, &there, first, true, __ATOMIC_RELEASE,
					      __ATOMIC_RELAXED));
}

static void out_flush(struct heap *h)
{
	if (h->out_count)
		inbox_put(h->out_owner, h->out_first, h->out_last);
	h->out_count = h->out_bytes = 0;
	__heap_settle(h);
}

/* Keeps a block of another heap, which is freed here, until there are some of the same owner's. */
static void out_put(struct heap *h, struct heap *owner, struct object *b, size_t bytes)
{
	heap_busy(h, true);
	if (h->out_owner != owner || h->out_count == OUT_MOST || h->out_bytes >= GRANULE) {
		out_flush(h);
		h->out_owner = owner;
	}
	h->out_bytes += bytes;
	if (h->out_count++)
		b->link = object_link(h->out_first);
	else
		h->out_last = b;
	h->out_first = b;
	heap_busy(h, false);
}

void __heap_inbox_empty(struct heap *h)
{
	if (!h->pending && !__atomic_load_n(&h->inbox, __ATOMIC_RELAXED))
		return;
	heap_lock();
	inbox_drain(h, DRAIN_MOST);
	heap_unlock();
}

static void heap_init(struct heap *h)
{
	memcpy(h->bins, nobody.bins, sizeof h->bins);
	for (size_t i = 0; i < BINS; i++)
		ring_init(&h->partial[i]);
	h->next = __heap_all;
	__heap_all = h;
}

/* That of a thread that has ended, or a new one. */
struct heap *__heap_thread(void)
{
	struct heap *h = __heap_mine;

	if (h != &nobody)
		return h;
	heap_lock();
	h = parked;
	if (h) {
		parked = h->next_parked;
		h->parked = false;
	} else {
		h = __heap_all ? __heap_pages_map(HEAP_BYTES, HEAP_PAGE) : &first;
		if (h)
			heap_init(h);
	}
	heap_unlock();
	if (!h)
		return NULL;
	__heap_mine = h;
	__heap_thread_begins();
	return h;
}

/* For a heap whose thread has ended. */
static bool parked_free(struct heap *owner, struct span *s, struct object *b)
{
	bool done;

	if (!__atomic_load_n(&owner->parked, __ATOMIC_RELAXED))
		return false;
	heap_lock();
	done = owner->parked;
	if (done) {
		if (slot_put(owner, s, b))
			__heap_slot_look(owner, s);
		inbox_drain(owner, DRAIN_MOST);
		__heap_settle(__heap_mine);
	}
	heap_unlock();
	return done;
}

/* Without memory for a heap, what is freed is counted with the large blocks. */
void __heap_small_free(struct span *s, struct object *b)
{
	struct heap *h = __heap_thread(), *owner = s->owner;

	if (h) {
		h->tally += s->tally;
	} else {
		heap_lock();
		usage_freed(slot_usable(s));
		heap_unlock();
	}
	if (owner == h) {
		if (slot_put(h, s, b))
			__heap_slot_event(h, s);
	} else if (!parked_free(owner, s, b)) {
		b->stamp = object_stamp(b, owner);
		if (h)
			out_put(h, owner, b, s->size);
		else
			inbox_put(owner, b, b);
	}
}

/* Under the lock. */
static void heap_park(struct heap *h)
{
	h->parked = true;
	h->next_parked = parked;
	parked = h;
}

void __malloc_thread_exit(void)
{
	struct heap *h = __heap_mine;

	if (h == &nobody)
		return;
	__heap_mine = &nobody;
	heap_lock();
	out_flush(h);
	inbox_drain_all(h);
	__heap_settle(h);
	__heap_sweep(h);
	heap_park(h);
	heap_unlock();
}

/* The heaps of threads that the child does not have. One that was in the middle of a change stays
 * as it is: its blocks can be used and freed, but it serves nobody. */
void __malloc_in_child(void)
{
	parked = NULL;
	for (struct heap *h = __heap_all; h; h = h->next)
		if (h != __heap_mine && !h->busy)
			heap_park(h);
}

bool __heap_trim(void)
{
	if (__heap_mine != &nobody)
		out_flush(__heap_mine);
	for (struct heap *h = __heap_all; h; h = h->next) {
		if (h != __heap_mine && !h->parked)
			continue;
		inbox_drain_all(h);
		__heap_sweep(h);
	}
	return __heap_spans_trim();
}
