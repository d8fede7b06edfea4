/* Reading of ACPI tables: root pointer, then the root table (XSDT, else RSDT), then those tables
 * that are wanted. Fields are read by their offsets, which the specification gives; a field behind
 * the end of its table reads as 0, which everywhere means that the thing is not there. */
#include "x86/acpi.h"

#include "lib/string.h"
#include "x86/boot_info.h"
#include "x86/insn.h"
#include "x86/paging.h"

#define READABLE_END	(1ul << 32)	/* of what the boot tables map */
#define LENGTH_MAX	(4ul << 20)	/* of a table */

#define BDA_EBDA_SEGMENT 0x40e
#define EBDA_SEARCHED	1024
#define BIOS_START	0xe0000
#define BIOS_END	0x100000
#define RSDP_SIGNATURE	0x2052545020445352ul	/* "RSD PTR " */
#define RSDP_STEP	16

#define RSDP_SIZE_OLD	20
#define RSDP_REVISION	15
#define RSDP_RSDT	16
#define RSDP_XSDT	24

#define TABLE_LENGTH	4
#define TABLE_HEADER	36

#define MADT_LOCAL_APIC	36
#define MADT_ENTRIES	44
#define MADT_TYPE_CPU	0
#define MADT_TYPE_IO_APIC 1
#define MADT_TYPE_OVERRIDE 2
#define MADT_TYPE_LOCAL_APIC 5
#define MADT_CPU_ENABLED 1

#define FADT_DSDT	40
#define FADT_SMI_COMMAND 48
#define FADT_ACPI_ENABLE 52
#define FADT_PM1A	64
#define FADT_PM1B	68
#define FADT_PM_TIMER	76
#define FADT_PM_TIMER_LENGTH 91
#define HPET_ADDRESS	44

#define PM1_SCI_ENABLED	(1u << 0)
#define PM1_SLEEP_TYPE_SHIFT 10
#define PM1_SLEEP_ENABLE (1u << 13)
#define SPINS_MAX	1000000u

#define DEFAULT_LOCAL_APIC 0xfee00000
#define DEFAULT_IO_APIC	0xfec00000

struct acpi_info acpi_info;

static u16 smi_command_port;
static u8 smi_enable_value;

struct table {
	const u8 *bytes;	/* NULL: none */
	u32 length;
};

static u64 table_field(const struct table *table, u32 offset, u32 size)
{
	u64 value = 0;
	if (offset <= table->length && size <= table->length - offset)
		memcpy(&value, table->bytes + offset, size);
	return value;
}

static bool sum_is_zero(const u8 *bytes, u32 length)
{
	u8 sum = 0;
	for (u32 i = 0; i < length; i++)
		sum += bytes[i];
	return sum == 0;
}

static struct table table_at(paddr_t address)
{
	struct table none = { NULL, 0 };
	if (address == 0 || address > READABLE_END - TABLE_HEADER)
		return none;
	struct table table = { paging_direct(address), TABLE_HEADER };
	u64 length = table_field(&table, TABLE_LENGTH, 4);
	if (length < TABLE_HEADER || length > MIN(LENGTH_MAX, READABLE_END - address))
		return none;
	table.length = length;
	return sum_is_zero(table.bytes, table.length) ? table : none;
}

/* The root pointer. */

/* A search asks this of thousands of places, so the signature is compared as one word. */
static bool is_rsdp(const u8 *at)
{
	u64 signature;
	__builtin_memcpy(&signature, at, sizeof(signature));
	return signature == RSDP_SIGNATURE && sum_is_zero(at, RSDP_SIZE_OLD);
}

static const u8 *rsdp_search(paddr_t start, u64 size)
{
	const u8 *from = paging_direct(start);
	for (u64 offset = 0; offset < size; offset += RSDP_STEP)
		if (is_rsdp(from + offset))
			return from + offset;
	return NULL;
}

static const u8 *rsdp_find(const struct boot_info *boot)
{
	u16 ebda_segment;
	const u8 *found = NULL;
	if (boot->rsdp != 0)
		return is_rsdp(paging_direct(boot->rsdp)) ? paging_direct(boot->rsdp) : NULL;
	memcpy(&ebda_segment, paging_direct(BDA_EBDA_SEGMENT), sizeof(ebda_segment));
	if (ebda_segment != 0)
		found = rsdp_search(ebda_segment * 16ul, EBDA_SEARCHED);
	return found != NULL ? found : rsdp_search(BIOS_START, BIOS_END - BIOS_START);
}

/* Calls read for every table that the root table names. */
static void each_table(const u8 *rsdp, void (*read)(const struct table *table))
{
	u32 entry_size = 8;
	struct table root = { NULL, 0 };
	struct table pointer = { rsdp, RSDP_SIZE_OLD };
	if (rsdp[RSDP_REVISION] >= 2) {
		pointer.length = RSDP_XSDT + 8;
		root = table_at(table_field(&pointer, RSDP_XSDT, 8));
	}
	if (root.bytes == NULL) {
		root = table_at(table_field(&pointer, RSDP_RSDT, 4));
		entry_size = 4;
	}
	for (u32 at = TABLE_HEADER; at + entry_size <= root.length; at += entry_size) {
		struct table table = table_at(table_field(&root, at, entry_size));
		if (table.bytes != NULL)
			read(&table);
	}
}

/* The tables. */

static void read_cpu(u32 apic_id, u32 flags)
{
	if ((flags & MADT_CPU_ENABLED) && acpi_info.cpu_count < ACPI_CPUS_MAX)
		acpi_info.cpu_apic_ids[acpi_info.cpu_count++] = apic_id;
}

