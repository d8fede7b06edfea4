/* What the heap offers beyond <stdlib.h>; see also <synos/heap.h>. */
#ifndef MALLOC_H
#define MALLOC_H

#include <stddef.h>
#include <stdlib.h>

/* As aligned_alloc(3). */
void *memalign(size_t alignment, size_t size);

/* The bytes at memory that are the caller's, at least as many as were asked for; 0 for NULL. */
size_t malloc_usable_size(void *memory);

/* Prints the statistics on standard error. */
void malloc_stats(void);

#endif
