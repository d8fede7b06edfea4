/* The faults. Compilers must neither see that they are faults nor optimise them away. */
#include "core/selftest.h"

#include "core/panic.h"
#include "lib/string.h"
#include "x86/boot_info.h"

extern char kernel_text_start[];

static void fault_ud(void)
{
	__asm__ volatile("ud2");
}

static void write_to(u64 address)
{
	__asm__ volatile("movb $0, (%0)" : : "r"(address) : "memory");
}

static void fault_gp(void)
{
	write_to(0x8000000000000000);
}

static void fault_pf(void)
{
	write_to(sizeof(u64));
}

static void fault_wx(void)
{
	write_to((u64)kernel_text_start);
}

static void fault_df(void)
{
	__asm__ volatile("mov %0, %%rsp; push %%rax" : : "r"(sizeof(u64)));
}

static u64 recurse(volatile u64 *depth)
{
	volatile u64 deeper = *depth + 1;
	return deeper == 0 ? 0 : recurse(&deeper) + deeper;
}

static void fault_stack(void)
{
	volatile u64 depth = 0;
	recurse(&depth);
}

static void fault_smash(void)
{
	char array[16];
	volatile size_t size = sizeof(array) + 2 * sizeof(u64);
	for (volatile char *byte = array; byte < array + size; byte++)
		*byte = 1;
}

static void fault_assert(void)
{
	ASSERT(kernel_text_start == NULL);
}

static void fault_panic(void)
{
	panic("ordered by the command line");
}

static const struct fault {
	const char *kind;
	void (*make)(void);
} faults[] = {
	{ "ud", fault_ud },
	{ "gp", fault_gp },
	{ "pf", fault_pf },
	{ "wx", fault_wx },
	{ "df", fault_df },
	{ "stack", fault_stack },
	{ "smash", fault_smash },
	{ "assert", fault_assert },
	{ "panic", fault_panic },
};

static bool wanted(const char *kind)
{
	char option[16];
	return boot_option("panic", option, sizeof(option)) && strcmp(option, kind) == 0;
}

void selftest_panic_early(void)
{
	if (wanted("early"))
		fault_ud();
}

void selftest_panic(void)
{
	for (size_t i = 0; i < ARRAY_SIZE(faults); i++)
		if (wanted(faults[i].kind))
			faults[i].make();
}
