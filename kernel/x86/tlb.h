/* What CPUs remember of page tables (Intel SDM vol. 3, 4.10). A CPU holds translations of user
 * addresses only of the root that it has loaded, since every load of CR3 forgets them; so who has a
 * root loaded is all that a change of its tables has to ask. Each CPU notes here what it loads,
 * before and after it does; who changes a table looks at that after the change. One of the two sees
 * the other.
 *
 * The CPUs concerned are asked by an interrupt, all at once, and the caller waits until each has
 * answered. Meanwhile it answers others, so two may ask each other. The caller holds no spin lock:
 * a CPU that spins for it with interrupts off could not answer. Not for interrupt handlers. */
#ifndef X86_TLB_H
#define X86_TLB_H

#include "lib/types.h"

/* Answers other CPUs from now on. Boot, once. */
void tlb_init(void);

/* Loads CR3, unless it has that root. The root may not be freed but by tlb_leave. */
void tlb_load_root(paddr_t root);
/* Notes what boot has loaded into this CPU's CR3. */
void tlb_note_root(paddr_t root);

/* Every CPU forgets what it knows of [start, end), whole pages: user addresses below a root, or of
 * the kernel's half, which is in all of them. */
void tlb_flush(paddr_t root, u64 start, u64 end);
void tlb_flush_kernel(u64 start, u64 end);
/* A root that no thread uses any more is loaded nowhere afterwards. */
void tlb_leave(paddr_t root);

#endif
