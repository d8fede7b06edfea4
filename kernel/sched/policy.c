/* See policy.h. */
#include "sched/policy.h"

#include "lib/atomic.h"
#include "sched/balance.h"
#include "sched/runqueue.h"
#include "sched/schedule.h"
#include "sched/weight.h"
#include "x86/insn.h"

static void apply(struct thread *thread, const struct thread_policy *policy)
{
	thread->policy = policy->kind;
	thread->urgency = policy->urgency;
	thread->nice = policy->nice;
	thread->policy_reset = policy->reset;
	thread->weight = weight_of(policy->kind, policy->nice);
	thread->pace = policy->urgency > 0 ? 0 : weight_pace(thread->weight);
}

void thread_policy_inherit(struct thread *thread)
{
	struct thread *parent = thread_current();
	struct thread_policy policy;

	thread_policy_get(parent, &policy);
	if (policy.reset) {
		if (policy.urgency > 0)
			policy.kind = THREAD_OTHER;
		policy.urgency = 0;
		policy.nice = MAX(policy.nice, 0);
		policy.reset = false;
	}
	/* The idle thread, which makes the first thread of all, is bound to its CPU. */
	thread->allowed = parent->fpu ? atomic_load_relaxed(&parent->allowed) : UINT64_MAX;
	apply(thread, &policy);
}

void thread_policy_get(struct thread *thread, struct thread_policy *policy)
{
	bool irqs = insn_irq_save();
	struct run_queue *queue = queue_lock(thread);

	*policy = (struct thread_policy){
		thread->policy, thread->urgency, thread->nice, thread->policy_reset};
	spin_unlock_irq(&queue->lock, irqs);
}

void thread_policy_set(struct thread *thread, const struct thread_policy *policy)
{
	bool irqs = insn_irq_save();
	struct run_queue *queue = queue_lock(thread);
	bool was_urgent = thread->urgency > 0;
	bool waits = thread->state == THREAD_RUNNABLE, tell = false;
	u64 now = clock_ns();

	if (waits) {
		queue_remove(queue, thread);
	} else if (thread->state == THREAD_RUNNING) {
		queue_charge(thread, now);	/* by its old weight */
		queue_advance(queue, now);
	}
	apply(thread, policy);
	if (policy->urgency > 0)
		queue_place_urgent(queue, thread);
	else if (was_urgent)
		thread->order = queue->virtual_time;
	if (waits) {
		queue_push(queue, thread);
		tell = sched_joined(queue, thread, now);
	} else if (thread->state == THREAD_RUNNING) {
		thread_set_work(thread, THREAD_WORK_RESCHED);
	}
	spin_unlock_irq(&queue->lock, irqs);
	if (tell)
		sched_tell(queue);
}

void thread_set_allowed(struct thread *thread, u64 allowed)
{
	atomic_store(&thread->allowed, allowed);
	balance_enforce(thread);
}

u64 sched_online(void)
{
	return percpu_count < CPU_MAX ? (1ul << percpu_count) - 1 : UINT64_MAX;
}
