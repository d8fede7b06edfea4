/* Page tables of four levels (Intel SDM vol. 3, 4.5). Level 3 is the root, level 0 the tables whose
 * entries map 4 KiB pages; entries of level 1 and 2 may map 2 MiB and 1 GiB. Tables are reached
 * through the direct map. */
#include "x86/paging.h"

#include "lib/atomic.h"
#include "lib/errno.h"
#include "lib/string.h"
#include "x86/boot_info.h"
#include "x86/insn.h"
#include "x86/tlb.h"

#define ROOT_LEVEL	3
#define TABLE_ENTRIES	512u
#define LARGE_PAGE	(1ul << 21)
#define KERNEL_TABLE	(PTE_PRESENT | PTE_WRITE)
#define USER_TABLE	(PTE_PRESENT | PTE_WRITE | PTE_USER)

#define CR4_PGE		(1ul << 7)
#define MSR_EFER	0xc0000080u
#define EFER_NXE	(1ul << 11)
#define CPUID_GIANT_PAGES (1u << 26)	/* leaf 0x80000001, edx */

extern char kernel_text_start[], kernel_text_end[], kernel_sealed_start[], kernel_sealed_end[];
extern char kernel_rodata_start[], kernel_rodata_end[], kernel_data_start[], kernel_end[];

SEALED pte_t paging_nx;
static SEALED paddr_t kernel_root;
static u64 devices_next = VIRTUAL_BASE;
static SEALED unsigned direct_level_max;
static SEALED paddr_t (*frames_alloc)(paddr_t root);
static SEALED void (*frames_free)(paddr_t root, paddr_t frame);

void paging_register_frames(
	paddr_t (*alloc)(paddr_t root), void (*free)(paddr_t root, paddr_t frame))
{
	frames_alloc = alloc;
	frames_free = free;
}

/* The bytes that an entry of the level stands for. */
static u64 level_size(unsigned level)
{
	return PAGE_SIZE << 9 * level;
}

static pte_t *table_at(pte_t entry)
{
	return paging_direct(pte_paddr(entry));
}

static pte_t *table_entry(pte_t *table, u64 address, unsigned level)
{
	return &table[address >> (PAGE_SHIFT + 9 * level) & (TABLE_ENTRIES - 1)];
}

/* The entry of the given level for address. Missing tables are made with table_flags; NULL if these
 * are 0, or if there is no memory. */
static pte_t *entry_at(paddr_t root, u64 address, unsigned level, pte_t table_flags)
{
	pte_t *entry = table_entry(table_at(root), address, ROOT_LEVEL);
	for (unsigned at = ROOT_LEVEL; at > level; at--) {
		if (!(*entry & PTE_PRESENT)) {
			paddr_t frame = table_flags ? frames_alloc(root) : 0;
			if (frame == 0)
				return NULL;
			atomic_store(entry, frame | table_flags);
		}
		entry = table_entry(table_at(*entry), address, at - 1);
	}
	return entry;
}

/* The kernel's half. */

static unsigned level_fitting(u64 address, paddr_t frame, u64 size, unsigned level_max)
{
	unsigned level = level_max;
	while (level > 0 &&
	       (!IS_ALIGNED(address | frame, level_size(level)) || size < level_size(level)))
		level--;
	return level;
}

/* Maps whole pages where nothing is mapped. Returns how many bytes have been mapped, fewer than
 * size only for want of memory. */
static u64 map_range(u64 address, paddr_t frame, u64 size, pte_t flags, unsigned level_max)
{
	u64 done = 0;
	flags |= PTE_PRESENT | PTE_GLOBAL | PTE_ACCESSED | (flags & PTE_WRITE ? PTE_DIRTY : 0);
	while (done < size) {
		unsigned level =
			level_fitting(address + done, frame + done, size - done, level_max);
		pte_t *entry = entry_at(kernel_root, address + done, level, KERNEL_TABLE);
		if (entry == NULL)
			break;
		atomic_store(entry, (frame + done) | flags | (level > 0 ? PTE_LARGE : 0));
		done += level_size(level);
	}
	return done;
}

