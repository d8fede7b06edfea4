/* FXSAVE areas (Intel SDM vol. 1, 10.5). */
#include "x86/fpu.h"

#include "lib/string.h"
#include "x86/insn.h"

#define CR4_OSFXSR	(1ul << 9)
#define CR4_OSXMMEXCPT	(1ul << 10)

#define FCW_INITIAL	0x37f	/* all exceptions masked, extended precision */
#define MXCSR_INITIAL	0x1f80
#define MXCSR_MASK_OLDEST 0xffbfu
#define MXCSR_MASK_SHIFT 7
#define EXCEPTIONS	0x3fu

struct fxsave_area {
	u16 fcw, fsw;
	u8 ftw, reserved;
	u16 fop;
	u64 fip, fdp;
	u32 mxcsr, mxcsr_mask;
	u8 registers[480];
};
_Static_assert(sizeof(struct fxsave_area) == FPU_STATE_SIZE, "FXSAVE writes it");

void fpu_init_cpu(void)
{
	insn_write_cr4(insn_read_cr4() | CR4_OSFXSR | CR4_OSXMMEXCPT);
}

void fpu_state_init(void *state)
{
	struct fxsave_area *area = state;
	memset(area, 0, sizeof(*area));
	area->fcw = FCW_INITIAL;
	area->mxcsr = MXCSR_INITIAL;
}

void fpu_save(void *state)
{
	__asm__ volatile("fxsave64 %0" : "=m"(*(struct fxsave_area *)state));
}

/* A reserved bit in MXCSR makes FXRSTOR fault. A CPU that says no mask has the oldest one. */
bool fpu_state_is_valid(const void *state)
{
	const struct fxsave_area *area = state;
	struct fxsave_area own ALIGNED(16);

	fpu_save(&own);
	return !(area->mxcsr & ~(own.mxcsr_mask ? own.mxcsr_mask : MXCSR_MASK_OLDEST));
}

u32 fpu_exceptions(void)
{
	struct fxsave_area own ALIGNED(16);

	fpu_save(&own);
	return own.fsw & ~own.fcw & EXCEPTIONS;
}

u32 fpu_sse_exceptions(void)
{
	struct fxsave_area own ALIGNED(16);

	fpu_save(&own);
	return own.mxcsr & ~(own.mxcsr >> MXCSR_MASK_SHIFT) & EXCEPTIONS;
}

/* FXSAVE and FXRSTOR of some CPUs (AMD's, and QEMU's) pass over the addresses of the last x87
 * instruction and its operand unless an exception is pending, so those of another process would
 * stay: FNINIT makes them 0. */
void fpu_restore(const void *state)
{
	__asm__ volatile("fninit");
	__asm__ volatile("fxrstor64 %0" : : "m"(*(const struct fxsave_area *)state));
}
