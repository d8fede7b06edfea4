/* GDT and TSS (Intel SDM vol. 3, 3.4.5, 8.7). */
#include "x86/descriptors.h"

#include "x86/cpu.h"
#include "x86/percpu.h"

#define IST_STACK_SIZE	(2 * PAGE_SIZE)
#define TSS_SELECTOR	0x40

#define SEGMENT_KERNEL_CODE	0x00af9b000000ffffull
#define SEGMENT_KERNEL_DATA	0x00cf93000000ffffull
#define SEGMENT_USER_CODE	0x00affb000000ffffull
#define SEGMENT_USER_DATA	0x00cff3000000ffffull
#define SEGMENT_TSS		(0x89ull << 40)

struct tss {
	u32 reserved0;
	u64 rsp[3];
	u64 reserved1;
	u64 ist[7];
	u64 reserved2;
	u16 reserved3;
	u16 io_map;
} PACKED;
_Static_assert(sizeof(struct tss) == 104, "the CPU reads it");

struct descriptors {
	u64 gdt[10];
	struct tss tss;
	u8 ist_stacks[3][IST_STACK_SIZE] ALIGNED(16);
};

/* Of CPU 0. The others will bring theirs from the frame allocator. */
static struct descriptors boot_descriptors;

struct table_register {
	u16 limit;
	u64 base;
} PACKED;

static void gdt_fill(struct descriptors *own)
{
	u64 tss = (u64)&own->tss;
	own->gdt[CPU_KERNEL_CS / 8] = SEGMENT_KERNEL_CODE;
	own->gdt[CPU_KERNEL_SS / 8] = SEGMENT_KERNEL_DATA;
	own->gdt[CPU_USER_SS / 8] = SEGMENT_USER_DATA;
	own->gdt[CPU_USER_CS / 8] = SEGMENT_USER_CODE;
	own->gdt[TSS_SELECTOR / 8] = SEGMENT_TSS | (sizeof(struct tss) - 1) |
		(tss & 0xffffff) << 16 | (tss >> 24 & 0xff) << 56;
	own->gdt[TSS_SELECTOR / 8 + 1] = tss >> 32;
}

static void tss_fill(struct descriptors *own)
{
	for (u32 i = 0; i < ARRAY_SIZE(own->ist_stacks); i++)
		own->tss.ist[i] = (u64)own->ist_stacks[i] + IST_STACK_SIZE;
	own->tss.io_map = sizeof(struct tss);	/* none: ports are the kernel's */
}

void descriptors_init(void)
{
	struct descriptors *own = &boot_descriptors;
	struct table_register gdtr = { sizeof(own->gdt) - 1, (u64)own->gdt };
	gdt_fill(own);
	tss_fill(own);
	percpu_self()->tss = &own->tss;
	/* The selectors loaded at boot name the same segments in this table. */
	__asm__ volatile("lgdt %0" : : "m"(gdtr));
	__asm__ volatile("ltr %w0" : : "r"(TSS_SELECTOR));
}

void descriptors_set_stack(u64 top)
{
	struct tss *tss = percpu_self()->tss;
	tss->rsp[0] = top;
}
