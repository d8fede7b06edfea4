/* The local APIC is reached through its registers in memory, at 16-byte steps. An I/O APIC has an
 * index and a data register; each of its inputs is routed by a redirection entry of two words. */
#include "x86/apic.h"

#include "x86/acpi.h"
#include "x86/insn.h"
#include "x86/paging.h"
#include "x86/percpu.h"
#include "x86/trap.h"

#define LOCAL_ID		0x020
#define LOCAL_TASK_PRIORITY	0x080
#define LOCAL_END_INTERRUPT	0x0b0
#define LOCAL_SPURIOUS		0x0f0
#define LOCAL_COMMAND		0x300	/* sends an interrupt to another CPU, */
#define LOCAL_COMMAND_TARGET	0x310	/* which stands here */
#define LOCAL_LVT_TIMER		0x320
#define LOCAL_LVT_PERFORMANCE	0x340
#define LOCAL_LVT_LINT0		0x350
#define LOCAL_LVT_LINT1		0x360
#define LOCAL_LVT_ERROR		0x370
#define LOCAL_TIMER_INITIAL	0x380
#define LOCAL_TIMER_CURRENT	0x390
#define LOCAL_TIMER_DIVIDE	0x3e0

#define SPURIOUS_ENABLE	(1u << 8)
#define LVT_MASKED	(1u << 16)
#define LVT_NMI		(4u << 8)
#define TIMER_DIVIDE_16	3

#define COMMAND_NMI	(4u << 8)
#define COMMAND_INIT	(5u << 8)
#define COMMAND_STARTUP	(6u << 8)
#define COMMAND_PENDING	(1u << 12)
#define COMMAND_ASSERT	(1u << 14)
#define COMMAND_TARGET_SHIFT 24

#define IO_VERSION	1
#define IO_REDIRECTION	0x10
#define IO_ACTIVE_LOW	(1u << 13)
#define IO_LEVEL	(1u << 15)
#define IO_MASKED	(1u << 16)
#define IO_DESTINATION_SHIFT 24

#define MSR_APIC_BASE	0x1b
#define APIC_BASE_ENABLE (1u << 11)

/* The 8259s' ports, and the vectors that they can still raise for a request that went away before
 * it was masked. */
#define PIC1_COMMAND	0x20
#define PIC1_DATA	0x21
#define PIC2_COMMAND	0xa0
#define PIC2_DATA	0xa1
#define PIC_VECTORS	0xf0
#define PIC_8086	0x01
#define PIC_AUTO_END	0x02	/* x86/nmi_timer.c */

struct io_apic {
	volatile u32 *index;	/* the data register is 4 words further */
	u32 first_irq;
	u32 inputs;
};

static volatile u32 *local;
static struct io_apic io_apics[ACPI_IO_APICS_MAX];

static u32 local_read(u32 offset)
{
	return local[offset / 4];
}

static void local_write(u32 offset, u32 value)
{
	local[offset / 4] = value;
}

static u32 io_read(const struct io_apic *io, u32 index)
{
	io->index[0] = index;
	return io->index[4];
}

static void io_write(const struct io_apic *io, u32 index, u32 value)
{
	io->index[0] = index;
	io->index[4] = value;
}

/* Gives the 8259s vectors that no exception has, then masks all their inputs. */
static void pic_disable(void)
{
	insn_outb(PIC1_COMMAND, 0x11);
	insn_outb(PIC2_COMMAND, 0x11);
	insn_outb(PIC1_DATA, PIC_VECTORS);
	insn_outb(PIC2_DATA, PIC_VECTORS + 8);
	insn_outb(PIC1_DATA, 1 << 2);
	insn_outb(PIC2_DATA, 2);
	insn_outb(PIC1_DATA, PIC_8086 | PIC_AUTO_END);
	insn_outb(PIC2_DATA, PIC_8086);
	insn_outb(PIC1_DATA, 0xff);
	insn_outb(PIC2_DATA, 0xff);
}

void apic_init_cpu(void)
{
	insn_wrmsr(MSR_APIC_BASE, insn_rdmsr(MSR_APIC_BASE) | APIC_BASE_ENABLE);
	local_write(LOCAL_TASK_PRIORITY, 0);
	local_write(LOCAL_LVT_LINT0, LVT_MASKED);
	local_write(LOCAL_LVT_LINT1, LVT_NMI);
	local_write(LOCAL_LVT_ERROR, LVT_MASKED);
	local_write(LOCAL_LVT_PERFORMANCE, LVT_MASKED);
	local_write(LOCAL_LVT_TIMER, TRAP_TIMER);
	local_write(LOCAL_TIMER_DIVIDE, TIMER_DIVIDE_16);
	local_write(LOCAL_TIMER_INITIAL, 0);
	local_write(LOCAL_SPURIOUS, SPURIOUS_ENABLE | TRAP_SPURIOUS);
	percpu_self()->apic_id = local_read(LOCAL_ID) >> 24;
}

