/* Kernel stacks (sched/stack.h). The range is cut into slots of twice a stack's size; the upper
 * half of a slot is mapped while it is used, the lower half never. The lowest free slot is taken,
 * so that the page tables, which are never given back, stay as few as the most stacks ever alive
 * ask for.
 *
 * A stack may go where no other CPU can be waited for. So its slot is left stale: the frames are
 * free, but other CPUs may still know the slot's old translations, and it is not used again. When
 * there are STALE_MAX such slots, the next who wants a stack has all CPUs forget them. */
#include "sched/stack.h"

#include "core/panic.h"
#include "core/selftest.h"
#include "core/spinlock.h"
#include "lib/string.h"
#include "mem/frame.h"
#include "mem/reclaim.h"
#include "sched/thread.h"
#include "x86/paging.h"
#include "x86/percpu.h"
#include "x86/tlb.h"

#define STACKS_BASE	DEVICES_END
#define STACK_ORDER	2
#define STACK_SLOT	(2 * KERNEL_STACK_SIZE)
#define STACK_SLOTS	32768u
#define STACK_CACHE	8
#define STALE_MAX	SLOTS_PER_TABLE
#define SLOTS_PER_TABLE	(512 * PAGE_SIZE / STACK_SLOT)

_Static_assert(KERNEL_STACK_SIZE == PAGE_SIZE << STACK_ORDER, "a stack is one block of frames");

static struct spinlock stack_lock = SPINLOCK_INIT("stack", LOCK_PAGING);
/* Under the lock. Bit per slot; one that is stale counts as used. */
static u64 slots_used[STACK_SLOTS / 64], slots_stale[STACK_SLOTS / 64];
static u32 slots_tried;				/* those below it have been mapped once */
static u32 stale_count;
static u64 slots_refreshed[STACK_SLOTS / 64];	/* of who refreshes */
static bool refreshing;
static struct {
	void *stack;
	struct page *block;
} cache[STACK_CACHE];
static u32 cached;

static u64 slot_stack(u32 slot)
{
	return STACKS_BASE + slot * STACK_SLOT + KERNEL_STACK_SIZE;
}

static u32 slot_take(void)
{
	for (u32 word = 0; word < ARRAY_SIZE(slots_used); word++) {
		if (~slots_used[word] == 0)
			continue;
		u32 bit = __builtin_ctzl(~slots_used[word]);
		slots_used[word] |= 1ul << bit;
		return word * 64 + bit;
	}
	return STACK_SLOTS;
}

static void slot_give(u32 slot)
{
	slots_used[slot / 64] &= ~(1ul << slot % 64);
}

static void slot_leave(u32 slot)
{
	if (percpu_count == 1) {
		slot_give(slot);
		return;
	}
	slots_stale[slot / 64] |= 1ul << slot % 64;
	stale_count++;
}

static bool refresh_begin(void)
{
	spin_lock(&stack_lock);
	bool begun = !refreshing && stale_count >= STALE_MAX;
	if (begun) {
		refreshing = true;
		stale_count = 0;
		memcpy(slots_refreshed, slots_stale, sizeof(slots_stale));
		memset(slots_stale, 0, sizeof(slots_stale));
	}
	spin_unlock(&stack_lock);
	return begun;
}

/* The slots that are stale now are free. No lock is held. */
static void slots_refresh(void)
{
	if (!refresh_begin())
		return;
	tlb_flush_kernel(STACKS_BASE, slot_stack(slots_tried));
	spin_lock(&stack_lock);
	for (u32 word = 0; word < ARRAY_SIZE(slots_used); word++)
		slots_used[word] &= ~slots_refreshed[word];
	refreshing = false;
	spin_unlock(&stack_lock);
}

static void *stack_map_locked(struct page *block)
{
	u32 slot = slot_take();
	if (slot == STACK_SLOTS)
		return NULL;
	if (paging_map_kernel(slot_stack(slot), page_paddr(block), 1u << STACK_ORDER,
		    PTE_WRITE | PTE_NX) < 0) {
		slot_give(slot);
		return NULL;
	}
	slots_tried = MAX(slots_tried, slot + 1);
	return (void *)slot_stack(slot);
}

static void stack_unmap_locked(void *stack)
{
	paging_unmap_kernel((u64)stack, 1u << STACK_ORDER);
	slot_leave(((u64)stack - STACKS_BASE) / STACK_SLOT);
}

static void *stack_take_cached(struct page **block)
{
	void *stack = NULL;

	spin_lock(&stack_lock);
	if (cached > 0) {
		stack = cache[--cached].stack;
		*block = cache[cached].block;
	}
	spin_unlock(&stack_lock);
	return stack;
}

void *stack_alloc(struct page **block)
{
	void *stack = stack_take_cached(block);
	if (stack)
		return stack;

	if (unlikely(READ_ONCE(stale_count) >= STALE_MAX))
		slots_refresh();
	*block = frame_alloc(STACK_ORDER, FRAME_KERNEL);
	if (!*block)
		return NULL;
	spin_lock(&stack_lock);
	stack = stack_map_locked(*block);
	spin_unlock(&stack_lock);
	if (!stack)
		frame_free(*block, STACK_ORDER);
	return stack;
}

void stack_free(void *stack, struct page *block)
{
	spin_lock(&stack_lock);
	if (cached < STACK_CACHE) {
		cache[cached].stack = stack;
		cache[cached++].block = block;
		block = NULL;
	} else {
		stack_unmap_locked(stack);
	}
	spin_unlock(&stack_lock);
	if (block)
		frame_free(block, STACK_ORDER);
}

void stack_init(void)
{
	static struct shrinker shrinker = { .shrink = stack_drain };

	reclaim_register(&shrinker);
}

u64 stack_drain(void)
{
	u64 frames = 0;
	struct page *block;
	void *stack;

	while ((stack = stack_take_cached(&block))) {
		spin_lock(&stack_lock);
		stack_unmap_locked(stack);
		spin_unlock(&stack_lock);
		frame_free(block, STACK_ORDER);
		frames += 1u << STACK_ORDER;
	}
	return frames;
}

u64 stack_tables(void)
{
	return (slots_tried + SLOTS_PER_TABLE - 1) / SLOTS_PER_TABLE;
}

void stack_selftest(void)
{
	struct page *block;

	if (selftest_wanted("kernel-stack"))
		selftest_push_below(stack_alloc(&block));
}
