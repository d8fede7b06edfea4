/* The faults. Compilers must neither see that they are faults nor optimise them away. */
#include "core/selftest.h"

#include "core/panic.h"
#include "core/spinlock.h"
#include "core/watchdog.h"
#include "lib/atomic.h"
#include "lib/string.h"
#include "x86/apic.h"
#include "x86/boot_info.h"
#include "x86/descriptors.h"
#include "x86/insn.h"
#include "x86/paging.h"
#include "x86/percpu.h"
#include "x86/trap.h"

extern char kernel_text_start[];

#define USER_ADDRESS	0x10000ul
#define RETURN_OPCODE	0xc3

/* Is mapped for user mode by the faults that need such a page, and holds a function. */
static u8 page[PAGE_SIZE] ALIGNED(PAGE_SIZE) = { RETURN_OPCODE };

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

/* The same frame in the direct map. */
static u64 direct_alias(const void *symbol)
{
	return (u64)paging_direct((u64)symbol - KERNEL_BASE);
}

static void fault_wx_direct(void)
{
	write_to(direct_alias(kernel_text_start));
}

static void fault_rodata(void)
{
	static const u64 constant = 1;
	write_to((u64)&constant);
}

static u64 table_base(bool gdt)
{
	struct {
		u16 limit;
		u64 base;
	} PACKED table;
	if (gdt)
		__asm__ volatile("sgdt %0" : "=m"(table));
	else
		__asm__ volatile("sidt %0" : "=m"(table));
	return table.base;
}

static void fault_idt(void)
{
	write_to(table_base(false));
}

static void fault_gdt(void)
{
	write_to(table_base(true));
}

static void fault_calls(void)
{
	write_to((u64)syscall_table);
}

static void call(u64 address)
{
	__asm__ volatile("call *%0" : : "r"(address) : "memory");
}

static void fault_nx(void)
{
	call((u64)page);
}

static void fault_nx_direct(void)
{
	call(direct_alias(panic));
}

/* Maps the page for user mode. False if there is no memory. */
static bool map_for_user(void)
{
	paddr_t root = paging_root_new();
	pte_t *entry = root ? paging_entry(root, USER_ADDRESS, true) : NULL;
	if (!entry)
		return false;
	*entry = ((u64)page - KERNEL_BASE) | PTE_PRESENT | PTE_USER;
	paging_root_load(root);
	return true;
}

static void fault_smap(void)
{
	if (map_for_user())
		(void)READ_ONCE(*(u8 *)USER_ADDRESS);
}

static void fault_smep(void)
{
	if (map_for_user())
		call(USER_ADDRESS);
}

void selftest_push_below(void *bottom)
{
	__asm__ volatile("mov %0, %%rsp; push %%rax; ud2" : : "r"(bottom));
}

static void fault_df(void)
{
	selftest_push_below((void *)sizeof(u64));
}

static void fault_ist(void)
{
	selftest_push_below(descriptors_ist_bottom(DESCRIPTORS_IST_NMI));
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

static struct spinlock test_lock = SPINLOCK_INIT("self-test", LOCK_PROCESS);

static void fault_stuck(void)
{
	insn_cli();
	spin_lock(&test_lock);
	for (;;)
		insn_pause();
}

static bool stuck_interrupt(struct trap_frame *frame)
{
	(void)frame;
	fault_stuck();
	return true;
}

void selftest_prepare(void)
{
	if (selftest_wanted("stuck-other"))
		trap_register(TRAP_SELFTEST, stuck_interrupt);
}

static void fault_stuck_other(void)
{
	apic_send(1, TRAP_SELFTEST);
	while (atomic_load(&test_lock.holder) == 0)
		insn_pause();
	spin_lock(&test_lock);
	spin_unlock(&test_lock);
}

/* Without the lock this thread would be idle. */
static void fault_busy(void)
{
	spin_lock(&test_lock);
	insn_sti();
	while (!watchdog_has_told())
		insn_pause();
	insn_cli();
	spin_unlock(&test_lock);
}

static const struct fault {
	const char *kind;
	void (*make)(void);
} faults[] = {
	{ "ud", fault_ud },
	{ "gp", fault_gp },
	{ "pf", fault_pf },
	{ "wx", fault_wx },
	{ "wx-direct", fault_wx_direct },
	{ "rodata", fault_rodata },
	{ "idt", fault_idt },
	{ "gdt", fault_gdt },
	{ "calls", fault_calls },
	{ "nx", fault_nx },
	{ "nx-direct", fault_nx_direct },
	{ "smap", fault_smap },
	{ "smep", fault_smep },
	{ "df", fault_df },
	{ "ist", fault_ist },
	{ "stack", fault_stack },
	{ "smash", fault_smash },
	{ "assert", fault_assert },
	{ "panic", fault_panic },
	{ "stuck", fault_stuck },
	{ "stuck-other", fault_stuck_other },
	{ "busy", fault_busy },
};

bool selftest_wanted(const char *kind)
{
	char option[16];
	return boot_option("panic", option, sizeof(option)) && strcmp(option, kind) == 0;
}

void selftest_panic_early(void)
{
	if (selftest_wanted("early"))
		fault_ud();
}

void selftest_panic(void)
{
	for (size_t i = 0; i < ARRAY_SIZE(faults); i++)
		if (selftest_wanted(faults[i].kind))
			faults[i].make();
}
