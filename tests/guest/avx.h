/* AVX registers for tests: whether there are any, and all of them loaded and stored around a system
 * call, with no code between that could use them. */
#ifndef AVX_H
#define AVX_H

#include <stdbool.h>
#include <string.h>

struct ymm {
	unsigned long word[16][4];
};

/* The features of XCR0; 0 if there is no XSAVE. */
__attribute__((unused)) static unsigned long avx_features(void)
{
	unsigned eax = 1, ebx, ecx = 0, edx;

	__asm__ volatile("cpuid" : "+a"(eax), "=b"(ebx), "+c"(ecx), "=d"(edx));
	if (!(ecx & 1u << 27))
		return 0;
	__asm__ volatile("xgetbv" : "=a"(eax), "=d"(edx) : "c"(0));
	return (unsigned long)edx << 32 | eax;
}

__attribute__((unused)) static bool has_avx(void)
{
	return avx_features() & 4;
}

__attribute__((unused)) static void ymm_fill(struct ymm *ymm, unsigned long seed)
{
	for (int i = 0; i < 64; i++)
		ymm->word[i / 4][i % 4] = (seed << 32) * 3 + i * 0x01000193ul + seed;
}

#define YMM_ALL(X) \
	X(0) X(1) X(2) X(3) X(4) X(5) X(6) X(7) X(8) X(9) X(10) X(11) X(12) X(13) X(14) X(15)
#define YMM_LOAD(n)  "vmovups 32*" #n "(%2), %%ymm" #n "\n\t"
#define YMM_STORE(n) "vmovups %%ymm" #n ", 32*" #n "(%3)\n\t"

/* Loads in, makes the call, whose third argument is 0, goes on in user mode for a while, and stores to out. */
__attribute__((unused)) static long ymm_call(
	const struct ymm *in, struct ymm *out, long number, long first, long second)
{
	long result = number;

	__asm__ volatile(YMM_ALL(YMM_LOAD) "syscall\n\t"
					   "mov $20000, %%ecx\n1:\tdec %%ecx\n\tjnz 1b\n\t" YMM_ALL(
						   YMM_STORE) "vzeroupper"
			 : "+a"(result), "+D"(first)
			 : "r"(in), "r"(out), "S"(second), "d"(0)
			 : "rcx", "r11", "memory", "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5",
			 "xmm6", "xmm7", "xmm8", "xmm9", "xmm10", "xmm11", "xmm12", "xmm13",
			 "xmm14", "xmm15");
	return result;
}

#endif
