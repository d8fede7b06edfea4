/* What programs bring upon themselves: the signals of faults, and who dies for want of memory. */
#ifndef PROC_SIGNAL_FAULT_H
#define PROC_SIGNAL_FAULT_H

/* Registers the handlers of faults and of work on the way out to user mode. Boot. */
void signal_fault_init(void);

#endif
