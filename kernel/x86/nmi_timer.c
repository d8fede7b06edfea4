/* The 8259 was told to end interrupts itself (x86/apic.c): nobody fetches a vector from it, since
 * the APIC takes the request for an NMI, so a poll is what acknowledges it. */
#include "x86/nmi_timer.h"

#include "x86/apic.h"
#include "x86/insn.h"

#define PIT_CHANNEL0	0x40
#define PIT_COMMAND	0x43
#define PIT_ONCE	0x20	/* channel 0, high byte only, mode 0: interrupt at the end */
#define PIT_LONGEST	0xff

#define PIC1_COMMAND	0x20
#define PIC1_MASK	0x21
#define PIC_POLL	0x0c
#define PIC_POLLED	0x80	/* there was a request */
#define PIC_ALL_MASKED	0xff
#define PIC_TIMER_INPUT	0x01

void nmi_timer_init(void)
{
	apic_take_lint0_nmi();
	insn_outb(PIT_COMMAND, PIT_ONCE);	/* its output is low from here on */
	insn_outb(PIC1_MASK, PIC_ALL_MASKED & ~PIC_TIMER_INPUT);
}

void nmi_timer_start(void)
{
	insn_outb(PIT_CHANNEL0, PIT_LONGEST);
}

bool nmi_timer_rang(void)
{
	insn_outb(PIC1_COMMAND, PIC_POLL);
	return insn_inb(PIC1_COMMAND) & PIC_POLLED;
}

void nmi_timer_stop(void)
{
	insn_outb(PIC1_MASK, PIC_ALL_MASKED);
}
