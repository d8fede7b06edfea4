/* The C half of the stack switch: the layout that switch.asm pops. */
#include "x86/switch.h"

#include "x86/descriptors.h"
#include "x86/percpu.h"

struct switch_frame {
	u64 r15, r14, r13, r12, rbp, rbx;
	void (*resume)(void);
};

extern void switch_start(void);

u64 switch_prepare(void *stack_top, void (*entry)(void *), void *argument)
{
	/* switch_start begins with an aligned stack pointer, as after a call's arguments are in
	 * place. */
	struct switch_frame *frame = (struct switch_frame *)stack_top - 1;
	*frame = (struct switch_frame){
		.r12 = (u64)entry,
		.r13 = (u64)argument,
		.resume = switch_start,
	};
	return (u64)frame;
}

void switch_set_kernel_stack(u64 top)
{
	percpu_self()->kernel_rsp = top;
	descriptors_set_stack(top);
}
