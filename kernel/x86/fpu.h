/* FPU, SSE and AVX state of threads. A thread's state lies in an area of fpu_state_size bytes,
 * 64-byte aligned, allocated by the owner of the thread: an FXSAVE area, and on CPUs with XSAVE its
 * standard format (Intel SDM vol. 1, 13.4). Only the thread itself or the scheduler (switch) may
 * call these. */
#ifndef X86_FPU_H
#define X86_FPU_H

#include "lib/types.h"

#define FPU_LEGACY_SIZE     512 /* the part that FXSAVE writes */
#define FPU_HEADER_SIZE     64 /* what XSAVE puts behind it, before the rest */
#define FPU_STATE_SIZE_MAX  2688 /* with AVX-512 */
#define FPU_STATE_ALIGNMENT 64
#define FPU_FEATURES_LEGACY 3ul /* x87 and SSE: what is there without XSAVE, too */

extern u32 fpu_state_size; /* of an area */
extern u64 fpu_features; /* the bits of XCR0 that are set; 0 without XSAVE */

/* Finds out what this CPU, and so all, can save. Before fpu_init_cpu. */
void fpu_detect(void);
/* Sets CR4 and XCR0 on this CPU; CR0 is cpu_init's. */
void fpu_init_cpu(void);
/* Writes the state that a new program starts with: fcw 0x37f, mxcsr 0x1f80, registers zero. */
void fpu_state_init(void *state);
/* For a switch: what fpu_restore needs. The other also writes the bytes of registers that have
 * their initial values, so that everything that is in the area is as it is in the CPU. */
void fpu_save(void *state);
void fpu_save_all(void *state);
void fpu_restore(const void *state);
/* The registers are as a new program's. */
void fpu_reset(void);
/* Makes a state that a program has written one that fpu_restore can load: of the features (as in
 * XCR0) it has those that its header says are there, all else is initial. False if the CPU would
 * not take it. */
MUST_CHECK bool fpu_state_accept(void *state, u64 features);
/* How much of a state fpu_state_accept looks at, which is known when legacy part and header are
 * there. */
u32 fpu_state_used(const void *state, u64 features);
/* The features that the header of a state says are there. */
u64 fpu_state_features(const void *state);
void fpu_state_set_features(void *state, u64 features);
/* The exceptions (bit 0: invalid operation, then denormal, divide, overflow, underflow, precision)
 * that have been raised and are not masked, of the x87 and of SSE. */
u32 fpu_exceptions(void);
u32 fpu_sse_exceptions(void);

#endif
