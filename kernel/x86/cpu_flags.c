/* CPUID's feature bits (Intel SDM vol. 2, CPUID; AMD APM vol. 3, appendix E): those of instructions
 * that user mode may run. Not FSGSBASE, which is off, nor RDPID: nobody has told the CPU a number
 * to give. */
#include "x86/cpu_flags.h"

#include "x86/fpu.h"
#include "x86/insn.h"

#define EXTENDED 0x80000001u
#define STATE	 0xdu

enum { EAX, EBX, ECX, EDX };

/* Of the registers' state, what has to be saved for it (XCR0). */
#define NOTHING 0u
#define XSAVE	0x3u
#define AVX	0x4u
#define AVX512	0xe4u

static const struct flag {
	const char *name;
	u32 leaf;
	u8 subleaf, place, bit, state;
} flags[] = {
	{ "fpu", 1, 0, EDX, 0, NOTHING },
	{ "tsc", 1, 0, EDX, 4, NOTHING },
	{ "cx8", 1, 0, EDX, 8, NOTHING },
	{ "cmov", 1, 0, EDX, 15, NOTHING },
	{ "clflush", 1, 0, EDX, 19, NOTHING },
	{ "mmx", 1, 0, EDX, 23, NOTHING },
	{ "fxsr", 1, 0, EDX, 24, NOTHING },
	{ "sse", 1, 0, EDX, 25, NOTHING },
	{ "sse2", 1, 0, EDX, 26, NOTHING },
	{ "syscall", EXTENDED, 0, EDX, 11, NOTHING },
	{ "mmxext", EXTENDED, 0, EDX, 22, NOTHING },
	{ "rdtscp", EXTENDED, 0, EDX, 27, NOTHING },
	{ "lm", EXTENDED, 0, EDX, 29, NOTHING },
	{ "3dnowext", EXTENDED, 0, EDX, 30, NOTHING },
	{ "3dnow", EXTENDED, 0, EDX, 31, NOTHING },
	{ "pni", 1, 0, ECX, 0, NOTHING },
	{ "pclmulqdq", 1, 0, ECX, 1, NOTHING },
	{ "ssse3", 1, 0, ECX, 9, NOTHING },
	{ "fma", 1, 0, ECX, 12, AVX },
	{ "cx16", 1, 0, ECX, 13, NOTHING },
	{ "sse4_1", 1, 0, ECX, 19, NOTHING },
	{ "sse4_2", 1, 0, ECX, 20, NOTHING },
	{ "movbe", 1, 0, ECX, 22, NOTHING },
	{ "popcnt", 1, 0, ECX, 23, NOTHING },
	{ "aes", 1, 0, ECX, 25, NOTHING },
	{ "xsave", 1, 0, ECX, 26, XSAVE },
	{ "avx", 1, 0, ECX, 28, AVX },
	{ "f16c", 1, 0, ECX, 29, AVX },
	{ "rdrand", 1, 0, ECX, 30, NOTHING },
	{ "lahf_lm", EXTENDED, 0, ECX, 0, NOTHING },
	{ "abm", EXTENDED, 0, ECX, 5, NOTHING },
	{ "sse4a", EXTENDED, 0, ECX, 6, NOTHING },
	{ "misalignsse", EXTENDED, 0, ECX, 7, NOTHING },
	{ "3dnowprefetch", EXTENDED, 0, ECX, 8, NOTHING },
	{ "xop", EXTENDED, 0, ECX, 11, AVX },
	{ "fma4", EXTENDED, 0, ECX, 16, AVX },
	{ "tbm", EXTENDED, 0, ECX, 21, NOTHING },
	{ "bmi1", 7, 0, EBX, 3, NOTHING },
	{ "avx2", 7, 0, EBX, 5, AVX },
	{ "bmi2", 7, 0, EBX, 8, NOTHING },
	{ "erms", 7, 0, EBX, 9, NOTHING },
	{ "avx512f", 7, 0, EBX, 16, AVX512 },
	{ "avx512dq", 7, 0, EBX, 17, AVX512 },
	{ "rdseed", 7, 0, EBX, 18, NOTHING },
	{ "adx", 7, 0, EBX, 19, NOTHING },
	{ "avx512ifma", 7, 0, EBX, 21, AVX512 },
	{ "clflushopt", 7, 0, EBX, 23, NOTHING },
	{ "clwb", 7, 0, EBX, 24, NOTHING },
	{ "avx512cd", 7, 0, EBX, 28, AVX512 },
	{ "sha_ni", 7, 0, EBX, 29, NOTHING },
	{ "avx512bw", 7, 0, EBX, 30, AVX512 },
	{ "avx512vl", 7, 0, EBX, 31, AVX512 },
	{ "xsaveopt", STATE, 1, EAX, 0, XSAVE },
	{ "xsavec", STATE, 1, EAX, 1, XSAVE },
	{ "xgetbv1", STATE, 1, EAX, 2, XSAVE },
	{ "avx_vnni", 7, 1, EAX, 4, AVX },
	{ "avx512_bf16", 7, 1, EAX, 5, AVX512 },
	{ "clzero", 0x80000008, 0, EBX, 0, NOTHING },
	{ "avx512vbmi", 7, 0, ECX, 1, AVX512 },
	{ "avx512_vbmi2", 7, 0, ECX, 6, AVX512 },
	{ "gfni", 7, 0, ECX, 8, NOTHING },
	{ "vaes", 7, 0, ECX, 9, AVX },
	{ "vpclmulqdq", 7, 0, ECX, 10, AVX },
	{ "avx512_vnni", 7, 0, ECX, 11, AVX512 },
	{ "avx512_bitalg", 7, 0, ECX, 12, AVX512 },
	{ "avx512_vpopcntdq", 7, 0, ECX, 14, AVX512 },
	{ "movdiri", 7, 0, ECX, 27, NOTHING },
	{ "movdir64b", 7, 0, ECX, 28, NOTHING },
	{ "fsrm", 7, 0, EDX, 4, NOTHING },
	{ "avx512_vp2intersect", 7, 0, EDX, 8, AVX512 },
	{ "serialize", 7, 0, EDX, 14, NOTHING },
};
_Static_assert(sizeof(flags) / sizeof(flags[0]) == CPU_FLAGS, "cpu_flags.h says how many");

/* A leaf that the CPU does not have would give what another has (Intel), or zeros. */
static bool has_leaf(u32 leaf, u32 subleaf)
{
	u32 out[4];

	insn_cpuid(leaf & 0x80000000, 0, out);
	if (out[0] < leaf)
		return false;
	if (leaf != 7 || subleaf == 0)
		return true;
	insn_cpuid(leaf, 0, out);
	return out[0] >= subleaf;
}

const char *cpu_flag(u32 n)
{
	const struct flag *flag = &flags[n];
	u32 out[4];

	if ((fpu_features & flag->state) != flag->state || !has_leaf(flag->leaf, flag->subleaf))
		return NULL;
	insn_cpuid(flag->leaf, flag->subleaf, out);
	return out[flag->place] >> flag->bit & 1 ? flag->name : NULL;
}
