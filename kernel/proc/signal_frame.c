/* Signal frames (proc/signal_frame.h). What comes from a program is trusted in nothing. */
#include "proc/signal_frame.h"

#include "lib/errno.h"
#include "lib/string.h"
#include "proc/signal.h"
#include "proc/signal_fpu.h"
#include "x86/cpu.h"

#define RED_ZONE	128
#define FRAME_ALIGNMENT	16
#define STACK_FLAGS	ABI_SS_AUTODISARM
#define FLAGS_CLEARED	0x10500ul	/* TF, DF, RF: a handler begins without */

static bool is_on_stack(const struct abi_stack *stack, u64 pointer)
{
	return !((u32)stack->ss_flags & ABI_SS_AUTODISARM) && pointer > stack->ss_sp &&
		pointer - stack->ss_sp <= stack->ss_size;
}

/* The mode of the stack for handlers, as sigaltstack(2) gives it. */
static int stack_mode(const struct abi_stack *stack, u64 pointer)
{
	if (stack->ss_size == 0)
		return ABI_SS_DISABLE;
	return is_on_stack(stack, pointer) ? ABI_SS_ONSTACK : 0;
}

static int check_stack(const struct abi_stack *stack)
{
	u32 mode = (u32)stack->ss_flags & ~STACK_FLAGS;

	if (mode != ABI_SS_DISABLE && mode != ABI_SS_ONSTACK && mode != 0)
		return -EINVAL;
	return mode != ABI_SS_DISABLE && stack->ss_size < ABI_MINSIGSTKSZ ? -ENOMEM : 0;
}

int signal_stack(const struct abi_stack *new, struct abi_stack *old, u64 stack_pointer)
{
	struct abi_stack *stack = &task_current()->stack;
	u32 flags = (u32)stack->ss_flags & STACK_FLAGS;

	if (old) {
		*old = *stack;
		old->pad = 0;
		old->ss_flags = (int)(flags | (u32)stack_mode(stack, stack_pointer));
	}
	if (!new)
		return 0;
	if (is_on_stack(stack, stack_pointer))
		return -EPERM;
	int error = check_stack(new);
	if (error)
		return error;
	*stack = *new;
	if (((u32)new->ss_flags & ~STACK_FLAGS) == ABI_SS_DISABLE)
		stack->ss_sp = stack->ss_size = 0;
	return 0;
}

/* Where the frame goes; 0 if the stack for handlers has no room left. */
static u64 choose_place(const struct trap_frame *frame, u64 flags, u64 *fpstate)
{
	const struct abi_stack *stack = &task_current()->stack;
	bool on_stack = is_on_stack(stack, frame->rsp);
	u64 place = frame->rsp - RED_ZONE;

	if (flags & ABI_SA_ONSTACK && stack_mode(stack, frame->rsp) == 0) {
		place = stack->ss_sp + stack->ss_size;
		on_stack = true;
	}
	*fpstate = ALIGN_DOWN(place - signal_fpu_size(), SIGNAL_FPU_ALIGNMENT);
	place = ALIGN_DOWN(*fpstate - sizeof(struct abi_sigframe), FRAME_ALIGNMENT) - 8;
	if (on_stack && !((u32)stack->ss_flags & ABI_SS_AUTODISARM) && !is_on_stack(stack, place))
		return 0;
	return place;
}

u64 signal_frame_size_max(void)
{
	return ALIGN_UP(signal_fpu_size() + SIGNAL_FPU_ALIGNMENT - 1 +
		sizeof(struct abi_sigframe) + FRAME_ALIGNMENT - 1, (u64)FRAME_ALIGNMENT);
}

static struct abi_sigcontext save_registers(const struct trap_frame *frame, u64 mask)
{
	const struct task *task = task_current();

	return (struct abi_sigcontext){
		.r8 = frame->r8, .r9 = frame->r9, .r10 = frame->r10, .r11 = frame->r11,
		.r12 = frame->r12, .r13 = frame->r13, .r14 = frame->r14, .r15 = frame->r15,
		.rdi = frame->rdi, .rsi = frame->rsi, .rbp = frame->rbp, .rbx = frame->rbx,
		.rdx = frame->rdx, .rax = frame->rax, .rcx = frame->rcx, .rsp = frame->rsp,
		.rip = frame->rip, .rflags = frame->rflags, .cs = frame->cs, .ss = frame->ss,
		.error = task->fault_error, .vector = task->fault_vector,
		.cr2 = task->fault_address, .oldmask = mask,
	};
}

