/* Page-table entries of user memory. Frames are given back in batches: first the entries go, then the translations that
 * CPUs have cached, then the references, so that no CPU can reach a frame that is free. */
#include "vm/pages.h"
#include "lib/atomic.h"
#include "lib/errno.h"
#include "sched/thread.h"
#include "vm/space.h"

#define BATCH_PAGES	64
#define RELAX_PAGES	1024	/* how many pages are done before others may run */

bool pages_exclusive(const struct page *page)
{
	return page->use == FRAME_ANONYMOUS && ref_count(&page->refs) == 1;
}

/* Accessed and dirty are set from the start: nobody looks at them, and the CPU need not write them. */
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

void pages_map(struct space *space, pte_t *entry, const struct area *area, const struct page *page)
{
	atomic_store(entry, pages_entry(area, page));
	space->resident++;
	if (space->resident > space->resident_peak)
		space->resident_peak = space->resident;
}

/* Every RELAX_PAGES calls. The space's lock is one that may be slept with. */
static void relax_after(u64 *pages)
{
	if (++*pages % RELAX_PAGES == 0)
		sched_relax();
}

struct unmap {
	struct space *space;
	u64 first, last;	/* addresses of this batch */
	u64 done;
	u32 count;
	struct page *batch[BATCH_PAGES];
};

static void unmap_batch(struct unmap *unmap)
{
	if (unmap->count == 0)
		return;
	paging_flush(unmap->space->root, unmap->first, unmap->last + PAGE_SIZE);
	for (u32 i = 0; i < unmap->count; i++)
		page_put(unmap->batch[i]);
	unmap->count = 0;
}

static void unmap_entry(pte_t *entry, u64 address, void *context)
{
	struct unmap *unmap = context;

	if (unmap->count == BATCH_PAGES)
		unmap_batch(unmap);
	if (unmap->count == 0)
		unmap->first = address;
	unmap->last = address;
	unmap->batch[unmap->count++] = page_of(pte_paddr(atomic_exchange(entry, 0)));
	unmap->space->resident--;
	relax_after(&unmap->done);
}

/* A table is freed if the walk covers it whole, so the walk is made wider where that makes it cover a table in which
 * nothing else lies: of 2 MiB, then of 1 GiB, then of 512 GiB. */
static void widen_to_tables(u64 *start, u64 *end, u64 floor, u64 ceiling)
{
	for (u64 size = 512 * PAGE_SIZE; size <= 512 * 512 * 512 * PAGE_SIZE; size *= 512) {
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

void pages_unmap(struct space *space, u64 start, u64 end, u64 floor, u64 ceiling)
{
	struct unmap unmap = { .space = space };

	widen_to_tables(&start, &end, floor, ceiling);
	paging_walk(space->root, start, end, true, unmap_entry, &unmap);
	unmap_batch(&unmap);
}

struct protect {
	const struct area *area;
	u64 first, last;	/* addresses whose entries lost a right; none: first > last */
	u64 done;
};

static void protect_entry(pte_t *entry, u64 address, void *context)
{
	struct protect *protect = context;
	pte_t before = atomic_load_relaxed(entry);
	pte_t after = pages_entry(protect->area, page_of(pte_paddr(before)));
	pte_t lost = (before & ~after & (PTE_PRESENT | PTE_WRITE)) | (after & ~before & PTE_NX);

	relax_after(&protect->done);
	atomic_store(entry, after);
	if (!lost)
		return;
	protect->first = MIN(protect->first, address);
	protect->last = address;
}

static void protect_flush(const struct protect *protect, struct space *space)
{
	if (protect->first <= protect->last)
		paging_flush(space->root, protect->first, protect->last + PAGE_SIZE);
}

void pages_protect(struct space *space, const struct area *area)
{
	struct protect protect = { .area = area, .first = UINT64_MAX };

	paging_walk(space->root, area->start, area->end, false, protect_entry, &protect);
	protect_flush(&protect, space);
}

struct share {
	struct protect parent;
	struct space *child;
	pte_t *table;		/* the child's leaf table for the addresses around table_address, once there is one */
	u64 table_address;
	int error;
};

/* The child's entry for an address; one search a leaf table. */
static pte_t *share_child_entry(struct share *share, u64 address)
{
	u64 table_size = 512 * PAGE_SIZE;
	u64 table_address = ALIGN_DOWN(address, table_size);

	if (!share->table || share->table_address != table_address) {
		share->table = paging_entry(share->child->root, table_address, true);
		share->table_address = table_address;
	}
	return share->table ? share->table + (address - table_address) / PAGE_SIZE : NULL;
}

static void share_entry(pte_t *entry, u64 address, void *context)
{
	struct share *share = context;
	struct page *page = page_of(pte_paddr(atomic_load_relaxed(entry)));
	pte_t *child_entry;

	if (share->error)
		return;
	child_entry = share_child_entry(share, address);
	if (!child_entry) {
		share->error = -ENOMEM;
		return;
	}
	page_get(page);
	pages_map(share->child, child_entry, share->parent.area, page);
	protect_entry(entry, address, &share->parent);
}

int pages_share(struct space *parent, struct space *child, const struct area *area)
{
	struct share share = { .parent = { .area = area, .first = UINT64_MAX }, .child = child };

	paging_walk(parent->root, area->start, area->end, false, share_entry, &share);
	protect_flush(&share.parent, parent);
	return share.error;
}
