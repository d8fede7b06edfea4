/* Physical memory: page frames of 4 KiB and their struct page. Owns every usable frame of the
 * machine from frame_init on: a buddy allocator (mem/buddy.c, pure) behind one lock of rank
 * LOCK_FRAME, and before it a stock of single frames for each CPU (mem/frame_cache.c, pure) behind
 * a lock of rank LOCK_FRAME_CACHE. Any context but an interrupt handler.
 *
 * An allocation that finds nothing has what others keep for later given back (mem/reclaim.h), where
 * it may. A few frames are kept for the kernel's own: programs' memory and files do not get the
 * last ones, so that what is short can still be dealt with. */
#ifndef MEM_FRAME_H
#define MEM_FRAME_H

#include "lib/list.h"
#include "lib/types.h"
#include "x86/paging.h"

#define FRAME_ORDERS	11	/* blocks of 2^0 .. 2^10 frames */

/* What a frame is used for: the states that ai_query shows. */
enum frame_use {
	FRAME_RESERVED,		/* a hole, the image, boot data; or not the first of its block */
	FRAME_FREE,		/* in the buddy */
	FRAME_KERNEL,		/* stacks, pipes, buffers */
	FRAME_PAGE_TABLE,
	FRAME_SLAB,
	FRAME_ANONYMOUS,	/* private memory of processes */
	FRAME_FILE,		/* page cache */
	FRAME_CACHED,		/* free, in a CPU's stock */
	FRAME_USES
};

struct backing;

/* One frame. 64 bytes, so that an array of them is cheap to index. */
struct page {
	u32 refs;		/* holders: page tables, page cache, kernel; 0 when free. Atomic. */
	u8 use;			/* enum frame_use; this and order: of the block, in its first */
	u8 order;		/* frame. Under the allocator's lock. */
	u16 flags;
	struct list_node node;	/* buddy: the free list; slab: the cache's list; else the owner's */
	union {
		struct {			/* FRAME_FILE */
			struct backing *backing;	/* whose page; lists its areas */
			u64 index;			/* pages from the file's start */
		};
		struct {			/* FRAME_SLAB; mem/slots.c */
			void *slab_cache;	/* and FRAME_KERNEL: kmalloc's mark */
			u32 slab_used;		/* objects */
			u32 slab_offset;	/* frames from the block's first; in all of them */
			u64 slab_free[2];	/* a bit for each free object */
		};
		u64 tables;	/* FRAME_PAGE_TABLE, a root: tables below it, and itself; under the
				 * lock of its space */
	};
	u64 reserved;
};
_Static_assert(sizeof(struct page) == 64, "struct page is indexed by a shift");

static inline struct page *page_of(paddr_t address)
{
	return (struct page *)FRAMES_BASE + (address >> PAGE_SHIFT);
}

static inline paddr_t page_paddr(const struct page *page)
{
	return (paddr_t)(page - (struct page *)FRAMES_BASE) << PAGE_SHIFT;
}

/* The frame's bytes, in the direct map. */
static inline void *page_data(const struct page *page)
{
	return paging_direct(page_paddr(page));
}

/* Takes over all memory that boot memory (mem/bootmem.h) has left, and gives paging its tables from
 * now on. The pages of modules are FRAME_FILE frames with one reference (per module that has bytes
 * in them), so that tmpfs can take them as they are; what it does not take it gives back with
 * page_put. */
struct boot_info;
void frame_init(const struct boot_info *boot);

/* A block of 2^order frames with one reference, contents undefined; NULL if there is none. Owner
 * fields of struct page are undefined too. */
MUST_CHECK struct page *frame_alloc(unsigned order, enum frame_use use);
/* As frame_alloc(0, use), and zero: perhaps one that was zeroed when its CPU had nothing to do. */
MUST_CHECK struct page *frame_alloc_zeroed(enum frame_use use);
/* Gives a block back whatever its count is (it must be 0 or 1). Panics on a double free or a wrong
 * order. */
void frame_free(struct page *page, unsigned order);

/* Zeroes a frame of this CPU's stock ahead of need; false if there are enough. For who has nothing
 * else to do. */
bool frame_prepare(void);
/* Whether there is room for what programs want: a failure was of the moment, or injected. */
bool frame_available(void);

/* References of a single frame. page_put frees the frame with the last one. */
void page_get(struct page *page);
void page_put(struct page *page);

/* Contents. Whole pages, by words. */
void page_clear(struct page *page);
void page_copy(struct page *to, const struct page *from);

/* total is all usable memory; what is not free counts as used, with boot data and the image. In
 * used_peak so do the CPUs' stocks: up to 64 frames each. */
struct frame_counts {
	u64 total, free, used_peak;
	u64 by_use[FRAME_USES];
	u64 free_per_order[FRAME_ORDERS];	/* in blocks */
	u64 largest_run;			/* frames of the largest free block */
};
/* The frames of page tables that belong to a root, itself among them. */
u64 frame_tables(paddr_t root);
/* Gives back what is in the stocks, so that all free frames are in blocks as large as can be, but
 * for what other CPUs take into theirs meanwhile. Exact if nobody else allocates or frees. */
void frame_count(struct frame_counts *counts);

/* Fault injection for tests: the calling thread's n-th allocation from now on fails (1: the next),
 * 0 turns it off; there is one such count, so another thread's ends. Slab allocations count too:
 * frame_inject_failure counts one and says whether it shall fail. frame_fail_left: the caller's
 * count, 0 once it has failed. */
void frame_fail_nth(u64 n);
u64 frame_fail_left(void);
MUST_CHECK bool frame_inject_failure(void);

#endif