int paging_map_kernel(u64 address, paddr_t frame, size_t pages, pte_t flags)
{
	u64 size = pages * PAGE_SIZE;
	u64 done = map_range(address, frame, size, flags, address < VIRTUAL_BASE ? 1 : 0);
	if (done == size)
		return 0;
	if (address >= VIRTUAL_BASE)
		paging_unmap_kernel(address, done / PAGE_SIZE);
	return -ENOMEM;
}

void paging_unmap_kernel(u64 address, size_t pages)
{
	for (u64 end = address + pages * PAGE_SIZE; address < end; address += PAGE_SIZE) {
		pte_t *entry = entry_at(kernel_root, address, 0, 0);
		if (entry == NULL)
			continue;
		atomic_store(entry, 0);
		insn_invlpg(address);
	}
}

void *paging_map_device(paddr_t address, size_t size)
{
	paddr_t first = PAGE_DOWN(address);
	u64 bytes = PAGE_UP(address + size) - first;
	u64 base = devices_next;
	if (bytes >= LARGE_PAGE)
		base = ALIGN_UP(base, LARGE_PAGE) + (first & (LARGE_PAGE - 1));
	if (base + bytes >= DEVICES_END)
		return NULL;
	devices_next = base + bytes + PAGE_SIZE;	/* one stays unmapped between devices */
	if (map_range(base, first, bytes, PTE_WRITE | PTE_NX | PTE_NOCACHE, 1) < bytes)
		return NULL;
	return (void *)(base + (address - first));
}

/* The final tables. */

static paddr_t image_paddr(const char *symbol)
{
	return (u64)symbol - KERNEL_BASE;
}

static void map_direct_part(paddr_t start, paddr_t end, pte_t flags)
{
	if (start < end)
		map_range(DIRECT_BASE + start, start, end - start, flags | PTE_NX,
			  direct_level_max);
}

/* Maps a range of RAM, the part of it that holds the image's code, sealed data and constants
 * read-only. */
static void map_direct(paddr_t start, paddr_t end)
{
	paddr_t fixed_start = image_paddr(kernel_text_start);
	paddr_t fixed_end = image_paddr(kernel_rodata_end);
	map_direct_part(start, MIN(end, fixed_start), PTE_WRITE);
	map_direct_part(MAX(start, fixed_start), MIN(end, fixed_end), 0);
	map_direct_part(MAX(start, fixed_end), end, PTE_WRITE);
}

static void map_image(const char *start, const char *end, pte_t flags)
{
	map_range((u64)start, image_paddr(start), PAGE_UP((u64)end) - (u64)start, flags, 0);
}

/* Global translations of the boot tables survive a load of CR3, not a change of CR4.PGE. */
static void load_first(paddr_t root)
{
	u64 cr4 = insn_read_cr4();
	insn_write_cr4(cr4 & ~CR4_PGE);
	insn_write_cr3(root);
	insn_write_cr4(cr4);
	tlb_note_root(root);
}

void paging_init(const struct boot_info *boot)
{
	u32 cpuid[4];
	insn_cpuid(0x80000001, 0, cpuid);
	direct_level_max = cpuid[3] & CPUID_GIANT_PAGES ? 2 : 1;
	paging_nx = insn_rdmsr(MSR_EFER) & EFER_NXE ? 1ul << 63 : 0;
	kernel_root = frames_alloc(0);
	for (u32 i = 0; i < boot->usable_count; i++)
		map_direct(boot->usable[i].start, boot->usable[i].end);
	map_image(kernel_text_start, kernel_text_end, 0);
	map_image(kernel_sealed_start, kernel_sealed_end, PTE_WRITE | PTE_NX);
	map_image(kernel_rodata_start, kernel_rodata_end, PTE_NX);
	map_image(kernel_data_start, kernel_end, PTE_WRITE | PTE_NX);
	entry_at(kernel_root, VIRTUAL_BASE, ROOT_LEVEL - 1, KERNEL_TABLE);
	load_first(kernel_root);
}

