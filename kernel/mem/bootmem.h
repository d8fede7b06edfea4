/* Memory before the frame allocator: hands out whole zeroed frames from the usable ranges, minus
 * the kernel image and the modules, and knows what it gave away so that frame_init can take over
 * the rest. One CPU, boot only; panics when there is none left, since nothing works without
 * these. */
#ifndef MEM_BOOTMEM_H
#define MEM_BOOTMEM_H

#include "lib/types.h"

struct boot_info;

void bootmem_init(const struct boot_info *boot);
/* count zeroed frames in a row, aligned to their size if count is a power of two; their physical
 * address. They lie in what the boot tables map (below 4 GiB). */
paddr_t bootmem_take(size_t count);
/* A frame below 1 MiB, where other CPUs can begin; 0 if none is free there. */
paddr_t bootmem_take_low(void);
/* Calls visit for each range that is still free, sorted; after that nothing may be taken. */
void bootmem_hand_over(void (*visit)(paddr_t start, paddr_t end, void *context), void *context);

#endif
