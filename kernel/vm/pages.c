/* Page-table entries of user memory. Frames are given back in batches: first the entries go, then
 * the translations that CPUs have cached, then the references, so that no CPU can reach a frame
 * that is free. */
#include "vm/pages.h"
#include "core/panic.h"
#include "lib/atomic.h"
#include "lib/errno.h"
#include "sched/thread.h"
#include "vm/space.h"
#include "x86/tlb.h"

#define TABLE_SPAN	(512 * PAGE_SIZE)	/* what a leaf table maps */
#define BATCH_PAGES	64
#define RELAX_PAGES	1024	/* how many pages are done before others may run */

static SEALED struct page *pages_zero;

void pages_init(void)
{
	pages_zero = frame_alloc_zeroed(FRAME_KERNEL);
	if (!pages_zero)
		panic("no memory for the page of zeros");
}

bool pages_exclusive(const struct page *page)
{
	return page->use == FRAME_ANONYMOUS && ref_count(&page->refs) == 1;
}

/* Accessed and dirty are set from the start: nobody looks at them, and the CPU need not write
 * them. */
pte_t pages_entry(const struct area *area, const struct page *page)
{
	pte_t entry = page_paddr(page) | PTE_USER | PTE_ACCESSED;

	if (area->flags & AREA_PROT)
		entry |= PTE_PRESENT;
	if (!(area->flags & AREA_EXEC))
		entry |= PTE_NX;
	if ((area->flags & AREA_WRITE) && ((area->flags & AREA_SHARED) || pages_exclusive(page)))
		entry |= PTE_WRITE | PTE_DIRTY;
	return entry;
}

static void map_entry(struct space *space, pte_t *entry, pte_t value)
{
	atomic_store(entry, value);
	space->resident++;
	if (space->resident > space->resident_peak)
		space->resident_peak = space->resident;
}

void pages_map(struct space *space, pte_t *entry, const struct area *area, const struct page *page)
{
	map_entry(space, entry, pages_entry(area, page));
}

/* Every RELAX_PAGES calls. The space's lock is one that may be slept with. */
static void relax_after(u64 *pages)
{
	if (++*pages % RELAX_PAGES == 0)
		sched_relax();
}

void pages_map_zeros(pte_t *entry, const struct area *area)
{
	atomic_store(entry, pages_entry(area, pages_zero) | PTE_NOBODYS);
}

struct unmap {
	struct space *space;
	u64 first, last;	/* addresses of this batch; none: first is UINT64_MAX */
	u64 done;
	u32 count;
	struct page *batch[BATCH_PAGES];
};

static void unmap_batch(struct unmap *unmap)
{
	if (unmap->first == UINT64_MAX)
		return;
	tlb_flush(unmap->space->root, unmap->first, unmap->last + PAGE_SIZE);
	for (u32 i = 0; i < unmap->count; i++)
		page_put(unmap->batch[i]);
	unmap->count = 0;
	unmap->first = UINT64_MAX;
}

static void unmap_entry(pte_t *entry, u64 address, void *context)
{
	struct unmap *unmap = context;

	if (unmap->count == BATCH_PAGES)
		unmap_batch(unmap);
	if (unmap->first == UINT64_MAX)
		unmap->first = address;
	unmap->last = address;
	pte_t value = atomic_exchange(entry, 0);
	if (likely(!(value & PTE_NOBODYS))) {
		unmap->batch[unmap->count++] = page_of(pte_paddr(value));
		unmap->space->resident--;
	}
	relax_after(&unmap->done);
}

/* A table is freed if the walk covers it whole, so the walk is made wider where that makes it cover
 * a table in which nothing else lies: of 2 MiB, then of 1 GiB, then of 512 GiB. */
static void widen_to_tables(u64 *start, u64 *end, u64 floor, u64 ceiling)
{
	for (u64 size = TABLE_SPAN; size <= TABLE_SPAN * 512 * 512; size *= 512) {
		u64 low = ALIGN_DOWN(*start, size), high = ALIGN_UP(*end, size);

		if (low >= floor && low + size <= ceiling) {
			*start = low;
			*end = MAX(*end, low + size);
		}
		if (high <= ceiling && high - size >= floor) {
			*end = high;
			*start = MIN(*start, high - size);
		}
	}
}

static void keep_entry(pte_t *entry, u64 address, void *context)
{
	(void)entry;
	(void)address;
	relax_after(context);
}

void pages_trim(struct space *space)
{
	u64 seen = 0;

	paging_walk(space->root, 0, USER_END, true, keep_entry, &seen);
	space->trim_seen = seen;
}

/* A program that maps and unmaps little again and again mostly does so in one place. So a small
 * range leaves its tables, and all that are empty are freed when there have been many such ranges
 * for the entries that this met the last time: looking through the tables is then cheap for each. */
static void trim_tables(struct space *space)
{
	if (++space->small_unmaps < 64 + space->trim_seen / 16)
		return;
	space->small_unmaps = 0;
	pages_trim(space);
}

void pages_unmap(struct space *space, u64 start, u64 end, u64 floor, u64 ceiling)
{
	struct unmap unmap = { .space = space, .first = UINT64_MAX };
	bool small = end - start < TABLE_SPAN;

	if (!small)
		widen_to_tables(&start, &end, floor, ceiling);
	paging_walk(space->root, start, end, !small, unmap_entry, &unmap);
	unmap_batch(&unmap);
	if (small && unmap.done > 0)
		trim_tables(space);
}

