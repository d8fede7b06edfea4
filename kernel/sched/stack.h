/* Kernel stacks: KERNEL_STACK_SIZE bytes each in the kernel's virtual range, with unmapped pages
 * below, so that an overflow is a fault and not a scribble. A few are kept mapped when they are
 * given back, since making one costs changes of page tables. Owns the range from STACKS_BASE; a
 * spin lock of rank LOCK_PAGING. Any context but an interrupt handler; who asks for one holds no
 * spin lock. */
#ifndef SCHED_STACK_H
#define SCHED_STACK_H

#include "lib/types.h"

struct page;

/* A stack: its lowest address, and its frames in *block. NULL if there is no memory. */
MUST_CHECK void *stack_alloc(struct page **block);
void stack_free(void *stack, struct page *block);
/* Boot: those that are kept are given back when memory is short. */
void stack_init(void);
/* Gives the kept ones back to the frame allocator; how many frames. */
u64 stack_drain(void);
/* Frames in the page tables of the range. They stay, so they belong to the machine and not to who
 * made them. */
u64 stack_tables(void);
/* panic=kernel-stack (core/selftest.h): pushes below one. Boot. */
void stack_selftest(void);

#endif
