/* The end of the machine: both functions wait until the serial ports have sent what they hold, and
 * do not return. Any context. */
#ifndef X86_POWER_H
#define X86_POWER_H

#include "lib/types.h"

#define POWER_STATUS_OFF	0x31	/* QEMU's exit status is 2 * this + 1 */
#define POWER_STATUS_PANIC	0x32
#define POWER_STATUS_PROGRAM	0x33	/* power off, asked for by a program other than init */

/* Ends QEMU with the status through its isa-debug-exit device. Without that, POWER_STATUS_OFF
 * powers off by ACPI; a panic, or a machine that ACPI does not turn off, halts. */
NORETURN void power_off(u8 status);

/* Resets by the keyboard controller, at last by a triple fault. */
NORETURN void power_restart(void);

#endif
