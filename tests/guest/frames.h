/* How much memory the machine has left. */
#ifndef FRAMES_H
#define FRAMES_H

#include <synos/ai.h>

#include "test.h"

__attribute__((unused))
static unsigned long free_frames(void)
{
	struct abi_ai_memory memory;

	CHECK_EQ(ai_query(ABI_AI_MEMORY, 0, &memory, sizeof(memory)), sizeof(memory));
	return memory.frames_free;
}

#endif
