/* What the heap knows about itself. Bytes are usable bytes (malloc_usable_size(3)): what was
 * asked for, rounded up to what the block holds. */
#ifndef SYNOS_HEAP_H
#define SYNOS_HEAP_H

#include <stddef.h>

struct allocation_stats {
	size_t total_allocations;	/* blocks handed out, and */
	size_t total_deallocations;	/* taken back; a realloc that moves counts one of each */
	size_t bytes_allocated;		/* all bytes handed out so far, growth in place included */
	size_t bytes_freed;		/* all bytes taken back, shrinking in place included */
	size_t peak_usage;		/* the highest current_usage there has been; exact */
	size_t current_usage;		/* bytes_allocated - bytes_freed */
};

/* All six at one moment. */
struct allocation_stats get_allocation_stats(void);

/* 100 x current usage / bytes mapped from the kernel, rounded down; 0 if nothing is mapped. */
unsigned get_heap_usage_percent(void);

#endif