static void unmap_file_entry(pte_t *entry, u64 address, void *context)
{
	if (page_of(pte_paddr(atomic_load_relaxed(entry)))->use == FRAME_FILE)
		unmap_entry(entry, address, context);
}

void pages_unmap_file(struct space *space, u64 start, u64 end)
{
	struct unmap unmap = { .space = space, .first = UINT64_MAX };

	paging_walk(space->root, start, end, false, unmap_file_entry, &unmap);
	unmap_batch(&unmap);
}

void pages_drop(struct space *space, const struct area *area)
{
	struct unmap unmap = { .space = space, .first = UINT64_MAX };

	paging_walk(space->root, area->start, area->end, false, unmap_entry, &unmap);
	unmap_batch(&unmap);
}

struct protect {
	const struct area *area;
	u64 first, last;	/* addresses whose entries lost a right; none: first > last */
	u64 done;
};

static void protect_lost(struct protect *protect, u64 address)
{
	protect->first = MIN(protect->first, address);
	protect->last = address;
}

static void protect_entry(pte_t *entry, u64 address, void *context)
{
	struct protect *protect = context;
	pte_t before = atomic_load_relaxed(entry);
	pte_t after = pages_entry(protect->area, page_of(pte_paddr(before))) | (before & PTE_NOBODYS);
	pte_t lost = (before & ~after & (PTE_PRESENT | PTE_WRITE)) | (after & ~before & PTE_NX);

	relax_after(&protect->done);
	atomic_store(entry, after);
	if (lost)
		protect_lost(protect, address);
}

static void protect_flush(const struct protect *protect, struct space *space)
{
	if (protect->first <= protect->last)
		tlb_flush(space->root, protect->first, protect->last + PAGE_SIZE);
}

void pages_protect(struct space *space, const struct area *area)
{
	struct protect protect = { .area = area, .first = UINT64_MAX };

	paging_walk(space->root, area->start, area->end, false, protect_entry, &protect);
	protect_flush(&protect, space);
}

/* Where entries are put one after the other: one search a leaf table. */
struct target {
	paddr_t root;
	pte_t *table;		/* the leaf table last used, */
	u64 table_address;	/* which maps the addresses from here on */
};

static void target_find(struct target *target, u64 table_address)
{
	target->table = paging_entry(target->root, table_address, true);
	target->table_address = table_address;
}

/* The entry for an address, in a table that is made if need be; NULL if there is no memory. */
static inline pte_t *target_entry(struct target *target, u64 address)
{
	u64 table_address = ALIGN_DOWN(address, TABLE_SPAN);

	if (unlikely(!target->table || target->table_address != table_address))
		target_find(target, table_address);
	return target->table ? target->table + (address - table_address) / PAGE_SIZE : NULL;
}

struct move {
	struct target target;
	u64 distance;		/* from the old place to the new, modulo 2^64 */
	u64 done;
	int error;
};

static void prepare_entry(pte_t *entry, u64 address, void *context)
{
	struct move *move = context;

	(void)entry;
	if (!move->error && !target_entry(&move->target, address + move->distance))
		move->error = -ENOMEM;
	relax_after(&move->done);
}

int pages_move_prepare(struct space *space, u64 from, u64 to, u64 length)
{
	struct move move = { .target.root = space->root, .distance = to - from };

	paging_walk(space->root, from, from + length, false, prepare_entry, &move);
	return move.error;
}

static void move_entry(pte_t *entry, u64 address, void *context)
{
	struct move *move = context;
	pte_t *target = target_entry(&move->target, address + move->distance);

	atomic_store(target, atomic_exchange(entry, 0));
	relax_after(&move->done);
}

void pages_move(struct space *space, u64 from, u64 to, u64 length)
{
	struct move move = { .target.root = space->root, .distance = to - from };

	paging_walk(space->root, from, from + length, false, move_entry, &move);
	if (move.done > 0)
		tlb_flush(space->root, from, from + length);
}

struct share {
	struct protect parent;
	struct space *child;
	struct target target;
	int error;
};

static void share_entry(pte_t *entry, u64 address, void *context)
{
	struct share *share = context;
	pte_t *child_entry, value;

	relax_after(&share->parent.done);
	value = atomic_load_relaxed(entry);
	/* What has been read only so far the child finds to be zeros by itself. */
	if (share->error || unlikely(value & PTE_NOBODYS))
		return;
	child_entry = target_entry(&share->target, address);
	if (!child_entry) {
		share->error = -ENOMEM;
		return;
	}
	page_get(page_of(pte_paddr(value)));
	if ((value & PTE_WRITE) && !(share->parent.area->flags & AREA_SHARED)) {
		value &= ~PTE_WRITE;
		atomic_store(entry, value);
		protect_lost(&share->parent, address);
	}
	map_entry(share->child, child_entry, value);
}

int pages_share(struct space *parent, struct space *child, const struct area *area)
{
	struct share share = {
		.parent = { .area = area, .first = UINT64_MAX },
		.child = child,
		.target.root = child->root,
	};

	paging_walk(parent->root, area->start, area->end, false, share_entry, &share);
	protect_flush(&share.parent, parent);
	return share.error;
}
