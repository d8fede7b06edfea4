/* FPU and SSE state of threads. A thread's state lies in an area of FPU_STATE_SIZE bytes, 64-byte
 * aligned, allocated by the owner of the thread. Only the thread itself or the scheduler (switch)
 * may call these. */
#ifndef X86_FPU_H
#define X86_FPU_H

#include "lib/types.h"

#define FPU_STATE_SIZE	512	/* fxsave; AVX comes with XSAVE */

/* Sets CR4 on this CPU; CR0 is cpu_init's. */
void fpu_init_cpu(void);
/* Writes the state that a new program starts with: fcw 0x37f, mxcsr 0x1f80, registers zero. */
void fpu_state_init(void *state);
void fpu_save(void *state);
/* Whether fpu_restore can load a state that a program has written. */
MUST_CHECK bool fpu_state_is_valid(const void *state);
/* The exceptions (bit 0: invalid operation, then denormal, divide, overflow, underflow, precision)
 * that have been raised and are not masked, of the x87 and of SSE. */
u32 fpu_exceptions(void);
u32 fpu_sse_exceptions(void);
void fpu_restore(const void *state);

#endif
