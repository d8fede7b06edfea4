/* Kernel stacks (sched/stack.h). The range is cut into slots of twice a stack's size; the upper
 * half of a slot is mapped while it is used, the lower half never. The lowest free slot is taken,
 * so that the page tables, which are never given back, stay as few as the most stacks ever alive
 * ask for. */
#include "sched/stack.h"

#include "core/panic.h"
#include "core/selftest.h"
#include "core/spinlock.h"
#include "mem/frame.h"
#include "sched/thread.h"
#include "x86/paging.h"

#define STACKS_BASE	DEVICES_END
#define STACK_ORDER	2
#define STACK_SLOT	(2 * KERNEL_STACK_SIZE)
#define STACK_SLOTS	32768u
#define STACK_CACHE	8
#define SLOTS_PER_TABLE	(512 * PAGE_SIZE / STACK_SLOT)

_Static_assert(KERNEL_STACK_SIZE == PAGE_SIZE << STACK_ORDER, "a stack is one block of frames");

static struct spinlock stack_lock = SPINLOCK_INIT("stack", LOCK_PAGING);
static u64 slots_used[STACK_SLOTS / 64];	/* bit per slot */
static u32 slots_tried;				/* those below it have been mapped once */
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
	slot_give(((u64)stack - STACKS_BASE) / STACK_SLOT);
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

void stack_drain(void)
{
	struct page *block;
	void *stack;

	while ((stack = stack_take_cached(&block))) {
		spin_lock(&stack_lock);
		stack_unmap_locked(stack);
		spin_unlock(&stack_lock);
		frame_free(block, STACK_ORDER);
	}
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
