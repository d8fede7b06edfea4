/* Flushes of translations on this CPU and on others (x86/tlb.h). A CPU makes one request at a time,
 * which stands in its own entry until all have answered; in the entry of each that is asked there is
 * a bit for every CPU that asks. */
#include "x86/tlb.h"

#include "lib/atomic.h"
#include "x86/apic.h"
#include "x86/cpu.h"
#include "x86/insn.h"
#include "x86/paging.h"
#include "x86/percpu.h"
#include "x86/trap.h"

#define FLUSH_PAGES_MAX	32	/* beyond these, forgetting everything is cheaper */
#define CR4_PGE		(1ul << 7)

struct tlb {
	paddr_t root;		/* what CR3 holds, or has held until just now */
	paddr_t entering;	/* what it holds, or is about to */
	u64 asked_by;		/* CPUs that wait for this one; atomic */
	/* This CPU's request, constant while others have to answer it. */
	u64 waiting_for;	/* those others; atomic */
	paddr_t request_root;	/* 0: the kernel's half */
	u64 start, end;
} ALIGNED(64);

static struct tlb tlbs[CPU_MAX];

static struct tlb *tlb_self(void)
{
	return &tlbs[percpu_self()->id];
}

static bool may_hold(const struct tlb *tlb, paddr_t root)
{
	return atomic_load_relaxed(&tlb->root) == root ||
		atomic_load_relaxed(&tlb->entering) == root;
}

void tlb_note_root(paddr_t root)
{
	tlb_self()->root = tlb_self()->entering = root;
}

/* The load of CR3 is serialising: it comes after the first note, and before the second. */
void tlb_load_root(paddr_t root)
{
	struct tlb *self = tlb_self();

	if (self->root == root)
		return;
	atomic_store(&self->entering, root);
	insn_write_cr3(root);
	atomic_store(&self->root, root);
}

static void forget_all(bool global)
{
	u64 cr4 = insn_read_cr4();

	if (global && cr4 & CR4_PGE) {
		insn_write_cr4(cr4 & ~CR4_PGE);
		insn_write_cr4(cr4);
	} else {
		insn_write_cr3(insn_read_cr3());
	}
}

static void forget(bool global, u64 start, u64 end)
{
	if (end - start > FLUSH_PAGES_MAX * PAGE_SIZE) {
		forget_all(global);
		return;
	}
	for (u64 address = start; address < end; address += PAGE_SIZE)
		insn_invlpg(address);
}

/* A root that is loaded but not used is left, so that nobody asks again. */
static void answer_one(const struct tlb *other)
{
	paddr_t root = other->request_root;

	if (root == 0)
		forget(true, other->start, other->end);
	else if (!may_hold(tlb_self(), root))
		return;
	else if (percpu_self()->root_unused)
		paging_root_load(0);
	else
		forget(false, other->start, other->end);
}

static void answer(void)
{
	struct tlb *self = tlb_self();
	u64 bit = 1ul << percpu_self()->id;

	for (u64 left = atomic_exchange(&self->asked_by, 0); left != 0; left &= left - 1) {
		struct tlb *other = &tlbs[__builtin_ctzl(left)];

		answer_one(other);
		atomic_fetch_and(&other->waiting_for, ~bit);
	}
}

static bool answer_interrupt(struct trap_frame *frame)
{
	(void)frame;
	answer();
	return true;
}

void tlb_init(void)
{
	trap_register(TRAP_TLB, answer_interrupt);
}

/* Who is being asked by somebody already has an interrupt on its way. */
static void ask(u64 cpus, paddr_t root, u64 start, u64 end)
{
	struct tlb *self = tlb_self();
	u64 bit = 1ul << percpu_self()->id;

	self->request_root = root;
	self->start = start;
	self->end = end;
	atomic_store(&self->waiting_for, cpus);
	for (u64 left = cpus; left != 0; left &= left - 1) {
		u32 cpu = __builtin_ctzl(left);

		if (atomic_fetch_or(&tlbs[cpu].asked_by, bit) == 0)
			apic_send(cpu, TRAP_TLB);
	}
}

static void wait_for_answers(void)
{
	struct tlb *self = tlb_self();

	while (atomic_load(&self->waiting_for) != 0) {
		answer();
		insn_pause();
	}
}

/* The other CPUs that run; those of them that may hold translations of a root. */
static u64 others(void)
{
	u64 bit = 1ul << percpu_self()->id;

	return (percpu_count < CPU_MAX ? (1ul << percpu_count) - 1 : UINT64_MAX) & ~bit;
}

static u64 others_with(paddr_t root)
{
	u64 cpus = others();

	atomic_fence();		/* the tables have been changed before */
	for (u64 left = cpus; left != 0; left &= left - 1) {
		u32 cpu = __builtin_ctzl(left);

		if (!may_hold(&tlbs[cpu], root))
			cpus &= ~(1ul << cpu);
	}
	return cpus;
}

void tlb_flush(paddr_t root, u64 start, u64 end)
{
	u64 cpus = percpu_count > 1 ? others_with(root) : 0;

	if (unlikely(cpus != 0))
		ask(cpus, root, start, end);
	if (tlb_self()->root == root)
		forget(false, start, end);
	if (unlikely(cpus != 0))
		wait_for_answers();
}

void tlb_flush_kernel(u64 start, u64 end)
{
	if (percpu_count > 1)
		ask(others(), 0, start, end);
	forget(true, start, end);
	if (percpu_count > 1)
		wait_for_answers();
}

void tlb_leave(paddr_t root)
{
	if (tlb_self()->root == root)
		paging_root_load(0);
	tlb_flush(root, 0, PAGE_SIZE);
}
