/* The page cache: the pages of one file that are in memory, by their index. It is the file's
 * backing, so that a mapping of the file maps these frames and nothing is ever in memory twice.
 *
 * A page in the cache has one reference of the cache's; who finds one gets a reference of its own
 * and may use the page after the cache has let it go (it is then simply no longer the file's). The
 * mutex (rank MUTEX_PAGES) is taken inside; all functions may sleep, and may be called under an
 * address space's mutex. */
#ifndef FS_PAGECACHE_H
#define FS_PAGECACHE_H

#include "fs/radix.h"
#include "sched/mutex.h"
#include "vm/space.h"

struct page;

struct pagecache {
	struct backing backing;
	struct mutex lock;
	struct radix pages;
	u64 count;		/* pages in it */
};

void pagecache_init(struct pagecache *cache, const struct backing_ops *ops);
/* The page at index, with a reference; NULL if there is none. */
MUST_CHECK struct page *pagecache_find(struct pagecache *cache, u64 index);
/* Puts a frame of use FRAME_FILE there; on success the cache has a reference of its own. -EEXIST,
 * -ENOMEM. */
MUST_CHECK int pagecache_insert(struct pagecache *cache, u64 index, struct page *page);
/* The same, only if the page begins below the file's size, an atomic word, at that moment; else
 * -EFAULT. So nothing is put behind the end of a file by who does not hold what its size is changed
 * under: who makes the file shorter sets the size first and removes pages then. */
MUST_CHECK int pagecache_insert_below(
	struct pagecache *cache, u64 index, struct page *page, const u64 *size);
/* Lets the pages from index first to last go; how many they were. Mappings keep theirs until
 * backing_unmap. */
u64 pagecache_remove(struct pagecache *cache, u64 first, u64 last);

#endif
