/* See cpus.h. */
#include "sched/cpus.h"

#include "core/printk.h"
#include "mem/bootmem.h"
#include "mem/kmalloc.h"
#include "sched/schedule.h"
#include "sched/stack.h"
#include "x86/acpi.h"
#include "x86/percpu.h"
#include "x86/smp.h"

static paddr_t low_page;

void cpus_prepare(void)
{
	if (acpi_info.cpu_count > 1)
		low_page = bootmem_take_low();
}

/* All that a CPU has of its own, but for its stacks. */
struct cpu {
	struct percpu percpu;
	struct thread idle;
	u64 data[] ALIGNED(64);		/* PERCPU_DATA */
};

static bool stacks_take(struct percpu *percpu)
{
	struct page *block;

	for (u32 i = 0; i < PERCPU_IST_STACKS; i++) {
		void *stack = stack_alloc(&block);
		if (!stack)
			return false;
		percpu->ist_stacks[i] = (u64)stack + KERNEL_STACK_SIZE;
	}
	return true;
}

/* NULL if there is no memory; what it took until then stays taken, since the machine is too small
 * for this anyway. */
static struct cpu *cpu_new(u32 id)
{
	struct cpu *cpu = kmalloc_zeroed(sizeof(*cpu) + percpu_data_size());

	if (!cpu || !stacks_take(&cpu->percpu) || !thread_init_idle(&cpu->idle, id))
		return NULL;
	cpu->percpu.self = &cpu->percpu;
	cpu->percpu.id = id;
	cpu->percpu.idle = cpu->percpu.current = &cpu->idle;
	cpu->percpu.current_work = &cpu->idle.work;
	cpu->percpu.root_unused = true;
	percpu_data_place(&cpu->percpu, cpu->data);
	return cpu;
}

static const char *cpu_start(struct cpu *cpu, u32 apic_id)
{
	switch (smp_start(apic_id, &cpu->percpu, thread_stack_top(&cpu->idle), sched_idle)) {
	case SMP_RUNS:
		return NULL;
	case SMP_ABSENT:
		return "does not start";
	default:
		return "has another time";
	}
}

/* One that fails leaves what it was given to the next. */
static void start_all(void)
{
	struct cpu *cpu = NULL;

	for (u32 i = 0; i < acpi_info.cpu_count; i++) {
		u32 apic_id = acpi_info.cpu_apic_ids[i];
		if (apic_id == percpu_boot.apic_id)
			continue;
		if (!cpu)
			cpu = cpu_new(percpu_count);
		const char *fault = cpu ? cpu_start(cpu, apic_id) : "finds no memory";
		if (fault)
			printk("cpus: the one with APIC number %u %s, and is left out\n", apic_id,
				fault);
		else
			cpu = NULL;
	}
}

void cpus_start(void)
{
	if (low_page != 0) {
		smp_prepare(low_page);
		start_all();
	}
	printk("cpus: %u of %u run\n", percpu_count, acpi_info.cpu_count);
}
