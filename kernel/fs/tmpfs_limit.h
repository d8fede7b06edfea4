/* What all files of all tmpfs may hold together: half of the memory that was free at boot, and as
 * many inodes as that has frames. Counted are pages, the nodes that lead to them, names and targets
 * of links. Any context that may allocate. */
#ifndef FS_TMPFS_LIMIT_H
#define FS_TMPFS_LIMIT_H

#include "lib/types.h"

struct page;

/* A frame for a file, with one reference: ERR_PTR(-ENOSPC) if the files hold all they may,
 * ERR_PTR(-ENOMEM). One that has not become a file's, given back. */
MUST_CHECK struct page *tmpfs_page_new(bool zeroed);
void tmpfs_page_drop(struct page *page);
/* So many more pages are files', or fewer, by who has frames of his own or lets go of them. */
void tmpfs_pages_count(s64 pages);

/* Memory of kmalloc's for names and the like; NULL also if the files hold all they may, and may be
 * freed. */
MUST_CHECK void *tmpfs_text_new(size_t size);
void tmpfs_text_free(void *text);

/* An inode is made, unless there are as many as there may be: then false. It goes. */
MUST_CHECK bool tmpfs_inode_charge(void);
void tmpfs_inode_uncharge(void);

/* How much there may be in pages and in inodes, and how much more. */
void tmpfs_count(u64 *pages, u64 *free);
void tmpfs_count_inodes(u64 *inodes, u64 *free);

/* The limits are from now on what the files hold and so many frames more, and as many inodes. */
void tmpfs_set_limit(u64 more);

#endif
