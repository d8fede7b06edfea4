/* The frame allocator of the machine: the array of struct page, made at boot for the memory there
 * is, the buddy allocator behind its lock, and each CPU's stock of single frames before it. */
#include "mem/frame.h"

#include "core/panic.h"
#include "core/spinlock.h"
#include "core/stat.h"
#include "lib/atomic.h"
#include "mem/bootmem.h"
#include "mem/buddy.h"
#include "mem/frame_cache.h"
#include "mem/reclaim.h"
#include "x86/boot_info.h"
#include "x86/percpu.h"

#define BLOCK_MAX	(PAGE_SIZE << (FRAME_ORDERS - 1))	/* bytes of the largest block */
#define LARGE_FRAMES	512ul					/* in a large page */

static struct spinlock frame_lock = SPINLOCK_INIT("frame", LOCK_FRAME);
static struct buddy buddy;			/* these under frame_lock */
static u64 total, used_peak;
static u64 reserve;				/* frames that programs' memory does not get */
static u64 by_use_at_boot[FRAME_USES];

/* What each CPU has of its own, under its lock. How many frames it has made what they are, less
 * those it has freed: a sum over all CPUs says something. */
static struct stock {
	struct spinlock lock;
	struct frame_cache cache;
	s64 by_use[FRAME_USES];
} stocks[CPU_MAX];

static u64 fail_countdown;			/* atomic; allocations of fail_thread */
static const struct thread *fail_thread;	/* only compared: it may be gone */

STAT_COUNTER(frames_refused, "allocations of frames that failed");

/* The array. It is backed for whole blocks of the highest order around each usable range
 * (mem/buddy.h wants that): 64 KiB of array for each 4 MiB of memory. */

static void array_back(u64 start, u64 end)
{
	while (start < end) {
		bool large = IS_ALIGNED(start, LARGE_FRAMES * PAGE_SIZE) &&
			     end - start >= LARGE_FRAMES * PAGE_SIZE;
		size_t pages = large ? LARGE_FRAMES : 1;
		if (paging_map_kernel(start, bootmem_take(pages), pages, PTE_WRITE | PTE_NX) != 0)
			panic("no memory for the frame array");
		start += pages * PAGE_SIZE;
	}
}

static void array_init(const struct boot_info *boot)
{
	paddr_t start = 0, end = 0;
	for (u32 i = 0; i < boot->usable_count; i++) {
		const struct boot_range *range = &boot->usable[i];
		paddr_t block = ALIGN_DOWN(range->start, BLOCK_MAX);
		if (block > end) {
			array_back((u64)page_of(start), (u64)page_of(end));
			start = block;
		}
		end = ALIGN_UP(range->end, BLOCK_MAX);
		total += (range->end - range->start) / PAGE_SIZE;
	}
	array_back((u64)page_of(start), (u64)page_of(end));
}

static void add_free(paddr_t start, paddr_t end, void *context)
{
	(void)context;
	buddy_add(&buddy, start / PAGE_SIZE, (end - start) / PAGE_SIZE);
}

static void add_module(const struct boot_range *module)
{
	for (paddr_t at = PAGE_DOWN(module->start); at < module->end; at += PAGE_SIZE) {
		struct page *page = page_of(at);
		if (page->refs++ > 0)
			continue;
		buddy_add_allocated(&buddy, at / PAGE_SIZE, FRAME_FILE);
		by_use_at_boot[FRAME_FILE]++;
	}
}

static paddr_t table_alloc(paddr_t root)
{
	struct page *page = frame_alloc_zeroed(FRAME_PAGE_TABLE);
	if (page == NULL)
		return 0;
	if (root != 0)
		page_of(root)->tables++;
	else
		page->tables = 1;
	return page_paddr(page);
}

static void table_free(paddr_t root, paddr_t frame)
{
	if (root != 0)
		page_of(root)->tables--;
	frame_free(page_of(frame), 0);
}

u64 frame_tables(paddr_t root)
{
	return READ_ONCE(page_of(root)->tables);
}

void frame_init(const struct boot_info *boot)
{
	for (u32 cpu = 0; cpu < CPU_MAX; cpu++)
		spin_init(&stocks[cpu].lock, "frame stock", LOCK_FRAME_CACHE);
	buddy_init(&buddy, page_of(0));
	array_init(boot);
	bootmem_hand_over(add_free, NULL);
	for (u32 i = 0; i < boot->module_count; i++)
		add_module(&boot->modules[i]);
	by_use_at_boot[FRAME_RESERVED] = total - buddy.free - by_use_at_boot[FRAME_FILE];
	reserve = MIN(MAX(total / 1024, 16ul), 256ul);
	used_peak = total - buddy.free;
	paging_register_frames(table_alloc, table_free);
}

/* Blocks. */

void frame_fail_nth(u64 n)
{
	atomic_store(&fail_countdown, 0ul);
	WRITE_ONCE(fail_thread, percpu_current());
	atomic_store(&fail_countdown, n);
}

