/* FXSAVE and XSAVE areas (Intel SDM vol. 1, 10.5 and 13).
 *
 * A CPU that knows which registers are in use saves and loads no others (XSAVEOPT). An emulator
 * that does not know goes through all of them, with a call for each word, where plain moves of the
 * registers cost a tenth: so there only the x87 is left to XSAVE. */
#include "x86/fpu.h"

#include "lib/string.h"
#include "x86/insn.h"

#define CR4_OSFXSR     (1ul << 9)
#define CR4_OSXMMEXCPT (1ul << 10)
#define CR4_OSXSAVE    (1ul << 18)

#define CPUID_XSAVE    (1u << 26) /* leaf 1, ecx */
#define CPUID_STATE    0xdu /* leaf: the components of the state */
#define CPUID_XSAVEOPT (1u << 0) /* its subleaf 1, eax */
#define CPUID_XINUSE   (1u << 2) /* XGETBV(1) */

#define X87        1u
#define SSE        2u
#define AVX        4u
#define AVX512     0xe0u /* all three parts or none */
#define COMPONENTS 8u
#define AVX_OFFSET (FPU_LEGACY_SIZE + FPU_HEADER_SIZE)

#define FCW_INITIAL       0x37f /* all exceptions masked, extended precision */
#define MXCSR_INITIAL     0x1f80
#define MXCSR_MASK_OLDEST 0xffbfu
#define MXCSR_MASK_SHIFT  7
#define EXCEPTIONS        0x3fu

struct fxsave_area {
	u16 fcw, fsw;
	u8 ftw, reserved;
	u16 fop;
	u64 fip, fdp;
	u32 mxcsr, mxcsr_mask;
	u8 st[8][16];
	u8 xmm[16][16];
	u8 software[96];
};
_Static_assert(sizeof(struct fxsave_area) == FPU_LEGACY_SIZE, "FXSAVE writes it");

struct xsave_area {
	struct fxsave_area legacy;
	u64 present; /* XSTATE_BV */
	u64 compacted; /* XCOMP_BV */
	u64 reserved[6];
	u8 ymm_high[16][16]; /* and what there is behind them */
};
_Static_assert(offsetof(struct xsave_area, ymm_high) == AVX_OFFSET, "XSAVE writes it");

enum method { FXSAVE, XSAVE, XSAVEOPT, BY_MOVES };

SEALED u32 fpu_state_size = FPU_LEGACY_SIZE;
SEALED u64 fpu_features;

static SEALED enum method method;
static SEALED u32 mxcsr_mask;
static SEALED u8 initial[FPU_STATE_SIZE_MAX] ALIGNED(FPU_STATE_ALIGNMENT);
static SEALED struct {
	u32 offset, size;
} components[COMPONENTS]; /* of the state behind the header */

#define STATE_INSTRUCTION(name, state, features) \
	__asm__ volatile(name " (%0)" : : "r"(state), "a"((u32)(features)), "d"(0) : "memory")

#define ALL_REGISTERS(X) \
	X(0) X(1) X(2) X(3) X(4) X(5) X(6) X(7) X(8) X(9) X(10) X(11) X(12) X(13) X(14) X(15)
#define STORE_LOW(n)  "vmovaps %%xmm" #n ", 16*" #n "(%0)\n\t"
#define STORE_HIGH(n) "vextractf128 $1, %%ymm" #n ", 16*" #n "(%1)\n\t"
#define LOAD_LOW(n)   "vmovaps 16*" #n "(%0), %%xmm" #n "\n\t"
#define LOAD_HIGH(n)  "vinsertf128 $1, 16*" #n "(%1), %%ymm" #n ", %%ymm" #n "\n\t"

static u64 offered_features(void)
{
	u32 one[4], state[4];

	insn_cpuid(1, 0, one);
	if (!(one[2] & CPUID_XSAVE))
		return 0;
	insn_cpuid(CPUID_STATE, 0, state);
	if (!(state[0] & AVX))
		return state[0] & FPU_FEATURES_LEGACY;
	bool all = (state[0] & AVX512) == AVX512;
	return state[0] & (FPU_FEATURES_LEGACY | AVX | (all ? AVX512 : 0));
}

/* Where the components lie; false if they are more than an area can be. */
static bool find_components(void)
{
	u32 state[4];

	fpu_state_size = AVX_OFFSET;
	for (u32 i = 2; i < COMPONENTS; i++) {
		if (!(fpu_features & 1u << i))
			continue;
		insn_cpuid(CPUID_STATE, i, state);
		components[i].size = state[0];
		components[i].offset = state[1];
		fpu_state_size = MAX(fpu_state_size, state[0] + state[1]);
	}
	return fpu_state_size <= FPU_STATE_SIZE_MAX;
}

/* Whether the CPU sees that registers have their initial values: they have them now. */
static bool tracks_use(void)
{
	u32 low, high;

	STATE_INSTRUCTION("xrstor64", initial, fpu_features);
	__asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(1));
	return !(low & AVX);
}

static enum method choose_method(void)
{
	u32 extensions[4];

	insn_cpuid(CPUID_STATE, 1, extensions);
	if (fpu_features == (FPU_FEATURES_LEGACY | AVX) && components[2].offset == AVX_OFFSET &&
		extensions[0] & CPUID_XINUSE && !tracks_use())
		return BY_MOVES;
	return extensions[0] & CPUID_XSAVEOPT ? XSAVEOPT : XSAVE;
}

