/* See registers.h. A thread's saved state is younger than what a CPU holds of it unless it ran there
 * last: percpu->fpu_owner and thread->fpu_cpu name each other then. A thread that is new names no
 * CPU, so what a CPU remembers of another one that lay at the same address is not believed. */
#include "sched/registers.h"

#include "x86/descriptors.h"
#include "x86/fpu.h"
#include "x86/insn.h"
#include "x86/switch.h"

#define MSR_FS_BASE		0xc0000100u
#define MSR_KERNEL_GS_BASE	0xc0000102u	/* the user's GS base while the kernel runs */
#define SELECTOR_INDEX		0xfffcu	/* without it a selector is null */

/* What loading a selector has made of a base, the thread keeps. */
static void save_segments(struct thread *to)
{
	to->segments = descriptors_user_segments();
	if (likely(to->segments == 0))
		return;
	if (to->segments >> 32 & SELECTOR_INDEX)
		to->fs_base = 0;
	if (to->segments >> 48 & SELECTOR_INDEX)
		to->gs_base = 0;
}

void registers_leave(struct thread *thread)
{
	if (!thread->fpu || thread->state == THREAD_DEAD)
		return;
	fpu_save(thread->fpu);
	save_segments(thread);
}

void thread_registers_copy(struct thread *to)
{
	fpu_save_all(to->fpu);
	save_segments(to);
}

static void load_segments(u64 segments)
{
	if (unlikely(segments | descriptors_user_segments()))
		descriptors_load_user_segments(segments);
}

void thread_registers_reset(void)
{
	fpu_reset();
	load_segments(0);
}

static void load_bases(const struct thread *thread)
{
	insn_wrmsr(MSR_FS_BASE, thread->fs_base);
	insn_wrmsr(MSR_KERNEL_GS_BASE, thread->gs_base);
}

void registers_enter(struct percpu *self, struct thread *thread)
{
	self->current = thread;
	self->current_work = &thread->work;
	self->root_unused = thread->page_root == 0;
	if (thread->stack)
		switch_set_kernel_stack(thread_stack_top(thread));
	if (thread->page_root)
		paging_root_load(thread->page_root);
	if (thread->fpu && (self->fpu_owner != thread || thread->fpu_cpu != self->id)) {
		fpu_restore(thread->fpu);
		load_segments(thread->segments);
		load_bases(thread);
		self->fpu_owner = thread;
		thread->fpu_cpu = self->id;
	}
}

void thread_reload(void)
{
	struct thread *self = thread_current();
	bool irqs = insn_irq_save();

	percpu_self()->root_unused = self->page_root == 0;
	paging_root_load(self->page_root);
	load_segments(descriptors_user_segments() & 0xffffffff);
	load_bases(self);
	insn_irq_restore(irqs);
}
