/* The newc archive format of cpio(5), read in place. Pure; every access is checked against the
 * archive's size, so a damaged archive gives an error and nothing else. */
#ifndef FS_CPIO_H
#define FS_CPIO_H

#include "lib/types.h"

struct cpio_entry {
	u32 inode, mode, uid, gid, links;
	const char *name;	/* in the archive, with NUL */
	size_t name_length;
	u64 data, size;		/* of the contents: where they begin in the archive, and bytes */
};

/* Reads the header at *offset and moves *offset behind the entry. 1; 0 at the trailer; -EINVAL if
 * there is no sound entry, and *offset stays. */
int cpio_next(const void *archive, u64 size, u64 *offset, struct cpio_entry *entry);

#endif
