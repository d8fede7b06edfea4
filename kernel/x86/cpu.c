/* CPUID, control registers and model-specific registers (Intel SDM vol. 3, 2.5; vol. 4). */
#include "x86/cpu.h"

#include "lib/string.h"
#include "x86/fpu.h"
#include "x86/insn.h"
#include "x86/percpu.h"

#define CR0_MP		(1ul << 1)
#define CR0_EM		(1ul << 2)
#define CR0_TS		(1ul << 3)
#define CR0_NE		(1ul << 5)
#define CR0_WP		(1ul << 16)
#define CR0_AM		(1ul << 18)
#define CR4_MCE		(1ul << 6)	/* without it a machine check ends in silence */
#define CR4_PGE		(1ul << 7)
#define CR4_UMIP	(1ul << 11)
#define CR4_SMEP	(1ul << 20)
#define CR4_SMAP	(1ul << 21)

#define CPUID_EXTENDED	0x80000000u
#define CPUID_BRAND	0x80000002u	/* and the next two */

#define MSR_EFER	0xc0000080u
#define MSR_STAR	0xc0000081u
#define MSR_LSTAR	0xc0000082u
#define MSR_SFMASK	0xc0000084u
#define EFER_SCE	(1ul << 0)

/* What SYSCALL clears: TF, IF, DF, IOPL, NT, RF and AC. */
#define SYSCALL_FLAGS	0x57700ul

SEALED struct cpu_features cpu_features;

static u32 no_work;

/* Works from the first instruction of C. */
struct percpu percpu_boot = { .self = &percpu_boot, .current_work = &no_work };
struct percpu *percpu_blocks[CPU_MAX] = { &percpu_boot };
u32 percpu_count = 1;

extern void syscall_entry(void);
extern const u64 smap_patches_start[], smap_patches_end[];

/* Each entry of the list is the address of a three-byte NOP, bit 0 set where it closes user
 * memory. */
static void patch_smap(void)
{
	for (const u64 *entry = smap_patches_start; entry < smap_patches_end; entry++) {
		u8 *place = (u8 *)(*entry & ~1ul);
		place[0] = 0x0f;
		place[1] = 0x01;
		place[2] = *entry & 1 ? 0xca : 0xcb;	/* clac, stac */
	}
}

void cpu_detect(void)
{
	u32 one[4], seven[4] = { 0 };
	insn_cpuid(0, 0, one);
	if (one[0] >= 7)
		insn_cpuid(7, 0, seven);
	insn_cpuid(1, 0, one);
	cpu_features = (struct cpu_features){
		.machine_check = one[3] & 1u << 7,
		.global_pages = one[3] & 1u << 13,
		.rdrand = one[2] & 1u << 30,
		.smep = seven[1] & 1u << 7,
		.rdseed = seven[1] & 1u << 18,
		.smap = seven[1] & 1u << 20,
		.umip = seven[2] & 1u << 2,
	};
	if (cpu_features.smap)
		patch_smap();
	fpu_detect();
}

static void control_registers_init(void)
{
	u64 cr4 = insn_read_cr4();
	insn_write_cr0((insn_read_cr0() & ~(CR0_EM | CR0_TS)) | CR0_MP | CR0_NE | CR0_WP | CR0_AM);
	cr4 |= cpu_features.machine_check ? CR4_MCE : 0;
	cr4 |= cpu_features.global_pages ? CR4_PGE : 0;
	cr4 |= cpu_features.smep ? CR4_SMEP : 0;
	cr4 |= cpu_features.smap ? CR4_SMAP : 0;
	cr4 |= cpu_features.umip ? CR4_UMIP : 0;
	insn_write_cr4(cr4);
}

/* SYSCALL loads CS and the SS behind it from bits 32 to 47 of STAR, SYSRET those of user mode from
 * bits 48 to 63: SS at +8, CS at +16. */
static void syscall_init(void)
{
	u64 sysret_base = CPU_USER_SS - 8;
	insn_wrmsr(MSR_STAR, sysret_base << 48 | (u64)CPU_KERNEL_CS << 32);
	insn_wrmsr(MSR_LSTAR, (u64)syscall_entry);
	insn_wrmsr(MSR_SFMASK, SYSCALL_FLAGS);
	insn_wrmsr(MSR_EFER, insn_rdmsr(MSR_EFER) | EFER_SCE);
}

void cpu_init(void)
{
	control_registers_init();
	syscall_init();
	fpu_init_cpu();
}

void cpu_name(char vendor[CPU_VENDOR_SIZE], char brand[CPU_BRAND_SIZE])
{
	u32 out[4];

	memset(vendor, 0, CPU_VENDOR_SIZE);
	memset(brand, 0, CPU_BRAND_SIZE);
	insn_cpuid(0, 0, out);
	memcpy(vendor, &out[1], 4);
	memcpy(vendor + 4, &out[3], 4);
	memcpy(vendor + 8, &out[2], 4);
	insn_cpuid(CPUID_EXTENDED, 0, out);
	if (out[0] < CPUID_BRAND + 2)
		return;
	for (u32 part = 0; part < 3; part++) {
		insn_cpuid(CPUID_BRAND + part, 0, out);
		memcpy(brand + part * sizeof(out), out, sizeof(out));
	}
}
