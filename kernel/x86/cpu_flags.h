/* What programs can use of the CPU, by the names that Linux gives it in /proc/cpuinfo. No locking. */
#ifndef X86_CPU_FLAGS_H
#define X86_CPU_FLAGS_H

#include "lib/types.h"

#define CPU_FLAGS 71u	/* how many are known */

/* The n-th of them, from 0 on; NULL if the CPU does not have it, or the kernel does not save the
 * registers that it needs. After cpu_detect. */
const char *cpu_flag(u32 n);

#endif