static void read_io_apic(paddr_t address, u32 first_irq)
{
	struct acpi_io_apic io_apic = { address, first_irq };
	if (acpi_info.io_apic_count < ACPI_IO_APICS_MAX)
		acpi_info.io_apics[acpi_info.io_apic_count++] = io_apic;
}

/* flags: two bits of polarity (3: active low), two of trigger mode (3: level); 0: as the bus has
 * it. */
static void read_override(u32 source, u32 irq, u32 flags)
{
	if (source < ACPI_ISA_IRQS)
		acpi_info.isa_irqs[source] =
			(struct acpi_isa_irq){ irq, (flags & 3) == 3, (flags >> 2 & 3) == 3 };
}

static void read_madt_entry(const struct table *table, u32 at)
{
	switch (table_field(table, at, 1)) {
	case MADT_TYPE_CPU:
		read_cpu(table_field(table, at + 3, 1), table_field(table, at + 4, 4));
		break;
	case MADT_TYPE_IO_APIC:
		read_io_apic(table_field(table, at + 4, 4), table_field(table, at + 8, 4));
		break;
	case MADT_TYPE_OVERRIDE:
		read_override(table_field(table, at + 3, 1), table_field(table, at + 4, 4),
			      table_field(table, at + 8, 2));
		break;
	case MADT_TYPE_LOCAL_APIC:
		acpi_info.local_apic = table_field(table, at + 4, 8);
		break;
	}
}

static void read_madt(const struct table *table)
{
	u32 size;
	acpi_info.local_apic = table_field(table, MADT_LOCAL_APIC, 4);
	for (u32 at = MADT_ENTRIES; at + 2 <= table->length; at += size) {
		size = table_field(table, at + 1, 1);
		if (size < 2 || size > table->length - at)
			break;
		read_madt_entry(table, at);
	}
}

/* One small integer of a package in AML (20.2.3): its value; *at moves behind it. */
static u8 aml_byte(const struct table *table, u32 *at)
{
	const u8 byte_prefix = 0x0a;
	if (table_field(table, *at, 1) == byte_prefix)
		++*at;
	return table_field(table, (*at)++, 1);
}

/* The sleep types of state S5 stand in the AML object Name(_S5_, Package { a, b, ... }). It is
 * found by its bytes, since nothing else here would need an interpreter of AML. */
static void read_dsdt(const struct table *table)
{
	const u8 name_and_package[5] = { '_', 'S', '5', '_', 0x12 };
	for (u32 at = TABLE_HEADER; at + sizeof(name_and_package) < table->length; at++) {
		if (memcmp(table->bytes + at, name_and_package, sizeof(name_and_package)) != 0)
			continue;
		at += sizeof(name_and_package);
		at += 1 + (table_field(table, at, 1) >> 6);	/* the package's length */
		at += 1;					/* how many elements */
		for (u32 i = 0; i < 2; i++)
			acpi_info.power_values[i] =
				aml_byte(table, &at) << PM1_SLEEP_TYPE_SHIFT | PM1_SLEEP_ENABLE;
		return;
	}
	acpi_info.power_ports[0] = 0;
}

static void read_fadt(const struct table *table)
{
	struct table dsdt = table_at(table_field(table, FADT_DSDT, 4));
	if (table_field(table, FADT_PM_TIMER_LENGTH, 1) == 4)
		acpi_info.pm_timer_port = table_field(table, FADT_PM_TIMER, 4);
	smi_command_port = table_field(table, FADT_SMI_COMMAND, 4);
	smi_enable_value = table_field(table, FADT_ACPI_ENABLE, 1);
	acpi_info.power_ports[0] = table_field(table, FADT_PM1A, 4);
	acpi_info.power_ports[1] = table_field(table, FADT_PM1B, 4);
	read_dsdt(&dsdt);
}

static void read_table(const struct table *table)
{
	if (memcmp(table->bytes, "APIC", 4) == 0)
		read_madt(table);
	else if (memcmp(table->bytes, "FACP", 4) == 0)
		read_fadt(table);
	else if (memcmp(table->bytes, "HPET", 4) == 0)
		acpi_info.hpet = table_field(table, HPET_ADDRESS, 8);
}

void acpi_init(const struct boot_info *boot)
{
	const u8 *rsdp = rsdp_find(boot);
	for (u32 i = 0; i < ACPI_ISA_IRQS; i++)
		acpi_info.isa_irqs[i].irq = i;
	acpi_info.found = rsdp != NULL;
	if (rsdp != NULL)
		each_table(rsdp, read_table);
	if (acpi_info.local_apic == 0)
		acpi_info.local_apic = DEFAULT_LOCAL_APIC;
	if (acpi_info.io_apic_count == 0)
		read_io_apic(DEFAULT_IO_APIC, 0);
	if (acpi_info.cpu_count == 0)
		acpi_info.cpu_count = 1;
}

/* Firmware may still hold the power registers in its own mode. */
static void acpi_enable(u16 control_port)
{
	if (smi_command_port == 0 || smi_enable_value == 0)
		return;
	if (insn_inw(control_port) & PM1_SCI_ENABLED)
		return;
	insn_outb(smi_command_port, smi_enable_value);
	for (u32 spins = 0; spins < SPINS_MAX; spins++)
		if (insn_inw(control_port) & PM1_SCI_ENABLED)
			return;
}

void acpi_power_off(void)
{
	if (acpi_info.power_ports[0] == 0)
		return;
	acpi_enable(acpi_info.power_ports[0]);
	for (u32 i = 0; i < 2; i++)
		if (acpi_info.power_ports[i] != 0)
			insn_outw(acpi_info.power_ports[i], acpi_info.power_values[i]);
}
