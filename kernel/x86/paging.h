/* Page tables: mechanism only. Owns the kernel's half of every address space and the layout of
 * entries; which user page is mapped where is decided in vm.
 *
 * Virtual layout (four levels):
 *	0 .. USER_END			the process (the last page is never mapped: a SYSCALL at its
 *					end could otherwise return to a non-canonical address)
 *	DIRECT_BASE ..			all RAM, in the largest pages the CPU has
 *	FRAMES_BASE ..			struct page of every frame, backed where there is RAM
 *	VIRTUAL_BASE .. DEVICES_END	device registers
 *	DEVICES_END .. VIRTUAL_END	kernel stacks with guard pages
 *	KERNEL_BASE ..			the image, linked at KERNEL_BASE + its physical address
 *
 * The direct map has exactly the usable ranges of the memory map, writable and never executable. So
 * a stray write through it can hit no device and no firmware table, nor the kernel's code, sealed
 * data and constants: their frames are read-only in it too.
 *
 * Every top-level entry of the kernel's half that will ever be used exists before the first process
 * does. So roots share the tables below them, and a change of the kernel's half needs to be made
 * only once.
 *
 * Locking: the functions on a user table want the address space's lock held by the caller; those
 * that change the kernel's half are for boot, or for callers that serialise themselves
 * (sched/stack.c does, with a lock of rank LOCK_PAGING). None may be called in an interrupt
 * handler. The CPU sets PTE_ACCESSED and PTE_DIRTY in user leaf entries at any time: change a
 * present entry by the operations of lib/atomic.h. */
#ifndef X86_PAGING_H
#define X86_PAGING_H

#include "lib/types.h"

#define USER_END	0x00007ffffffff000ul
#ifndef DIRECT_BASE	/* host tests bring their own */
#define DIRECT_BASE	0xffff800000000000ul
#define FRAMES_BASE	0xffffc00000000000ul
#endif
#define VIRTUAL_BASE	0xffffd00000000000ul
#define DEVICES_END	0xffffd04000000000ul
#define VIRTUAL_END	0xffffd08000000000ul	/* 512 GiB: one top-level entry */
#define KERNEL_BASE	0xffffffff80000000ul

static inline void *paging_direct(paddr_t address)
{
	return (void *)(DIRECT_BASE + address);
}

/* The physical address behind a pointer into the direct map. */
static inline paddr_t paging_direct_paddr(const void *pointer)
{
	return (u64)pointer - DIRECT_BASE;
}

typedef u64 pte_t;

#define PTE_PRESENT	(1ul << 0)
#define PTE_WRITE	(1ul << 1)
#define PTE_USER	(1ul << 2)
#define PTE_NOCACHE	(1ul << 4)
#define PTE_ACCESSED	(1ul << 5)
#define PTE_DIRTY	(1ul << 6)
#define PTE_LARGE	(1ul << 7)
#define PTE_GLOBAL	(1ul << 8)
#define PTE_NOBODYS	(1ul << 9)	/* the CPU ignores it; vm/pages.h */
#define PTE_NX		(paging_nx)	/* bit 63; 0 on a CPU to which that is reserved */
#define PTE_ADDRESS	0x000ffffffffff000ul

extern pte_t paging_nx;

static inline paddr_t pte_paddr(pte_t entry)
{
	return entry & PTE_ADDRESS;
}

/* Where frames for tables come from: zeroed ones, 0 if there is none. root is whose table it is; 0: it
 * is a root itself. mem registers boot memory first, later the frame allocator. */
void paging_register_frames(
	paddr_t (*alloc)(paddr_t root), void (*free)(paddr_t root, paddr_t frame));

/* Builds the kernel's final tables and loads them: the direct map, the image with W^X, everything
 * NX where the CPU can. Called once by main, with boot memory registered, after EFER.NXE has been
 * set. */
struct boot_info;
void paging_init(const struct boot_info *boot);

/* Makes the SEALED data of the image read-only. The end of boot. */
void paging_seal(void);

/* Kernel half. Maps or unmaps pages at a VIRTUAL_BASE or FRAMES_BASE address where nothing is
 * mapped; missing tables are made (and stay). -ENOMEM, and then nothing has been mapped. flags:
 * PTE_WRITE, PTE_NX, PTE_NOCACHE. What lies below VIRTUAL_BASE gets large pages where it can, and
 * can therefore not be unmapped again. */
MUST_CHECK int paging_map_kernel(u64 address, paddr_t frame, size_t pages, pte_t flags);
/* Only this CPU forgets what it knows of the pages: tlb_flush_kernel before the addresses are used
 * again. */
void paging_unmap_kernel(u64 address, size_t pages);

/* Maps device registers, uncached, at addresses that are never given back. Any address and size;
 * NULL if there is no memory for tables. For boot. */
void *paging_map_device(paddr_t address, size_t size);

/* A new root whose kernel half is the kernel's; 0 if there is no memory. The user half is empty. */
MUST_CHECK paddr_t paging_root_new(void);
/* Frees a root and the tables of its user half; no leaf may be left in it, and no thread may use it.
 * CPUs that still have it loaded leave it. Holds no spin lock. */
void paging_root_free(paddr_t root);
/* Loads a root into CR3 unless it is there. 0 loads the kernel's own. */
void paging_root_load(paddr_t root);
/* The kernel's own, which another CPU begins with. */
paddr_t paging_kernel_root(void);

/* The leaf entry of a user address, or NULL if no table leads there. With create, missing tables
 * are made; then NULL means that there is no memory. */
pte_t *paging_entry(paddr_t root, u64 address, bool create);

/* Calls visit for every non-zero leaf entry in [start, end), whole pages, in order, skipping what
 * has no table. visit may change the entry. With free_tables, tables that the range covers whole
 * and that are empty afterwards are freed; no CPU can reach them any more then. The translations of
 * the leaves are the caller's to flush (x86/tlb.h). */
void paging_walk(paddr_t root, u64 start, u64 end, bool free_tables,
		 void (*visit)(pte_t *entry, u64 address, void *context), void *context);

#endif
