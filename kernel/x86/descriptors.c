/* GDT and TSS (Intel SDM vol. 3, 3.4.5, 8.7). */
#include "x86/descriptors.h"

#include "x86/cpu.h"
#include "x86/insn.h"
#include "x86/paging.h"
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

/* A stack and, below it, what nothing maps once boot has come so far. */
struct ist_stack {
	u8 guard[PAGE_SIZE];
	u8 bytes[IST_STACK_SIZE];
};

static SEALED u64 gdts[CPU_MAX][10];
static struct tss task_states[CPU_MAX];

/* Of CPU 0. The others' come from who starts them. */
static struct ist_stack boot_ist_stacks[PERCPU_IST_STACKS] ALIGNED(PAGE_SIZE);

struct table_register {
	u16 limit;
	u64 base;
} PACKED;

static void gdt_fill(u64 *gdt, const struct tss *own)
{
	u64 tss = (u64)own;
	gdt[CPU_KERNEL_CS / 8] = SEGMENT_KERNEL_CODE;
	gdt[CPU_KERNEL_SS / 8] = SEGMENT_KERNEL_DATA;
	gdt[CPU_USER_SS / 8] = SEGMENT_USER_DATA;
	gdt[CPU_USER_CS / 8] = SEGMENT_USER_CODE;
	gdt[TSS_SELECTOR / 8] = SEGMENT_TSS | (sizeof(struct tss) - 1) |
		(tss & 0xffffff) << 16 | (tss >> 24 & 0xff) << 56;
	gdt[TSS_SELECTOR / 8 + 1] = tss >> 32;
}

static void tss_fill(struct tss *tss, const u64 *ist_stacks)
{
	for (u32 i = 0; i < PERCPU_IST_STACKS; i++)
		tss->ist[i] = ist_stacks[i];
	tss->io_map = sizeof(struct tss);	/* none: ports are the kernel's */
}

void descriptors_boot_stacks(void)
{
	for (u32 i = 0; i < PERCPU_IST_STACKS; i++)
		percpu_boot.ist_stacks[i] = (u64)boot_ist_stacks[i].bytes + IST_STACK_SIZE;
}

void descriptors_init(void)
{
	struct percpu *cpu = percpu_self();
	struct table_register gdtr = { sizeof(gdts[0]) - 1, (u64)gdts[cpu->id] };
	struct tss *tss = &task_states[cpu->id];
	gdt_fill(gdts[cpu->id], tss);
	tss_fill(tss, cpu->ist_stacks);
	cpu->tss = tss;
	/* The selectors loaded at boot name the same segments in this table. */
	__asm__ volatile("lgdt %0" : : "m"(gdtr));
	__asm__ volatile("ltr %w0" : : "r"(TSS_SELECTOR));
}

void descriptors_guard_stacks(void)
{
	for (u32 i = 0; i < ARRAY_SIZE(boot_ist_stacks); i++)
		paging_unmap_kernel((u64)boot_ist_stacks[i].guard, 1);
}

void *descriptors_ist_bottom(u32 ist)
{
	return boot_ist_stacks[ist - 1].bytes;
}

void descriptors_load_user_segments(u64 segments)
{
	bool irqs = insn_irq_save();
	__asm__ volatile("mov %k0, %%ds; mov %k1, %%es; mov %k2, %%fs\n\t"
			 "swapgs; mov %k3, %%gs; swapgs"	/* GS's base is the kernel's */
			 :
			 : "r"(segments & 0xffff), "r"(segments >> 16 & 0xffff),
			   "r"(segments >> 32 & 0xffff), "r"(segments >> 48)
			 : "memory");
	insn_irq_restore(irqs);
}

void descriptors_set_stack(u64 top)
{
	struct tss *tss = percpu_self()->tss;
	tss->rsp[0] = top;
}
