/* The processors: what they can do, as CPUID says, and the registers that make them the kernel's.
 * Boot; no locking. */
#ifndef X86_CPU_H
#define X86_CPU_H

#include "lib/types.h"

/* Selectors, in the order that SYSCALL and SYSRET ask for (Intel SDM vol. 2, SYSRET). Those of user
 * mode have the values that Linux gives them. */
#define CPU_KERNEL_CS	0x10
#define CPU_KERNEL_SS	0x18
#define CPU_USER_SS	0x2b
#define CPU_USER_CS	0x33

/* CR4 has FSGSBASE off: with it a program could load a GS base that looks like the kernel's, by
 * whose sign the entries of NMI and its kind tell whose it is. */
struct cpu_features {
	bool machine_check, global_pages, smep, smap, umip, rdrand, rdseed;
};

extern struct cpu_features cpu_features;

/* Fills cpu_features, finds out how FPU state is saved, and makes the places that open and close user memory to the kernel real
 * instructions if the CPU has SMAP. Once, before the kernel's code becomes read-only. */
void cpu_detect(void);

/* Sets up this CPU: control registers, the system-call entry, FPU. Its per-CPU block is in GS, its
 * descriptors are loaded. */
void cpu_init(void);

/* What the CPU says it is: "GenuineIntel", and what its maker calls it. */
#define CPU_VENDOR_SIZE	13
#define CPU_BRAND_SIZE	49
void cpu_name(char vendor[CPU_VENDOR_SIZE], char brand[CPU_BRAND_SIZE]);

#endif
