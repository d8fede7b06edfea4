/* The watchdog. A CPU that is busy takes an interrupt at least every 10 ms (SAMPLE_NS), so one that
 * takes none for seconds has its interrupts off for good: that is a panic, on that CPU, which names
 * it with its backtrace and locks. A thread that has been asked to make way for others, or is at a
 * spin lock, and does not leave the kernel for seconds is named in the log. docs/boot.md has the
 * messages.
 *
 * CPU 0 looks at all, itself included, in an NMI that a timer brings every NMI_TIMER_MS; there it
 * sends NMIs to those that take no interrupts. While all CPUs are idle there is no timer: the first
 * interrupt that one takes starts it again. */
#ifndef CORE_WATCHDOG_H
#define CORE_WATCHDOG_H

#include "lib/types.h"

struct trap_frame;

/* Begins, unless the boot option watchdog=off was given. make_way: the bit of a thread's work that
 * asks it to. Boot, before paging_seal, on CPU 0. */
void watchdog_start(u32 make_way);

/* Whether it has told of a thread that does not make way. */
bool watchdog_has_told(void);

/* For the handler of NMIs (core/panic.c): false if this one is not the watchdog's. */
MUST_CHECK bool watchdog_nmi(struct trap_frame *frame);

#endif
