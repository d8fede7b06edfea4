/* FPU, SSE and AVX registers in signal frames, as Linux lays them there: the area that XSAVE writes
 * in its standard format, with words in it and behind it that tell its size (abi/signal.h). For the
 * current thread; may sleep. */
#ifndef PROC_SIGNAL_FPU_H
#define PROC_SIGNAL_FPU_H

#include "vm/user.h"
#include "x86/fpu.h"

#define SIGNAL_FPU_ALIGNMENT FPU_STATE_ALIGNMENT

/* What a frame needs for them, in bytes, and what it says of them in uc_flags. */
u64 signal_fpu_size(void);
u64 signal_fpu_flags(void);
/* -EFAULT: there is no memory at that place. */
MUST_CHECK int signal_fpu_push(struct user_ptr to);
/* Loads what a program says; NULL: as at a program's begin. -EFAULT: it is not there, or the CPU
 * would not take it. */
MUST_CHECK int signal_fpu_restore(struct user_ptr from);

#endif
