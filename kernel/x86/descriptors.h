/* Segment descriptors and task state of each CPU. The segments are flat; the task state only names
 * stacks: that of the current thread for entries from user mode, and stacks of their own for NMI,
 * double fault and machine check, which may come when no other stack can be trusted. */
#ifndef X86_DESCRIPTORS_H
#define X86_DESCRIPTORS_H

#include "lib/types.h"

#define DESCRIPTORS_IST_NMI	1
#define DESCRIPTORS_IST_DF	2
#define DESCRIPTORS_IST_MC	3

/* Gives CPU 0's per-CPU block its stacks for NMI, double fault and machine check. */
void descriptors_boot_stacks(void);
/* Loads this CPU's GDT and TSS. Its per-CPU block, with those stacks, is in GS. Before
 * paging_seal. */
void descriptors_init(void);

/* Unmaps a page below each of those stacks of CPU 0. After paging_init. */
void descriptors_guard_stacks(void);
/* The lowest byte of one of CPU 0's, DESCRIPTORS_IST_. For core/selftest.c. */
void *descriptors_ist_bottom(u32 ist);

/* DS, ES, FS and GS, which only user mode uses, from the lowest 16 bits up. Nearly always 0. */
static inline u64 descriptors_user_segments(void)
{
	u64 ds, es, fs, gs;
	__asm__ volatile("mov %%ds, %k0; mov %%es, %k1; mov %%fs, %k2; mov %%gs, %k3"
			 : "=r"(ds), "=r"(es), "=r"(fs), "=r"(gs));
	return ds | es << 16 | fs << 32 | gs << 48;
}
/* Loads what user mode once had. The bases of FS and GS in user mode are undefined then. */
void descriptors_load_user_segments(u64 segments);

/* The stack for entries from user mode, from now on. Interrupts off. */
void descriptors_set_stack(u64 top);

#endif
