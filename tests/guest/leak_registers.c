/* What one program leaves in registers, no other finds: general, SSE and x87 registers, the
 * addresses of the last x87 instruction and operand, segment registers. A new program finds them
 * at their start; and each of two that take turns finds its own. */
#include "test.h"
#include <sched.h>

#define USER_DATA	0x2b	/* the one data segment of user mode */
#define SWITCHES	200

struct x87 {			/* FNSTENV */
	unsigned control, status, tags, ip, selector_opcode, operand, operand_selector;
};

struct fxsave {
	unsigned short control, status;
	unsigned char tags, reserved;
	unsigned short opcode;
	unsigned long ip, operand;
	unsigned mxcsr, mxcsr_mask;
	unsigned char registers[8 * 16 + 16 * 16], rest[96];
} __attribute__((aligned(16)));

static double operand = 1.5;

static void x87_read(struct x87 *x87)
{
	__asm__ volatile("fnstenv %0; fldenv %0" : "+m"(*x87));
}

static unsigned long segments(void)
{
	unsigned long ds, es, fs, gs;

	__asm__ volatile("mov %%ds, %k0; mov %%es, %k1; mov %%fs, %k2; mov %%gs, %k3"
			 : "=r"(ds), "=r"(es), "=r"(fs), "=r"(gs));
	return ds | es << 16 | fs << 32 | gs << 48;
}

static void dirty(void)
{
	__asm__ volatile("mov %0, %%ds; mov %0, %%es; mov %0, %%gs" : : "r"(USER_DATA));
	__asm__ volatile("fldl %0; fldl %0; fstpl %0" : "+m"(operand));
	__asm__ volatile("movq %0, %%xmm0; movq %0, %%xmm15" : : "r"(0x5a5a5a5a5a5a5a5aul));
}

/* The program that a dirty process becomes. */
static void check_new(void)
{
	static struct fxsave state;
	static struct x87 x87;

	__asm__ volatile("fxsave64 %0" : "=m"(state));
	x87_read(&x87);
	CHECK_EQ(state.control, 0x37f);
	CHECK_EQ(state.tags, 0);
	CHECK_EQ(state.mxcsr, 0x1f80);
	CHECK_EQ(state.ip, 0);
	CHECK_EQ(state.operand, 0);
	CHECK_EQ(x87.ip, 0);
	CHECK_EQ(x87.operand, 0);
	CHECK_EQ(segments(), 0);
	/* The C library has used the lowest by now. */
	for (size_t i = 8 * 16 + 8 * 16; i < sizeof(state.registers); i++)
		CHECK_EQ(state.registers[i], 0);
}

/* Takes turns with a dirty process that has started it. */
static void check_turns(void)
{
	struct x87 x87;

	for (int i = 0; i < SWITCHES; i++) {
		CHECK_EQ(sched_yield(), 0);
		x87_read(&x87);
		CHECK_EQ(x87.ip, 0);
		CHECK_EQ(x87.operand, 0);
		CHECK_EQ(segments(), 0);
	}
}

int main(int argc, char **argv)
{
	int status;

	if (argc > 1) {
		check_new();
		check_turns();
		_exit(0);
	}
	dirty();
	pid_t child = fork();
	CHECK(child >= 0);
	if (child == 0) {
		if (segments() != (USER_DATA | USER_DATA << 16 | (unsigned long)USER_DATA << 48))
			_exit(1);
		dirty();
		execl(argv[0], argv[0], "new", (char *)NULL);
		_exit(2);
	}
	for (int i = 0; i < SWITCHES; i++) {
		__asm__ volatile("fldl %0; fstpl %0" : "+m"(operand));
		CHECK_EQ(sched_yield(), 0);
		CHECK_EQ(segments(),
			USER_DATA | USER_DATA << 16 | (unsigned long)USER_DATA << 48);
	}
	CHECK_EQ(waitpid(child, &status, 0), child);
	CHECK_EQ(status, 0);
	PASS();
}
