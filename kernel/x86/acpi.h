/* The few facts that the kernel takes from ACPI (ACPI Specification 6.4, 5.2): interrupt
 * controllers, timers, how to power off. acpi_init copies them while the boot tables map the first
 * 4 GiB, where firmware puts its tables, so nobody needs the tables later. Every table is checked
 * for its length and checksum; one that is bad, or lies higher, counts as absent. Read-only after
 * boot. */
#ifndef X86_ACPI_H
#define X86_ACPI_H

#include "lib/types.h"

#define ACPI_CPUS_MAX		64
#define ACPI_IO_APICS_MAX	8
#define ACPI_ISA_IRQS		16

struct acpi_io_apic {
	paddr_t address;
	u32 first_irq;			/* global number of its input 0 */
};

/* Where an ISA interrupt goes and how it looks there. */
struct acpi_isa_irq {
	u32 irq;			/* global number */
	bool active_low;
	bool level;
};

struct acpi_info {
	bool found;
	paddr_t local_apic;
	u32 cpu_count;
	u32 cpu_apic_ids[ACPI_CPUS_MAX];	/* usable processors, in the order of the table */
	u32 io_apic_count;
	struct acpi_io_apic io_apics[ACPI_IO_APICS_MAX];
	struct acpi_isa_irq isa_irqs[ACPI_ISA_IRQS];
	paddr_t hpet;			/* 0: none */
	u16 pm_timer_port;		/* 0: none */
	u16 power_ports[2];		/* PM1a and PM1b control; 0: none */
	u16 power_values[2];		/* what to write there for state S5 */
};

extern struct acpi_info acpi_info;

struct boot_info;
/* Called once, after multiboot_read, before paging_init and before memory is handed out. Without
 * ACPI it fills in what a PC has by convention. */
void acpi_init(const struct boot_info *boot);

/* Returns if the machine does not go off. */
void acpi_power_off(void);

#endif
