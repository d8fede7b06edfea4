/* What a message about a CPU in trouble tells besides: the calls that led there, and the spin
 * locks. To the log, by printk. Memory is read only by trap_probe, so damaged stacks and locks do
 * no harm. Any context but that of an NMI which will return. */
#ifndef CORE_REPORT_H
#define CORE_REPORT_H

#include "lib/types.h"

struct trap_frame;

/* Callers by the chain of frame pointers. */
void report_backtrace(u64 frame_pointer);

/* The spin locks that a CPU holds, as far as they can be found, by which nobody pays for it: from
 * its registers (or NULL) and from that address of its stack on. With registers also the lock that
 * it spins for, and who holds that. The CPU must not go on meanwhile. */
void report_locks(u32 cpu, const struct trap_frame *frame, u64 stack);
/* Locks and backtrace of the code that was interrupted with these registers. */
void report_interrupted(u32 cpu, const struct trap_frame *frame);

#endif
