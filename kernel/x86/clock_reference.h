/* A counter of known frequency, by which x86/clock.c measures the others: HPET, else the ACPI
 * power-management timer, else the 8254. Boot chooses; reading is for one CPU at a time. */
#ifndef X86_CLOCK_REFERENCE_H
#define X86_CLOCK_REFERENCE_H

#include "lib/types.h"

struct clock_reference {
	const char *name;
	u64 frequency;		/* Hz */
	u64 mask;		/* of the bits that count; it wraps to 0 behind them */
	u64 (*read)(void);
};

/* Chooses one and starts it. False if there is no memory for its mapping. */
MUST_CHECK bool clock_reference_init(void);

extern struct clock_reference clock_reference;

#endif