static void restore_registers(struct trap_frame *frame, const struct abi_sigcontext *context)
{
	*frame = (struct trap_frame){
		.r8 = context->r8, .r9 = context->r9, .r10 = context->r10, .r11 = context->r11,
		.r12 = context->r12, .r13 = context->r13, .r14 = context->r14,
		.r15 = context->r15, .rdi = context->rdi, .rsi = context->rsi,
		.rbp = context->rbp, .rbx = context->rbx, .rdx = context->rdx,
		.rax = context->rax, .rcx = context->rcx, .rsp = context->rsp,
		.rip = context->rip, .rflags = context->rflags, .vector = TRAP_NONE,
		.cs = CPU_USER_CS, .ss = CPU_USER_SS,
	};
}

static void begin_handler(
	struct trap_frame *frame, const struct delivery *delivery, u64 place)
{
	frame->rdi = delivery->info.signal;
	frame->rsi = place + offsetof(struct abi_sigframe, info);
	frame->rdx = place + offsetof(struct abi_sigframe, context);
	frame->rax = 0;
	frame->rip = delivery->action.sa_handler;
	frame->rsp = place;
	frame->rflags &= ~FLAGS_CLEARED;
	frame->vector = TRAP_NONE;
	fpu_reset();
}

int signal_frame_push(struct trap_frame *frame, const struct delivery *delivery, u64 mask)
{
	struct task *task = task_current();
	u64 fpstate, place = choose_place(frame, delivery->action.sa_flags, &fpstate);
	struct abi_sigframe user = {
		.restorer = delivery->action.sa_restorer,
		.context = { .uc_flags = ABI_UC_SIGCONTEXT_SS | ABI_UC_STRICT_RESTORE_SS |
				signal_fpu_flags(),
			.uc_mcontext = save_registers(frame, mask), .uc_sigmask = mask },
		.info = { .si_signo = delivery->info.signal, .si_code = delivery->info.code,
			.data = { delivery->info.data[0], delivery->info.data[1] } },
	};

	if (!place || !(delivery->action.sa_flags & ABI_SA_RESTORER))
		return -EFAULT;
	signal_stack(NULL, &user.context.uc_stack, frame->rsp);
	user.context.uc_mcontext.fpstate = fpstate;
	if (signal_fpu_push((struct user_ptr){ fpstate }) < 0 ||
		user_put((struct user_ptr){ place }, &user) < 0)
		return -EFAULT;
	if ((u32)task->stack.ss_flags & ABI_SS_AUTODISARM)
		task->stack = (struct abi_stack){ .ss_flags = ABI_SS_DISABLE };
	begin_handler(frame, delivery, place);
	return 0;
}

static int restore(struct trap_frame *frame, u64 stack_pointer)
{
	struct user_ptr from = { stack_pointer };
	const struct abi_sigcontext *registers;
	struct abi_ucontext context;

	if (user_get(&context, from) < 0)
		return -EFAULT;
	registers = &context.uc_mcontext;
	if ((registers->cs | 3) != CPU_USER_CS ||
		(context.uc_flags & ABI_UC_STRICT_RESTORE_SS && (registers->ss | 3) != CPU_USER_SS))
		return -EFAULT;
	if (signal_fpu_restore((struct user_ptr){ registers->fpstate }) < 0)
		return -EFAULT;
	restore_registers(frame, registers);
	signal_set_mask(context.uc_sigmask);
	/* Linux, too, takes no notice of one that cannot be. */
	(void)signal_stack(&context.uc_stack, NULL, frame->rsp);
	return 0;
}

long signal_frame_return(struct trap_frame *frame)
{
	task_current()->restart = NULL;
	if (restore(frame, frame->rsp) < 0) {
		struct signal_info info = { .signal = ABI_SIGSEGV, .code = ABI_SI_KERNEL };

		frame->vector = TRAP_NONE;
		signal_force(&info);
	}
	return frame->rax;
}
