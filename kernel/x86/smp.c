/* See smp.h. boot/boot.asm has the way of a CPU from real mode to smp_entry. */
#include "x86/smp.h"

#include "lib/atomic.h"
#include "lib/string.h"
#include "x86/apic.h"
#include "x86/clock.h"
#include "x86/cpu.h"
#include "x86/insn.h"
#include "x86/paging.h"
#include "x86/tlb.h"
#include "x86/trap.h"

#define PATIENCE_NS	(200 * 1000000ul)	/* for each of two startup interrupts */

extern const u8 boot_trampoline[], boot_trampoline_end[];
extern u32 boot_ticket;
extern struct {
	u64 root, stack, percpu;
	void (*entry)(void);
} boot_cpu;

enum order { ORDER_WAIT, ORDER_RUN, ORDER_HALT, ORDER_TAKEN };

static paddr_t start_page;
static u64 arrived_tsc;		/* the counter of the CPU that has come, 0: not yet; atomic */
static enum order order;	/* what it shall do then, and that it knows; atomic */
static void (*order_run)(void);

void smp_prepare(paddr_t page)
{
	memcpy(paging_direct(page), boot_trampoline, boot_trampoline_end - boot_trampoline);
	start_page = page;
	tlb_init();
}

/* What a CPU does first in C, on its own stack and per-CPU block. */
static NORETURN void smp_entry(void)
{
	trap_init_cpu();
	tlb_note_root(paging_kernel_root());
	cpu_init();
	apic_init_cpu();
	atomic_store(&arrived_tsc, MAX(insn_rdtsc(), 1ul));
	while (atomic_load(&order) == ORDER_WAIT)
		insn_pause();
	if (atomic_exchange(&order, ORDER_TAKEN) == ORDER_RUN)
		order_run();
	for (;;)
		__asm__ volatile("cli; hlt");
}

/* Waits for the CPU, or for its taking the ticket. */
static bool wait_until_there(void)
{
	u64 end = clock_hw_ns() + PATIENCE_NS;

	while (atomic_load(&arrived_tsc) == 0) {
		if (clock_hw_ns() > end && atomic_load(&boot_ticket) != 0)
			return false;
		insn_pause();
	}
	return true;
}

/* Gives up, unless the CPU has just come after all. */
static bool has_taken_ticket(void)
{
	if (atomic_exchange(&boot_ticket, 0) != 0)
		return false;
	return wait_until_there();
}

/* Has the CPU come in; false if it does not. */
static bool call_in(u32 apic_id)
{
	arrived_tsc = 0;
	order = ORDER_WAIT;
	atomic_store(&boot_ticket, 1);
	apic_send_init(apic_id);
	for (u32 i = 0; i < 2; i++) {
		apic_send_startup(apic_id, start_page);
		if (wait_until_there())
			return true;
	}
	return has_taken_ticket();
}

static void give_order(enum order what)
{
	atomic_store(&order, what);
	while (atomic_load(&order) != ORDER_TAKEN)
		insn_pause();
}

/* The reading of the other CPU lies between two of this one: nobody could tell their counters
 * apart, since what goes from one CPU to another takes as long. */
enum smp_result smp_start(u32 apic_id, struct percpu *block, u64 stack_top, void (*run)(void))
{
	u64 before = insn_rdtsc();

	boot_cpu.root = paging_kernel_root();
	boot_cpu.stack = stack_top;
	boot_cpu.percpu = (u64)block;
	boot_cpu.entry = smp_entry;
	order_run = run;
	if (!call_in(apic_id))
		return SMP_ABSENT;
	if (arrived_tsc < before || arrived_tsc > insn_rdtsc()) {
		give_order(ORDER_HALT);
		return SMP_OTHER_TIME;
	}
	percpu_blocks[block->id] = block;
	atomic_store(&percpu_count, block->id + 1);
	give_order(ORDER_RUN);
	return SMP_RUNS;
}
