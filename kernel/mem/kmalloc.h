/* Memory of any size for the kernel: up to 2 KiB in caches of powers of two (mem/slab.h), larger
 * sizes in whole blocks of frames, up to the largest. Context and alignment as there. */
#ifndef MEM_KMALLOC_H
#define MEM_KMALLOC_H

#include "lib/types.h"

MUST_CHECK void *kmalloc(size_t size);
MUST_CHECK void *kmalloc_zeroed(size_t size);
void kfree(void *pointer);	/* NULL is fine */
/* How many bytes an allocation takes. */
size_t kmalloc_size(const void *pointer);

/* How many are blocks of frames now. */
u64 kmalloc_blocks(void);

#endif
