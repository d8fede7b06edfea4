/* The frame on a program's stack with which a handler begins and from which rt_sigreturn(2) goes
 * back (struct abi_sigframe), and the stack that handlers may have of their own. */
#ifndef PROC_SIGNAL_FRAME_H
#define PROC_SIGNAL_FRAME_H

#include "proc/signal_deliver.h"
#include "vm/user.h"

/* Saves the registers on the program's stack and makes the frame begin the handler. mask is what
 * the thread will have blocked when the handler returns. -EFAULT: the stack cannot take it, or the
 * program has not said where a handler returns to; then the frame has not changed. */
MUST_CHECK int signal_frame_push(
	struct trap_frame *frame, const struct delivery *delivery, u64 mask);

/* rt_sigreturn(2): takes the registers back; the value for rax. A frame that no program can have
 * gets SIGSEGV. */
long signal_frame_return(struct trap_frame *frame);

/* The most that a frame takes of a stack for handlers (AT_MINSIGSTKSZ). */
u64 signal_frame_size_max(void);

/* sigaltstack(2), new and old may be NULL: -EPERM, -EINVAL, -ENOMEM. */
int signal_stack(const struct abi_stack *new, struct abi_stack *old, u64 stack_pointer);

#endif
