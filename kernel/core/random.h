/* Random bytes: a ChaCha20 generator with fast key erasure (RFC 8439; D. J. Bernstein,
 * "Fast-key-erasure random-number generators"), seeded from RDSEED and RDRAND where the CPU has
 * them, the command line's seed=, the time stamp counter, and the times of interrupts. Any
 * context. */
#ifndef CORE_RANDOM_H
#define CORE_RANDOM_H

#include "lib/types.h"

/* After multiboot_read and cpu_detect. */
void random_init(void);
void random_bytes(void *buffer, size_t size);
/* Stirs in something an attacker cannot fully know; nothing is assumed about how much that is. */
void random_stir(u64 value);

#endif
