/* Segment descriptors and task state of each CPU. The segments are flat; the task state only names
 * stacks: that of the current thread for entries from user mode, and stacks of their own for NMI,
 * double fault and machine check, which may come when no other stack can be trusted. */
#ifndef X86_DESCRIPTORS_H
#define X86_DESCRIPTORS_H

#include "lib/types.h"

#define DESCRIPTORS_IST_NMI	1
#define DESCRIPTORS_IST_DF	2
#define DESCRIPTORS_IST_MC	3

/* Loads this CPU's GDT and TSS. Its per-CPU block is in GS. */
void descriptors_init(void);

/* The stack for entries from user mode, from now on. Interrupts off. */
void descriptors_set_stack(u64 top);

#endif