u64 frame_fail_left(void)
{
	return READ_ONCE(fail_thread) == percpu_current() ? atomic_load(&fail_countdown) : 0;
}

bool frame_inject_failure(void)
{
	u64 left = atomic_load_relaxed(&fail_countdown);
	while (left != 0 && READ_ONCE(fail_thread) == percpu_current())
		if (atomic_compare_exchange(&fail_countdown, &left, left - 1))
			return left == 1;
	return false;
}

/* The kernel is not preempted, so this stays the CPU's own. */
static struct stock *stock_self(void)
{
	return &stocks[percpu_self()->id];
}

/* Whether the frames in the buddy are there for this use. frame_lock is held. */
static bool may_have(enum frame_use use)
{
	return (use != FRAME_ANONYMOUS && use != FRAME_FILE) || buddy.free > reserve;
}

/* buddy.free has become less. What is in the stocks counts as used here. */
static void note_peak(void)
{
	used_peak = MAX(used_peak, total - buddy.free);
}

static void stock_fill(struct stock *stock, enum frame_use use)
{
	spin_lock(&frame_lock);
	if (may_have(use)) {
		frame_cache_fill(&stock->cache, &buddy);
		note_peak();
	}
	spin_unlock(&frame_lock);
}

static struct page *block_take(unsigned order, enum frame_use use)
{
	spin_lock(&frame_lock);
	struct page *page = buddy_alloc(&buddy, order, use);
	note_peak();
	spin_unlock(&frame_lock);
	if (page)
		frame_cache_bypass(page, order);
	return page;
}

/* One try. *clean: a clean one is wished for; what it is. */
static struct page *take(unsigned order, enum frame_use use, bool *clean)
{
	struct stock *stock = stock_self();
	bool wish = *clean;
	struct page *page;

	*clean = false;
	spin_lock(&stock->lock);
	if (likely(order == 0)) {
		if (unlikely(frame_cache_count(&stock->cache) == 0))
			stock_fill(stock, use);
		page = frame_cache_take(&stock->cache, wish, clean);
	} else {
		page = block_take(order, use);
	}
	if (likely(page != NULL)) {
		page->use = use;
		stock->by_use[use] += 1ul << order;
	}
	spin_unlock(&stock->lock);
	return page;
}

/* Gives the buddy all that the CPUs have in stock; how many frames. */
static u64 stocks_drain(void)
{
	u64 frames = 0;

	for (u32 cpu = 0; cpu < percpu_count; cpu++) {
		struct stock *stock = &stocks[cpu];

		if (frame_cache_count(&stock->cache) == 0)
			continue;
		spin_lock(&stock->lock);
		spin_lock(&frame_lock);
		frames += frame_cache_flush(&stock->cache, &buddy, 0);
		spin_unlock(&frame_lock);
		spin_unlock(&stock->lock);
	}
	return frames;
}

static struct page *alloc(unsigned order, enum frame_use use, bool *clean)
{
	struct page *page = NULL;
	bool wish = *clean;

	if (likely(!frame_inject_failure())) {
		page = take(order, use, clean);
		while (unlikely(page == NULL) && (stocks_drain() > 0 || reclaim_for_retry())) {
			*clean = wish;
			page = take(order, use, clean);
		}
	}
	if (unlikely(page == NULL)) {
		stat_add(&frames_refused, 1);
		return NULL;
	}
	page->refs = 1;
	return page;
}

struct page *frame_alloc(unsigned order, enum frame_use use)
{
	bool clean = false;

	return alloc(order, use, &clean);
}

struct page *frame_alloc_zeroed(enum frame_use use)
{
	bool clean = true;
	struct page *page = alloc(0, use, &clean);

	if (likely(page != NULL) && !clean)
		page_clear(page);
	return page;
}

bool frame_prepare(void)
{
	struct stock *stock = stock_self();
	bool done;

	if (stock->cache.clean_count == FRAME_CACHE_CLEAN)
		return false;
	spin_lock(&stock->lock);
	if (stock->cache.dirty_count == 0)
		stock_fill(stock, FRAME_ANONYMOUS);
	done = frame_cache_clean_one(&stock->cache, page_clear);
	spin_unlock(&stock->lock);
	return done;
}

bool frame_available(void)
{
	return READ_ONCE(buddy.free) > reserve;
}

static NORETURN void free_failed(const struct page *page, unsigned order, enum buddy_result result)
{
	const char *what = result == BUDDY_NOT_ALLOCATED ? "freed but not allocated"
			   : result == BUDDY_WRONG_ORDER ? "freed with a wrong order"
							 : "freed while others hold it";
	panic("frame %#lx: %s (freed as order %u; use %u, order %u, %u references)",
	      page_paddr(page), what, order, page->use, page->order, page->refs);
}

/* What is wrong with freeing a single frame. */
static enum buddy_result check_single(const struct page *page)
{
	if (page->use == FRAME_RESERVED || page->use == FRAME_FREE || page->use == FRAME_CACHED)
		return BUDDY_NOT_ALLOCATED;
	return page->order == 0 ? BUDDY_OK : BUDDY_WRONG_ORDER;
}

