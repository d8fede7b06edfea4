/* IA-PC HPET Specification 1.0a; ACPI Specification 6.4, 4.8.3.3; Intel 8254. */
#include "x86/clock_reference.h"

#include "x86/acpi.h"
#include "x86/insn.h"
#include "x86/paging.h"

#define HPET_PERIOD	1	/* 32-bit registers, by index */
#define HPET_CONFIG	4
#define HPET_COUNTER	60
#define HPET_ENABLE	1u
#define HPET_PERIOD_MAX	100000000u	/* fs */
#define FS_PER_SEC	1000000000000000ul

#define PM_TIMER_HZ	3579545
#define PM_TIMER_MASK	0xffffffu	/* some have 32 bits, all these */

#define PIT_HZ		1193182
#define PIT_CHANNEL2	0x42
#define PIT_COMMAND	0x43
#define PIT_START	0xb0	/* channel 2, low byte then high byte, mode 0, binary */
#define PIT_LATCH	0x80
#define PIT_GATE_PORT	0x61
#define PIT_GATE	0x01
#define PIT_SPEAKER	0x02

struct clock_reference clock_reference;

static volatile u32 *hpet;

static u64 read_hpet(void)
{
	return hpet[HPET_COUNTER];
}

static u64 read_pm_timer(void)
{
	return insn_inl(acpi_info.pm_timer_port);
}

/* It counts down, from 65535 round and round. */
static u64 read_pit(void)
{
	insn_outb(PIT_COMMAND, PIT_LATCH);
	u8 low = insn_inb(PIT_CHANNEL2);
	u8 high = insn_inb(PIT_CHANNEL2);
	return ~(u32)(high << 8 | low);
}

static void start_pit(void)
{
	insn_outb(PIT_GATE_PORT, (insn_inb(PIT_GATE_PORT) & ~PIT_SPEAKER) | PIT_GATE);
	insn_outb(PIT_COMMAND, PIT_START);
	insn_outb(PIT_CHANNEL2, 0xff);
	insn_outb(PIT_CHANNEL2, 0xff);
}

/* False only for want of memory; without a usable HPET nothing is chosen. */
static bool try_hpet(void)
{
	if (acpi_info.hpet == 0)
		return true;
	hpet = paging_map_device(acpi_info.hpet, 1024);
	if (hpet == NULL)
		return false;
	u32 period = hpet[HPET_PERIOD];
	if (period == 0 || period > HPET_PERIOD_MAX)
		return true;
	hpet[HPET_CONFIG] |= HPET_ENABLE;
	clock_reference =
		(struct clock_reference){ "HPET", FS_PER_SEC / period, UINT32_MAX, read_hpet };
	return true;
}

bool clock_reference_init(void)
{
	if (!try_hpet())
		return false;
	if (clock_reference.read != NULL)
		return true;
	if (acpi_info.pm_timer_port != 0) {
		clock_reference = (struct clock_reference){
			"ACPI timer", PM_TIMER_HZ, PM_TIMER_MASK, read_pm_timer
		};
		return true;
	}
	start_pit();
	clock_reference = (struct clock_reference){ "8254", PIT_HZ, UINT16_MAX, read_pit };
	return true;
}
