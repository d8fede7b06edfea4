/* Power off and restart (ACPI Specification 6.4, 4.8.3.2; the PC's keyboard controller). */
#include "x86/power.h"

#include "x86/acpi.h"
#include "x86/insn.h"
#include "x86/nmi_timer.h"
#include "x86/uart.h"

#define DEBUG_EXIT_PORT		0xf4
#define KEYBOARD_COMMAND_PORT	0x64
#define KEYBOARD_INPUT_FULL	0x02
#define KEYBOARD_RESET		0xfe
#define SPINS_MAX		100000u

static void flush_all(void)
{
	insn_cli();
	uart_flush(UART_CONSOLE);
	uart_flush(UART_LOG);
}

void power_off(u8 status)
{
	nmi_timer_stop();
	flush_all();
	insn_outl(DEBUG_EXIT_PORT, status);
	if (status == POWER_STATUS_OFF)
		acpi_power_off();
	for (;;)
		__asm__ volatile("cli; hlt");
}

void power_restart(void)
{
	struct {
		u16 limit;
		u64 base;
	} PACKED no_idt = { 0, 0 };
	flush_all();
	for (u32 spins = 0; spins < SPINS_MAX; spins++)
		if (!(insn_inb(KEYBOARD_COMMAND_PORT) & KEYBOARD_INPUT_FULL))
			break;
	insn_outb(KEYBOARD_COMMAND_PORT, KEYBOARD_RESET);
	__asm__ volatile("lidt %0; int3" : : "m"(no_idt));
	__builtin_unreachable();
}
