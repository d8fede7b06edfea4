/* The FPU and SSE registers of programs that take turns stay each program's own: all of xmm0 to
 * xmm15, the x87 stack and both control words. */
#include "test.h"
#include <sched.h>

#define ROUNDS	300

struct state {
	unsigned long xmm[16][2];
	double x87[4];
	unsigned mxcsr;
	unsigned short control;
};

/* Everything is loaded, then the CPU is given away, directly by the call so that nothing touches
 * the registers in between, then everything is stored. */
static void load_yield_store(const struct state *in, struct state *out)
{
	__asm__ volatile(
		"ldmxcsr 288(%0); fninit; fldcw 292(%0)\n\t"
		"fldl 280(%0); fldl 272(%0); fldl 264(%0); fldl 256(%0)\n\t"
#define LOAD(n) "movups " #n "*16(%0), %%xmm" #n "\n\t"
		LOAD(0) LOAD(1) LOAD(2) LOAD(3) LOAD(4) LOAD(5) LOAD(6) LOAD(7)
		LOAD(8) LOAD(9) LOAD(10) LOAD(11) LOAD(12) LOAD(13) LOAD(14) LOAD(15)
		"mov $24, %%eax; syscall\n\t"
		"mov $40000, %%ecx; 1: dec %%ecx; jnz 1b\n\t"
#define STORE(n) "movups %%xmm" #n ", " #n "*16(%1)\n\t"
		STORE(0) STORE(1) STORE(2) STORE(3) STORE(4) STORE(5) STORE(6) STORE(7)
		STORE(8) STORE(9) STORE(10) STORE(11) STORE(12) STORE(13) STORE(14) STORE(15)
		"fstpl 256(%1); fstpl 264(%1); fstpl 272(%1); fstpl 280(%1)\n\t"
		"stmxcsr 288(%1); fnstcw 292(%1)\n\t"
		: : "r"(in), "r"(out)
		: "rax", "rcx", "r11", "memory", "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7",
		  "xmm8", "xmm9", "xmm10", "xmm11", "xmm12", "xmm13", "xmm14",
		  "xmm15");
}

static void work(unsigned long seed)
{
	struct state in, out;

	memset(&in, 0, sizeof(in));
	for (int round = 0; round < ROUNDS; round++) {
		for (int i = 0; i < 32; i++)
			in.xmm[i / 2][i % 2] = seed * 1000003 + round * 32 + i;
		for (int i = 0; i < 4; i++)
			in.x87[i] = seed + round * 0.25 + i;
		in.mxcsr = 0x1f80 | (seed & 3) << 13;
		in.control = 0x37f & ~((seed & 1) << 8);
		memset(&out, 0, sizeof(out));
		load_yield_store(&in, &out);
		CHECK_EQ(memcmp(&in, &out, sizeof(in)), 0);
	}
	/* So that this program's own code runs as the compiler expects. */
	__asm__ volatile("fninit; ldmxcsr %0" : : "m"((unsigned){ 0x1f80 }));
}

int main(void)
{
	int status;

	_Static_assert(__builtin_offsetof(struct state, x87) == 256 &&
		       __builtin_offsetof(struct state, mxcsr) == 288 &&
		       __builtin_offsetof(struct state, control) == 292, "the assembly relies on these");
	for (unsigned long seed = 1; seed <= 4; seed++) {
		pid_t child = fork();
		CHECK(child >= 0);
		if (child == 0) {
			work(seed);
			_exit(0);
		}
	}
	while (wait(&status) > 0)
		CHECK_EQ(status, 0);
	PASS();
}
