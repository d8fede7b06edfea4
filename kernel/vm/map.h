/* The calls that change what is mapped where: mmap(2), munmap(2), mprotect(2), brk(2), for the
 * system calls of that name, with Linux's errors in Linux's order. They take the space's lock
 * themselves, and may sleep. A call that fails with -ENOMEM has changed nothing; only
 * space_protect, as the manual page has it, may have changed the areas before the one it could
 * not. */
#ifndef VM_MAP_H
#define VM_MAP_H

#include "lib/types.h"

struct backing;
struct list_node;
struct space;

#define SPACE_MIN	0x10000ul	/* nothing is mapped below, so that NULL->field faults */
#define SPACE_AREAS_MAX	65530u		/* areas of a space; as Linux's vm.max_map_count */

/* mmap(2) without its descriptor: prot and flags are ABI_PROT_, ABI_MAP_ bits. backing is NULL for
 * MAP_ANONYMOUS; else it gets its references by its own operations, and the caller keeps the one it
 * has. max_prot (AREA_PROT bits; AREA_PROT for anonymous memory) is what mmap and mprotect may
 * allow: reading as the open mode has it, and writing, unless it is a shared mapping of a file not
 * open for it.
 * Returns the address, or -EINVAL, -ENOMEM, -EEXIST, -EPERM (below SPACE_MIN),
 * -EACCES, -EOPNOTSUPP, -EOVERFLOW. */
long space_map(struct space *space, u64 address, u64 length, int prot, int flags,
	struct backing *backing, u64 offset, u32 max_prot);
int space_unmap(struct space *space, u64 address, u64 length);
int space_protect(struct space *space, u64 address, u64 length, int prot);
/* The new break, or the old one if it cannot be. */
u64 space_brk(struct space *space, u64 address);

/* exec: an area at a fixed place with the given AREA_ flags (AREA_MAX_ALL is added); offset and the
 * range are whole pages. -EEXIST if something is there, -EINVAL if the range is no user memory,
 * -ENOMEM. */
MUST_CHECK int space_map_area(
	struct space *space, u64 start, u64 end, u32 flags, struct backing *backing, u64 offset);

/* For vm/, under the lock.
 *
 * Whether one call asks for more writable memory than there can be. */
bool map_overcommits(const struct backing *backing, u32 area_flags, u64 length);
/* Where length free bytes are: as high as possible below mmap_top, else above. -ENOMEM. */
long map_place(struct space *space, u64 length);
/* -ENOMEM, and then nothing has changed. */
MUST_CHECK int map_unmap_locked(
	struct space *space, u64 start, u64 end, struct list_node *spares);

#endif
