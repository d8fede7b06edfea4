/* The FPU state in a signal frame is an XSAVE area: where its words are, what a handler changes in
 * it, what becomes of registers that it does not have, and that none does harm which is forged. */
#include "avx.h"
#include "test.h"

#include <stdint.h>
#include <sys/syscall.h>
#include <ucontext.h>

#define MAGIC1       0x46505853u
#define MAGIC2       0x46505845u
#define UC_FP_XSTATE 1

struct area {
	unsigned char legacy[24];
	unsigned mxcsr, mxcsr_mask;
	unsigned char st[128], xmm[16][16], reserved[48];
	unsigned magic1, extended_size;
	unsigned long xfeatures;
	unsigned xstate_size, padding[7];
	unsigned long present, compacted, header[6];
	unsigned char high[16][16];
};
_Static_assert(sizeof(struct area) == 832, "the CPU's layout");

static struct ymm in, out;
static void (*change)(struct area *area);
static unsigned *magic2;

static void handler(int signal, siginfo_t *info, void *context)
{
	ucontext_t *user = context;
	struct area *area = (void *)user->uc_mcontext.fpregs;

	(void)signal;
	(void)info;
	CHECK(user->uc_flags & UC_FP_XSTATE);
	CHECK_EQ((uintptr_t)area % 64, 0);
	CHECK_EQ(area->magic1, MAGIC1);
	CHECK_EQ(area->extended_size, area->xstate_size + 4);
	CHECK(area->xstate_size >= sizeof(struct area));
	CHECK_EQ(area->xfeatures & 7, 7);
	CHECK_EQ(area->xfeatures & ~avx_features(), 0);
	CHECK_EQ(area->present & 7, 7);
	CHECK_EQ(area->compacted, 0);
	for (int i = 0; i < 6; i++)
		CHECK_EQ(area->header[i], 0);
	magic2 = (unsigned *)((char *)area + area->xstate_size);
	CHECK_EQ(*magic2, MAGIC2);
	for (int i = 0; i < 16; i++) {
		CHECK_EQ(memcmp(area->xmm[i], &in.word[i][0], 16), 0);
		CHECK_EQ(memcmp(area->high[i], &in.word[i][2], 16), 0);
	}
	if (change)
		change(area);
}

static unsigned mxcsr(void)
{
	unsigned value;

	__asm__ volatile("stmxcsr %0" : "=m"(value));
	return value;
}

/* A signal whose handler makes this change, while all registers are full. */
static void run(void)
{
	struct sigaction action = {.sa_sigaction = handler, .sa_flags = SA_SIGINFO};

	sigaction(SIGUSR1, &action, NULL);
	ymm_fill(&in, 42);
	ymm_call(&in, &out, SYS_kill, getpid(), SIGUSR1);
}

/* Which halves have come back as they were, and which are zero: anything else fails. */
static void check_halves(bool low_kept, bool high_kept)
{
	static const unsigned long zero[2];

	run();
	for (int i = 0; i < 16; i++) {
		CHECK_EQ(memcmp(&out.word[i][0], low_kept ? &in.word[i][0] : zero, 16), 0);
		CHECK_EQ(memcmp(&out.word[i][2], high_kept ? &in.word[i][2] : zero, 16), 0);
	}
}

static void set_values(struct area *area)
{
	memset(area->xmm[3], 0x33, 16);
	memset(area->high[15], 0x77, 16);
	area->mxcsr = 0x7f80;
}

static void no_magic1(struct area *area)
{
	area->magic1 = 0;
}
static void no_magic2(struct area *area)
{
	(void)area;
	*magic2 = 0;
}
static void small_size(struct area *area)
{
	area->xstate_size = 512;
}
static void large_size(struct area *area)
{
	area->xstate_size += 64;
}
static void unwanted_avx(struct area *area)
{
	area->xfeatures = 3;
}
static void absent_avx(struct area *area)
{
	area->present &= ~4ul;
}
static void absent_sse(struct area *area)
{
	area->present &= ~2ul;
}
static void absent_all(struct area *area)
{
	area->present = 0;
	area->mxcsr = 0x7f80;
}
static void unwanted_all(struct area *area)
{
	area->xfeatures = 0;
	area->mxcsr = 0x7f80;
}
static void more_features(struct area *area)
{
	area->xfeatures = ~0ul;
}
static void odd_header(struct area *area)
{
	area->header[5] = ~0ul;
}

static void check_changes(void)
{
	change = set_values;
	run();
	for (int i = 0; i < 2; i++) {
		CHECK_EQ(out.word[3][i], 0x3333333333333333);
		CHECK_EQ(out.word[15][2 + i], 0x7777777777777777);
	}
	CHECK_EQ(mxcsr(), 0x7f80);
	change = NULL;
	check_halves(true, true);
	change = more_features;
	check_halves(true, true);
	change = odd_header;
	check_halves(true, true);
	change = absent_avx;
	check_halves(true, false);
	change = unwanted_avx;
	check_halves(true, false);
	change = absent_sse;
	check_halves(false, true);
	change = absent_all;
	check_halves(false, false);
	CHECK_EQ(mxcsr(), 0x7f80);
	change = unwanted_all;
	check_halves(false, false);
	CHECK_EQ(mxcsr(), 0x1f80);
}

/* What says in a wrong way that there is more than FXSAVE writes does not say it. */
static void check_legacy(void)
{
	static void (*const all[])(struct area *) = {no_magic1, no_magic2, small_size, large_size};

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		change = all[i];
		check_halves(true, false);
	}
}

static void bad_feature(struct area *area)
{
	area->present |= 1ul << 62;
}
static void other_feature(struct area *area)
{
	area->present |= 1ul << 20;
}
static void compacted(struct area *area)
{
	area->compacted = 1ul << 63;
}
static void compacted_sse(struct area *area)
{
	area->compacted = 2;
}
static void reserved(struct area *area)
{
	area->header[0] = 1;
}
static void bad_mxcsr(struct area *area)
{
	area->mxcsr = 0xffffffff;
}
static void bad_mxcsr_avx(struct area *area)
{
	area->xfeatures = 4;
	area->mxcsr = 1u << 31;
}
static void bad_mxcsr_absent(struct area *area)
{
	area->present = 1;
	area->mxcsr = 1u << 31;
}
static void bad_unwanted(struct area *area)
{
	area->xfeatures = 0;
	area->compacted = 1;
}

static void check_forged(void)
{
	static void (*const all[])(struct area *) = {
		bad_feature,
		other_feature,
		compacted,
		compacted_sse,
		reserved,
		bad_mxcsr,
		bad_mxcsr_avx,
		bad_mxcsr_absent,
		bad_unwanted,
	};

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		change = all[i];
		int status = child_status(run);
		if (!WIFSIGNALED(status) || WTERMSIG(status) != SIGSEGV)
			test_fail(__FILE__, __LINE__, "forgery %d ends with status 0x%x", (int)i,
				status);
	}
}

int main(void)
{
	if (!has_avx())
		PASS();
	check_changes();
	check_legacy();
	check_forged();
	PASS();
}
