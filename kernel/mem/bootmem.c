/* Memory before the frame allocator: a sorted list of free ranges, made from the usable ranges by
 * cutting out what is taken already. Frames are taken from the top, so that what remains below is
 * in few, large pieces. */
#include "mem/bootmem.h"

#include "core/panic.h"
#include "lib/string.h"
#include "x86/boot_info.h"
#include "x86/paging.h"

#define BOOT_MAPPED_END	(1ul << 32)	/* of the direct map in the boot tables */
#define LOW_END		(1ul << 20)	/* what a CPU can reach in real mode */
/* Each cut of the image, a module or frame 0 leaves at most one range more. */
#define FREE_MAX	(BOOT_RANGES_MAX + BOOT_MODULES_MAX + 2)

static struct boot_range free_ranges[FREE_MAX];
static u32 free_count;
static bool handed_over;

static void range_remove(u32 index)
{
	free_count--;
	memmove(&free_ranges[index], &free_ranges[index + 1],
		(free_count - index) * sizeof(free_ranges[0]));
}

static void range_insert(u32 index, paddr_t start, paddr_t end)
{
	ASSERT(free_count < FREE_MAX);
	memmove(&free_ranges[index + 1], &free_ranges[index],
		(free_count - index) * sizeof(free_ranges[0]));
	free_ranges[index] = (struct boot_range){ start, end };
	free_count++;
}

/* Takes [start, end) out of the free ranges, as far as it is in them. */
static void range_cut(paddr_t start, paddr_t end)
{
	for (u32 i = free_count; i-- > 0;) {
		struct boot_range old = free_ranges[i];
		if (old.end <= start || end <= old.start)
			continue;
		range_remove(i);
		if (end < old.end)
			range_insert(i, end, old.end);
		if (old.start < start)
			range_insert(i, old.start, start);
	}
}

static bool in_usable(const struct boot_info *boot, const struct boot_range *range)
{
	for (u32 i = 0; i < boot->usable_count; i++)
		if (boot->usable[i].start <= range->start && range->end <= boot->usable[i].end)
			return true;
	return false;
}

static paddr_t table_take(paddr_t root)
{
	(void)root;
	return bootmem_take(1);
}

void bootmem_init(const struct boot_info *boot)
{
	memcpy(free_ranges, boot->usable, boot->usable_count * sizeof(free_ranges[0]));
	free_count = boot->usable_count;
	range_cut(0, PAGE_SIZE);	/* so that 0 is never the address of a frame */
	range_cut(PAGE_DOWN(boot->kernel.start), PAGE_UP(boot->kernel.end));
	for (u32 i = 0; i < boot->module_count; i++) {
		const struct boot_range *module = &boot->modules[i];
		if (!in_usable(boot, module))
			panic("boot module %u at %#lx is not in usable memory", i, module->start);
		range_cut(PAGE_DOWN(module->start), PAGE_UP(module->end));
	}
	paging_register_frames(table_take, NULL);	/* nothing frees a table before frame_init */
}

/* Where `size` bytes lie at the top of the range, below what the boot tables map and aligned; 0:
 * nowhere. */
static paddr_t range_fit(const struct boot_range *range, u64 size, u64 alignment)
{
	u64 end = MIN(range->end, BOOT_MAPPED_END);
	if (end < size)
		return 0;
	paddr_t start = ALIGN_DOWN(end - size, alignment);
	return start >= range->start ? start : 0;
}

paddr_t bootmem_take(size_t count)
{
	u64 size = count * PAGE_SIZE;
	u64 alignment = (count & (count - 1)) == 0 ? size : PAGE_SIZE;
	ASSERT(!handed_over && count > 0);
	for (u32 i = free_count; i-- > 0;) {
		paddr_t start = range_fit(&free_ranges[i], size, alignment);
		if (start == 0)
			continue;
		range_cut(start, start + size);
		memset(paging_direct(start), 0, size);
		return start;
	}
	panic("out of memory: no %lu frames in a row at boot", count);
}

paddr_t bootmem_take_low(void)
{
	ASSERT(!handed_over);
	if (free_count == 0 || free_ranges[0].start >= LOW_END)
		return 0;
	paddr_t frame = free_ranges[0].start;
	range_cut(frame, frame + PAGE_SIZE);
	return frame;
}

void bootmem_hand_over(void (*visit)(paddr_t start, paddr_t end, void *context), void *context)
{
	handed_over = true;
	for (u32 i = 0; i < free_count; i++)
		visit(free_ranges[i].start, free_ranges[i].end, context);
}
