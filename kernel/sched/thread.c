/* Threads: their making and end, and the few things that others may do to one (sched/thread.h). */
#include "sched/thread.h"

#include "core/panic.h"
#include "lib/atomic.h"
#include "lib/errno.h"
#include "mem/slab.h"
#include "sched/policy.h"
#include "sched/schedule.h"
#include "sched/stack.h"
#include "sched/time.h"
#include "sched/wait.h"
#include "x86/fpu.h"
#include "x86/insn.h"
#include "x86/percpu.h"
#include "x86/switch.h"

static SLAB_CACHE_SIZED(fpu_cache, 0, FPU_STATE_ALIGNMENT);	/* thread_caches_init knows */
static u64 thread_count;

void thread_caches_init(void)
{
	fpu_cache.size = fpu_state_size;
}

static void thread_begin(void *argument)
{
	struct thread *self = argument;

	switch_finish();
	insn_sti();
	self->entry(self->argument);
	panic("thread %s has returned", self->name);
}

int thread_init(
	struct thread *thread, const char *name, bool user, void (*entry)(void *), void *argument)
{
	thread->name = name;
	thread_policy_inherit(thread);
	thread->fpu_cpu = CPU_MAX;
	thread->entry = entry;
	thread->argument = argument;
	thread->stack = stack_alloc(&thread->stack_block);
	if (!thread->stack)
		return -ENOMEM;
	if (user) {
		thread->fpu = slab_alloc(&fpu_cache);
		if (!thread->fpu) {
			stack_free(thread->stack, thread->stack_block);
			return -ENOMEM;
		}
		fpu_state_init(thread->fpu);
	}
	/* Below the place of the frame with which a user thread will leave the kernel. */
	thread->saved_rsp = switch_prepare(thread_frame(thread), thread_begin, thread);
	atomic_fetch_add(&thread_count, 1);
	return 0;
}

void thread_fini(struct thread *thread)
{
	if (thread->fpu)
		slab_free(&fpu_cache, thread->fpu);
	stack_free(thread->stack, thread->stack_block);
	atomic_fetch_sub(&thread_count, 1);
}

/* value * part / whole, for times of which whole is the sum of parts. */
static u64 share(u64 value, u64 part, u64 whole)
{
	/* In units of 2^20 ns, so that nothing overflows within weeks of CPU time. */
	whole = (whole >> 20) + 1;
	part >>= 20;
	return value / whole * part + value % whole * part / whole;
}

void thread_times(struct thread *thread, u64 *user, u64 *system)
{
	u64 runtime = thread_runtime(thread);
	u64 part = share(runtime, thread->sampled[0], thread->sampled[0] + thread->sampled[1]);

	/* What has been told as user time stays that, what as system time too. */
	part = MIN(MAX(part, thread->system_told), runtime - thread->user_told);
	thread->system_told = part;
	thread->user_told = runtime - part;
	*user = runtime - part;
	*system = part;
}

void thread_interrupts_done(void)
{
	atomic_store(&thread_current()->interrupted, 0);
}

bool sched_relax(void)
{
	struct thread *self = thread_current();

	if (atomic_load(&self->work) & THREAD_WORK_RESCHED)
		sched_preempt();
	return atomic_load(&self->interrupted) & WAIT_KILLABLE;
}

u64 sched_threads(void)
{
	return atomic_load(&thread_count);
}