/* Makes room for one more. */
static void stock_trim(struct stock *stock)
{
	spin_lock(&frame_lock);
	frame_cache_flush(&stock->cache, &buddy, FRAME_CACHE_DIRTY / 2);
	spin_unlock(&frame_lock);
}

static enum buddy_result block_give(struct page *page, unsigned order)
{
	spin_lock(&frame_lock);
	enum buddy_result result = buddy_free(&buddy, page, order);
	spin_unlock(&frame_lock);
	return result;
}

void frame_free(struct page *page, unsigned order)
{
	struct stock *stock = stock_self();
	enum frame_use use = page->use;
	enum buddy_result result = BUDDY_OK;

	if (unlikely(page->refs > 1))
		free_failed(page, order, result);
	spin_lock(&stock->lock);
	if (likely(order == 0)) {
		result = check_single(page);
		if (unlikely(result != BUDDY_OK))
			free_failed(page, order, result);
		if (unlikely(stock->cache.dirty_count == FRAME_CACHE_DIRTY))
			stock_trim(stock);
		frame_cache_put(&stock->cache, page);
	} else {
		page->refs = 0;
		result = block_give(page, order);
		if (unlikely(result != BUDDY_OK))
			free_failed(page, order, result);
	}
	stock->by_use[use] -= 1ul << order;
	spin_unlock(&stock->lock);
}

void page_get(struct page *page)
{
	ref_get(&page->refs);
}

void page_put(struct page *page)
{
	DEBUG_ASSERT(ref_count(&page->refs) > 0);
	if (ref_put(&page->refs))
		frame_free(page, 0);
}

/* A loop of stores clears faster than rep stos where that is emulated, and no slower in the
 * cache. */
void page_clear(struct page *page)
{
	u64 *word = page_data(page);
	u64 *end = word + PAGE_SIZE / sizeof(*word);
	__asm__ volatile("1:\n\t"
			 ".set offset, 0\n\t"
			 ".rept 32\n\t"
			 "movq %2, offset(%0)\n\t"
			 ".set offset, offset + 8\n\t"
			 ".endr\n\t"
			 "addq $256, %0\n\t"
			 "cmpq %1, %0\n\t"
			 "jne 1b"
			 : "+r"(word)
			 : "r"(end), "r"(0ul)
			 : "memory", "cc");
}

void page_copy(struct page *to, const struct page *from)
{
	void *target = page_data(to);
	const void *source = page_data(from);
	size_t words = PAGE_SIZE / sizeof(u64);
	__asm__ volatile("rep movsq" : "+D"(target), "+S"(source), "+c"(words) : : "memory");
}

/* Numbers. */

static u64 used_for(enum frame_use use)
{
	s64 sum = by_use_at_boot[use];

	for (u32 cpu = 0; cpu < percpu_count; cpu++)
		sum += READ_ONCE(stocks[cpu].by_use[use]);
	return sum;
}

/* How many frames are free. What is used is added up, since a CPU that has nothing to do may fill
 * its stock again meanwhile. */
static u64 count_uses(u64 by_use[FRAME_USES])
{
	u64 used = 0;

	for (unsigned use = 0; use < FRAME_USES; use++)
		used += by_use[use] = used_for(use);
	return by_use[FRAME_FREE] = total - used;
}

static u64 free_now(void)
{
	u64 by_use[FRAME_USES];

	return count_uses(by_use);
}

void frame_count(struct frame_counts *counts)
{
	stocks_drain();
	counts->total = total;
	counts->free = count_uses(counts->by_use);
	spin_lock(&frame_lock);
	counts->used_peak = used_peak;
	counts->largest_run = buddy_largest(&buddy);
	for (unsigned order = 0; order < FRAME_ORDERS; order++)
		counts->free_per_order[order] = buddy.blocks[order];
	spin_unlock(&frame_lock);
}

#define FRAME_GAUGE(id, text, expression)			\
	static u64 id##_read(void)				\
	{							\
		return expression;				\
	}							\
	STAT_GAUGE(id, text, id##_read)

FRAME_GAUGE(frames_total, "page frames of usable memory", total);
FRAME_GAUGE(frames_free, "page frames that are free", free_now());
FRAME_GAUGE(frames_used_peak, "most page frames ever used at once, or in CPUs' stocks", used_peak);
FRAME_GAUGE(frames_kernel, "page frames of kernel stacks, pipes and buffers", used_for(FRAME_KERNEL));
FRAME_GAUGE(frames_page_table, "page frames of page tables", used_for(FRAME_PAGE_TABLE));
FRAME_GAUGE(frames_slab, "page frames of kernel objects", used_for(FRAME_SLAB));
FRAME_GAUGE(frames_anonymous, "page frames of processes' private memory", used_for(FRAME_ANONYMOUS));
FRAME_GAUGE(frames_file, "page frames of files' contents", used_for(FRAME_FILE));
