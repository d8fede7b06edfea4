/* What the arguments of calls point to, for traces (proc/trace.h). */
#ifndef SYS_TRACE_H
#define SYS_TRACE_H

/* Registers it. Boot. */
void sys_trace_init(void);

#endif
