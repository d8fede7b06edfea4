/* Anonymous memory that processes share (MAP_SHARED | MAP_ANONYMOUS): a backing that is a file
 * without a name. Its pages come zeroed when they are first touched, and live until no area maps
 * them. */
#ifndef VM_SHARED_H
#define VM_SHARED_H

#include "lib/types.h"

struct backing;

/* One of size bytes, whole pages, with one reference; NULL if there is no memory. */
MUST_CHECK struct backing *shared_new(u64 size);

#endif
