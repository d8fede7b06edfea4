/* The clock hardware: the time stamp counter and each CPU's one-shot timer, both calibrated against
 * HPET or the ACPI power-management timer over what the boot does anyway, and refined while the
 * machine runs; and the real-time clock. sched/time.c builds clock_ns and timers on it. The same on
 * all CPUs; any context unless said otherwise. */
#ifndef X86_CLOCK_H
#define X86_CLOCK_H

#include "lib/types.h"

/* Begins to measure; from here on time is counted. After apic_init. False if there is no memory for
 * a mapping. A PC that has neither HPET nor the power-management timer is measured by its 8254,
 * whose counter is so short that this waits 2 ms. */
MUST_CHECK bool clock_hw_start(void);

/* Ends the first measurement, which is the better the more time has passed. Until then the clock
 * stands at 0. */
void clock_hw_init(void);

/* Nanoseconds since clock_hw_start; never goes backwards. A multiplication and a shift. */
u64 clock_hw_ns(void);

/* The rate of the time stamp counter, as far as it is known, in kHz. */
u64 clock_hw_tsc_khz(void);

/* Seconds since 1970 at boot, as the RTC had them. */
u64 clock_hw_boot_time(void);

/* This CPU's TRAP_TIMER interrupt comes at that time (clock_hw_ns), or at once if it has passed;
 * UINT64_MAX: none. It may come early, for a refinement, which happens in this call: whoever
 * handles it sets the timer anew. Interrupts off. */
void clock_hw_set_timer(u64 deadline_ns);

#endif
