/* Interrupt controllers: each CPU's local APIC and its timer, and the I/O APICs, to which the ISA
 * interrupts are routed (Intel SDM vol. 3, 11; 82093AA I/O APIC). The 8259s are masked for good,
 * but for the timer of x86/nmi_timer.h. Routing happens at boot; the rest concerns only the calling
 * CPU and wants interrupts off. */
#ifndef X86_APIC_H
#define X86_APIC_H

#include "lib/types.h"

/* Maps the controllers and sets up this CPU's, with every interrupt masked. After acpi_init and
 * paging_init. False if there is no memory for the mappings. */
MUST_CHECK bool apic_init(void);
/* Sets up the calling CPU's own; notes its number in its per-CPU block. */
void apic_init_cpu(void);

/* What the 8259s request is an NMI for the calling CPU (x86/nmi_timer.h). */
void apic_take_lint0_nmi(void);

/* Interrupts for another CPU that runs: one of a vector, or one that cannot be masked. Any
 * context. */
void apic_send(u32 cpu, u32 vector);
void apic_send_nmi(u32 cpu);
/* The same for the handler of an NMI that returns; the vector may be TRAP_NMI. */
void apic_send_within_nmi(u32 cpu, u32 vector);
/* Resets a CPU; has it begin at the start of a page below 1 MiB, in real mode. */
void apic_send_init(u32 apic_id);
void apic_send_startup(u32 apic_id, paddr_t page);

/* The end of the interrupt that is being handled; before apic_init, nothing. */
void apic_end_interrupt(void);

/* The timer counts down from count, at a rate that x86/clock.c finds out, then interrupts with
 * TRAP_TIMER once; 0 stops it. */
void apic_timer_start(u32 count);
u32 apic_timer_left(void);

#endif
