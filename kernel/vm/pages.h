/* What is mapped in the tables of a space: entries, the references to frames that they hold, and
 * the space's count of resident pages. Which frame belongs where is decided in vm/fault.c. All
 * under the space's lock; the functions over ranges let other threads run now and then.
 *
 * An entry that is not 0 holds a reference to its frame. It is present if its area allows any
 * access: a page of an area without rights keeps its frame and what is in it.
 *
 * Private memory that has only been read shows one page of zeros, the same everywhere. Its entries
 * are PTE_NOBODYS: they hold no reference, are never writable, and do not count as resident. */
#ifndef VM_PAGES_H
#define VM_PAGES_H

#include "lib/types.h"
#include "mem/frame.h"
#include "x86/paging.h"

struct area;
struct space;

/* Makes the page of zeros. Boot. */
void pages_init(void);

/* Whether a frame is private memory that nobody else sees: it may be written in place. */
bool pages_exclusive(const struct page *page);
/* The entry that maps the frame in the area: writable only if the area is and nobody else would see
 * the change, or all are meant to. */
pte_t pages_entry(const struct area *area, const struct page *page);

/* Maps a frame at an entry that is 0 or PTE_NOBODYS; the entry takes over the caller's reference. */
void pages_map(struct space *space, pte_t *entry, const struct area *area, const struct page *page);
/* Shows the page of zeros at an entry that is 0. */
void pages_map_zeros(pte_t *entry, const struct area *area);
/* Unmaps everything in [start, end), and frees page tables that nothing in [floor, ceiling) around
 * it needs any more: at once those of large ranges, now and then those that small ones leave. */
void pages_unmap(struct space *space, u64 start, u64 end, u64 floor, u64 ceiling);
/* Unmaps pages of files alone, not private copies. */
void pages_unmap_file(struct space *space, u64 start, u64 end);
/* Unmaps an area of a space that is going; the tables go with its root. */
void pages_drop(struct space *space, const struct area *area);
/* Makes the entries in an area as its changed flags have them. */
void pages_protect(struct space *space, const struct area *area);
/* Frees all page tables that are empty. */
void pages_trim(struct space *space);
/* mremap: makes the tables for pages that will move to a free range, and moves them. -ENOMEM: some
 * tables may have been made. */
MUST_CHECK int pages_move_prepare(struct space *space, u64 from, u64 to, u64 length);
void pages_move(struct space *space, u64 from, u64 to, u64 length);
/* fork: maps the frames of an area in the child too, and takes away the right to write to private
 * ones on both sides. -ENOMEM: some are mapped. */
MUST_CHECK int pages_share(struct space *parent, struct space *child, const struct area *area);

#endif