void paging_seal(void)
{
	u64 end = (u64)kernel_sealed_end;
	for (u64 address = (u64)kernel_sealed_start; address < end; address += PAGE_SIZE)
		atomic_fetch_and(entry_at(kernel_root, address, 0, 0), ~(PTE_WRITE | PTE_DIRTY));
	tlb_flush_kernel((u64)kernel_sealed_start, end);
}

paddr_t paging_kernel_root(void)
{
	return kernel_root;
}

/* Roots and user tables. */

paddr_t paging_root_new(void)
{
	paddr_t root = frames_alloc(0);
	if (root == 0)
		return 0;
	u64 half = PAGE_SIZE / 2;
	memcpy(paging_direct(root + half), paging_direct(kernel_root + half), half);
	return root;
}

static void free_tables_below(paddr_t root, pte_t *table, unsigned level)
{
	u32 count = level == ROOT_LEVEL ? TABLE_ENTRIES / 2 : TABLE_ENTRIES;
	for (u32 i = 0; i < count; i++) {
		if (table[i] == 0)
			continue;
		if (level > 1)
			free_tables_below(root, table_at(table[i]), level - 1);
		frames_free(root, pte_paddr(table[i]));
	}
}

void paging_root_free(paddr_t root)
{
	tlb_leave(root);
	free_tables_below(root, table_at(root), ROOT_LEVEL);
	frames_free(0, root);
}

void paging_root_load(paddr_t root)
{
	tlb_load_root(root != 0 ? root : kernel_root);
}

pte_t *paging_entry(paddr_t root, u64 address, bool create)
{
	return entry_at(root, address, 0, create ? USER_TABLE : 0);
}

struct walk {
	void (*visit)(pte_t *entry, u64 address, void *context);
	void *context;
	bool free_tables;
	paddr_t unhooked;	/* a chain of tables not in use any more, by their first words */
};

static bool table_is_empty(const pte_t *table)
{
	for (u32 i = 0; i < TABLE_ENTRIES; i++)
		if (table[i] != 0)
			return false;
	return true;
}

/* A table goes into the chain and not back at once, since a CPU may still walk through it from a
 * cached upper entry. The link is a frame's address, which for such a CPU is an entry that is not
 * present. */
static void walk_unhook(struct walk *walk, pte_t *entry)
{
	paddr_t frame = pte_paddr(*entry);
	atomic_store(entry, 0);
	*table_at(frame) = walk->unhooked;
	walk->unhooked = frame;
}

static void walk_table(struct walk *walk, pte_t *table, unsigned level, u64 start, u64 end)
{
	u64 size = level_size(level);
	for (u64 address = start, next; address < end; address = next) {
		pte_t *entry = table_entry(table, address, level);
		next = MIN(ALIGN_DOWN(address, size) + size, end);
		if (atomic_load_relaxed(entry) == 0)
			continue;
		if (level == 0) {
			walk->visit(entry, address, walk->context);
			continue;
		}
		pte_t *below = table_at(*entry);
		walk_table(walk, below, level - 1, address, next);
		if (walk->free_tables && next - address == size && table_is_empty(below))
			walk_unhook(walk, entry);
	}
}

void paging_walk(paddr_t root, u64 start, u64 end, bool free_tables,
		 void (*visit)(pte_t *entry, u64 address, void *context), void *context)
{
	struct walk walk = { visit, context, free_tables, 0 };
	walk_table(&walk, table_at(root), ROOT_LEVEL, start, end);
	/* INVLPG of any address forgets all cached upper entries (SDM vol. 3, 4.10.4.1). */
	if (walk.unhooked != 0)
		tlb_flush(root, start, start + PAGE_SIZE);
	while (walk.unhooked != 0) {
		paddr_t frame = walk.unhooked;
		walk.unhooked = *table_at(frame);
		frames_free(root, frame);
	}
}
