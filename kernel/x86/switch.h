/* The switch from one kernel stack to another (x86/switch.asm), with interrupts off. */
#ifndef X86_SWITCH_H
#define X86_SWITCH_H

#include "lib/types.h"

/* Saves the callee-saved registers on this stack and its pointer in *save, then goes on at the
 * stack `to`. Returns when somebody switches back. */
void switch_stack(u64 *save, u64 to);

/* Prepares a new stack so that the first switch to it calls entry(argument), which never returns,
 * with interrupts off; the value for `to`. stack_top is 16-byte aligned. */
u64 switch_prepare(void *stack_top, void (*entry)(void *), void *argument);

/* The current thread has changed: entries from user mode push their frame below top, which is
 * 16-byte aligned. */
void switch_set_kernel_stack(u64 top);

#endif