void apic_take_lint0_nmi(void)
{
	local_write(LOCAL_LVT_LINT0, LVT_NMI);
}

static bool io_init(struct io_apic *io, const struct acpi_io_apic *acpi)
{
	io->index = paging_map_device(acpi->address, PAGE_SIZE);
	if (io->index == NULL)
		return false;
	io->first_irq = acpi->first_irq;
	io->inputs = (io_read(io, IO_VERSION) >> 16 & 0xff) + 1;
	for (u32 input = 0; input < io->inputs; input++)
		io_write(io, IO_REDIRECTION + 2 * input, IO_MASKED);
	return true;
}

bool apic_init(void)
{
	pic_disable();
	local = paging_map_device(acpi_info.local_apic, PAGE_SIZE);
	if (local == NULL)
		return false;
	apic_init_cpu();
	for (u32 i = 0; i < acpi_info.io_apic_count; i++)
		if (!io_init(&io_apics[i], &acpi_info.io_apics[i]))
			return false;
	return true;
}

static const struct io_apic *io_apic_of(u32 irq)
{
	for (u32 i = 0; i < acpi_info.io_apic_count; i++) {
		const struct io_apic *io = &io_apics[i];
		if (irq >= io->first_irq && irq - io->first_irq < io->inputs)
			return io;
	}
	return NULL;
}

/* An interrupt that no I/O APIC has stays silent. */
void trap_register_irq(u32 irq, trap_handler_t handler)
{
	const struct acpi_isa_irq *isa = &acpi_info.isa_irqs[irq];
	const struct io_apic *io = io_apic_of(isa->irq);
	trap_register(TRAP_IRQ_BASE + irq, handler);
	if (io == NULL)
		return;
	u32 entry = IO_REDIRECTION + 2 * (isa->irq - io->first_irq);
	io_write(io, entry + 1, percpu_self()->apic_id << IO_DESTINATION_SHIFT);
	io_write(io, entry, (TRAP_IRQ_BASE + irq) | (isa->active_low ? IO_ACTIVE_LOW : 0) |
		 (isa->level ? IO_LEVEL : 0));
}

void apic_end_interrupt(void)
{
	if (local != NULL)
		local_write(LOCAL_END_INTERRUPT, 0);
}

static void wait_until_sent(void)
{
	while (local_read(LOCAL_COMMAND) & COMMAND_PENDING)
		insn_pause();
}

/* An interrupt handler that sends too must not come between the two halves. */
static void command(u32 apic_id, u32 what)
{
	bool irqs = insn_irq_save();
	wait_until_sent();
	local_write(LOCAL_COMMAND_TARGET, apic_id << COMMAND_TARGET_SHIFT);
	local_write(LOCAL_COMMAND, what);
	insn_irq_restore(irqs);
}

void apic_send(u32 cpu, u32 vector)
{
	command(percpu_blocks[cpu]->apic_id, COMMAND_ASSERT | vector);
}

void apic_send_nmi(u32 cpu)
{
	command(percpu_blocks[cpu]->apic_id, COMMAND_ASSERT | COMMAND_NMI);
}

/* It may have come between the two halves of another command. */
void apic_send_within_nmi(u32 cpu, u32 vector)
{
	u32 target = local_read(LOCAL_COMMAND_TARGET);

	if (vector == TRAP_NMI)
		apic_send_nmi(cpu);
	else
		apic_send(cpu, vector);
	wait_until_sent();
	local_write(LOCAL_COMMAND_TARGET, target);
}

void apic_send_init(u32 apic_id)
{
	command(apic_id, COMMAND_ASSERT | COMMAND_INIT);
}

void apic_send_startup(u32 apic_id, paddr_t page)
{
	command(apic_id, COMMAND_ASSERT | COMMAND_STARTUP | page >> PAGE_SHIFT);
}

void apic_timer_start(u32 count)
{
	local_write(LOCAL_TIMER_INITIAL, count);
}

u32 apic_timer_left(void)
{
	return local_read(LOCAL_TIMER_CURRENT);
}
