/* See jitter.h. Each CPU draws numbers of its own, so that under ICOUNT=1 the same seed gives the
 * same run. */
#include "sched/jitter.h"

#ifdef DEBUG

#include "x86/boot_info.h"
#include "x86/percpu.h"

#define SHORTEST_SLICE_NS 20000u

static u64 states[CPU_MAX];	/* 0: there is no seed; each its own CPU's */

static u64 number_of(const char *text)
{
	u64 number = 0;

	for (; *text >= '0' && *text <= '9'; text++)
		number = number * 10 + (*text - '0');
	return number;
}

/* xorshift64 (Marsaglia, Xorshift RNGs, 2003), whose state is never 0. */
static u64 draw(void)
{
	u64 *state = &states[percpu_self()->id];

	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

void jitter_init(void)
{
	char text[24];

	if (!boot_option("jitter", text, sizeof(text)))
		return;
	for (u32 cpu = 0; cpu < CPU_MAX; cpu++)
		states[cpu] = (number_of(text) * CPU_MAX + cpu) * 0x9e3779b97f4a7c15 | 1;
}

/* The first one from a CPU by chance on, or the first of all. */
bool jitter_place(u64 allowed, u32 *cpu)
{
	if (states[0] == 0 || draw() % 4 != 0)
		return false;
	u64 skipped = draw() % percpu_count, from = allowed >> skipped << skipped;
	*cpu = __builtin_ctzl(from != 0 ? from : allowed);
	return true;
}

u64 jitter_slice(u64 now, u64 end)
{
	if (states[0] == 0 || end <= now || end == UINT64_MAX)
		return end;
	u64 parts = 1 + draw() % 64, early = now + SHORTEST_SLICE_NS + draw() % (end - now) / parts;
	return MIN(end, early);
}

#endif
