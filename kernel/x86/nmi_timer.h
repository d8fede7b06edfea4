/* A timer whose interrupt cannot be masked, for the watchdog (core/watchdog.h): channel 0 of the
 * 8254, through the first 8259, which is masked but for it, to the LINT0 input of CPU 0's local
 * APIC, which makes an NMI of it (Intel 8254, 8259A; SDM vol. 3, 11.5.1). It counts down once and
 * interrupts; whoever wants it again starts it again. */
#ifndef X86_NMI_TIMER_H
#define X86_NMI_TIMER_H

#include "lib/types.h"

#define NMI_TIMER_MS	55		/* from start to interrupt: about what 16 bits count */

/* Opens the way to the calling CPU, which is CPU 0. Boot; interrupts off. */
void nmi_timer_init(void);
/* From any CPU, while it does not run. */
void nmi_timer_start(void);
/* For the NMI's handler on CPU 0: whether that was the timer, which is then acknowledged. */
MUST_CHECK bool nmi_timer_rang(void);
/* It interrupts no more. Any context. */
void nmi_timer_stop(void);

#endif
