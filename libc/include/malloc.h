/* What the heap offers beyond <stdlib.h>; see also <synos/heap.h>. */
#ifndef MALLOC_H
#define MALLOC_H

#include <stddef.h>
#include <stdlib.h>

/* As aligned_alloc(3). */
void *memalign(size_t alignment, size_t size);

/* The bytes at memory that are the caller's, at least as many as were asked for; 0 for NULL. */
size_t malloc_usable_size(void *memory);

/* heap_trim of <synos/heap.h>, whatever keep is. */
int malloc_trim(size_t keep);

/* As glibc's. Fields that make no sense here are 0. */
struct mallinfo2 {
	size_t arena;			/* bytes held from the kernel */
	size_t ordblks;			/* free blocks */
	size_t smblks;
	size_t hblks, hblkhd;
	size_t usmblks, fsmblks;
	size_t uordblks, fordblks;	/* bytes of blocks in use, and of free ones */
	size_t keepcost;
};
struct mallinfo2 mallinfo2(void);

/* Prints the statistics on standard error. */
void malloc_stats(void);

#endif