void fpu_detect(void)
{
	struct fxsave_area own ALIGNED(16);

	fpu_init_cpu();
	/* A CPU that says no mask has the oldest one. */
	STATE_INSTRUCTION("fxsave64", &own, 0);
	mxcsr_mask = own.mxcsr_mask ? own.mxcsr_mask : MXCSR_MASK_OLDEST;
	fpu_features = offered_features();
	if (fpu_features && !find_components()) {
		fpu_features &= FPU_FEATURES_LEGACY | AVX;
		(void)find_components();
	}
	fpu_init_cpu();
	fpu_state_init(initial);
	if (fpu_features)
		method = choose_method();
}

void fpu_init_cpu(void)
{
	insn_write_cr4(
		insn_read_cr4() | CR4_OSFXSR | CR4_OSXMMEXCPT | (fpu_features ? CR4_OSXSAVE : 0));
	if (fpu_features)
		__asm__ volatile("xsetbv" : : "c"(0), "a"((u32)fpu_features), "d"(0));
}

void fpu_state_init(void *state)
{
	struct fxsave_area *area = state;
	memset(area, 0, fpu_state_size);
	area->fcw = FCW_INITIAL;
	area->mxcsr = MXCSR_INITIAL;
	area->mxcsr_mask = mxcsr_mask;
}

static void save_by_moves(struct xsave_area *area)
{
	STATE_INSTRUCTION("xsave64", area, X87);
	__asm__ volatile("stmxcsr %0" : "=m"(area->legacy.mxcsr));
	__asm__ volatile(ALL_REGISTERS(STORE_LOW) ALL_REGISTERS(STORE_HIGH)
			 :
			 : "r"(area->legacy.xmm), "r"(area->ymm_high)
			 : "memory");
	area->present |= SSE | AVX;
}

static void load_by_moves(const struct xsave_area *area)
{
	STATE_INSTRUCTION("xrstor64", area, X87);
	__asm__ volatile("ldmxcsr %0" : : "m"(area->legacy.mxcsr));
	__asm__ volatile(ALL_REGISTERS(LOAD_LOW) ALL_REGISTERS(LOAD_HIGH)
			 :
			 : "r"(area->legacy.xmm), "r"(area->ymm_high)
			 : "memory");
}

static void save(void *state, enum method how)
{
	switch (how) {
	case FXSAVE:
		STATE_INSTRUCTION("fxsave64", state, 0);
		break;
	case XSAVE:
		STATE_INSTRUCTION("xsave64", state, fpu_features);
		break;
	case XSAVEOPT:
		STATE_INSTRUCTION("xsaveopt64", state, fpu_features);
		break;
	case BY_MOVES:
		save_by_moves(state);
	}
}

void fpu_save(void *state)
{
	save(state, method);
}

void fpu_save_all(void *state)
{
	save(state, method == XSAVEOPT ? XSAVE : method);
}

/* FXSAVE, XSAVE and what loads again pass on some CPUs (AMD's, and QEMU's) over the addresses of
 * the last x87 instruction and its operand unless an exception is pending, so those of another
 * process would stay: FNINIT makes them 0. */
void fpu_restore(const void *state)
{
	__asm__ volatile("fninit");
	if (method == FXSAVE)
		STATE_INSTRUCTION("fxrstor64", state, 0);
	else if (method == BY_MOVES)
		load_by_moves(state);
	else
		STATE_INSTRUCTION("xrstor64", state, fpu_features);
}

void fpu_reset(void)
{
	if (method != BY_MOVES) {
		fpu_restore(initial);
		return;
	}
	__asm__ volatile("fninit");
	STATE_INSTRUCTION("xrstor64", initial, X87);
	__asm__ volatile("ldmxcsr %0\n\tvzeroall"
			 :
			 : "m"(((struct xsave_area *)initial)->legacy.mxcsr));
}

u64 fpu_state_features(const void *state)
{
	const struct xsave_area *area = state;

	return area->present;
}

void fpu_state_set_features(void *state, u64 features)
{
	struct xsave_area *area = state;

	area->present = features;
	area->compacted = 0;
	memset(area->reserved, 0, sizeof(area->reserved));
}

u32 fpu_state_used(const void *state, u64 features)
{
	u32 used = AVX_OFFSET;

	features &= fpu_state_features(state);
	for (u32 i = 2; i < COMPONENTS; i++)
		if (features & 1u << i)
			used = MAX(used, components[i].offset + components[i].size);
	return used;
}

/* Reserved bits of the header or of MXCSR make XRSTOR fault (Intel SDM vol. 1, 13.8.1); what is
 * behind the second reserved word it does not look at. A move takes what is in memory even if
 * the header says that it is not there. */
bool fpu_state_accept(void *state, u64 features)
{
	struct xsave_area *area = state;

	features &= fpu_features ? fpu_features : FPU_FEATURES_LEGACY;
	if (!(features & (SSE | AVX)))
		area->legacy.mxcsr = MXCSR_INITIAL;
	if (area->legacy.mxcsr & ~mxcsr_mask)
		return false;
	if (!fpu_features)
		return true;
	if (area->present & ~fpu_features || area->compacted || area->reserved[0])
		return false;
	features &= area->present;
	fpu_state_set_features(area, features);
	if (!(features & SSE))
		memset(area->legacy.xmm, 0, sizeof(area->legacy.xmm));
	for (u32 i = 2; i < COMPONENTS; i++)
		if (!(features & 1u << i))
			memset((u8 *)area + components[i].offset, 0, components[i].size);
	return true;
}

u32 fpu_exceptions(void)
{
	struct fxsave_area own ALIGNED(16);

	STATE_INSTRUCTION("fxsave64", &own, 0);
	return own.fsw & ~own.fcw & EXCEPTIONS;
}

u32 fpu_sse_exceptions(void)
{
	u32 mxcsr;

	__asm__ volatile("stmxcsr %0" : "=m"(mxcsr));
	return mxcsr & ~(mxcsr >> MXCSR_MASK_SHIFT) & EXCEPTIONS;
}
