/* What the kernel knows about itself: ai_query, SynOS's own call 0x5300. The topics (ABI_AI_MEMORY
 * ...) and their structs (struct abi_ai_memory ...) are those of <abi/ai.h>. */
#ifndef _SYNOS_AI_H
#define _SYNOS_AI_H

#include <abi/ai.h>
#include <sys/types.h>

/* Writes the struct of the topic to buffer as far as size goes, and returns the size that the
 * kernel's struct has. On error -1 with errno EINVAL (unknown topic, or flags not 0), EFAULT, or
 * ENOSYS on a kernel that is not SynOS. */
ssize_t ai_query(unsigned topic, unsigned flags, void *buffer, size_t size);

#endif
