/* See balance.h. The mask of idle CPUs is a hint: who sends a thread to one takes it out of the
 * mask, so that the next goes elsewhere; a CPU enters it before it looks for work a last time and
 * halts. What slips through is found by the next timer interrupt of the CPU where it waits. */
#include "sched/balance.h"

#include "core/panic.h"
#include "lib/atomic.h"
#include "mem/frame.h"
#include "sched/jitter.h"
#include "sched/policy.h"
#include "sched/schedule.h"
#include "x86/apic.h"
#include "x86/insn.h"
#include "x86/trap.h"

#define BALANCE_NS	(50 * NS_PER_MS)
#define LOOKS_MAX	32	/* at threads that wait, with two queues locked */

static u64 idle_cpus;		/* atomic */

/* Takes an idle CPU for a thread, that one if it can be; CPU_MAX: there is none. */
static u32 idle_take(u64 allowed, u32 last)
{
	for (;;) {
		u64 idle = atomic_load(&idle_cpus) & allowed;
		if (idle == 0)
			return CPU_MAX;
		u32 cpu = idle >> last & 1 ? last : (u32)__builtin_ctzl(idle);
		if (atomic_fetch_and(&idle_cpus, ~(1ul << cpu)) >> cpu & 1)
			return cpu;
	}
}

/* A hint: no lock, and who runs there may have ended since, but where it lay is still memory. */
static u64 queue_load(u32 cpu)
{
	const struct run_queue *queue = &run_queues[cpu];

	return READ_ONCE(queue->load) + READ_ONCE(READ_ONCE(queue->running)->weight);
}

static u32 least_loaded(u64 cpus)
{
	u32 best = __builtin_ctzl(cpus);

	for (u64 left = cpus; left != 0; left &= left - 1)
		if (queue_load(__builtin_ctzl(left)) < queue_load(best))
			best = __builtin_ctzl(left);
	return best;
}

u32 balance_place(const struct thread *thread)
{
	u64 allowed = atomic_load_relaxed(&thread->allowed);
	u32 cpu;

	if (percpu_count == 1)
		return thread->cpu;
	allowed &= sched_online();
	if (jitter_place(allowed, &cpu))
		return cpu;
	cpu = idle_take(allowed, thread->cpu);
	if (cpu != CPU_MAX)
		return cpu;
	return allowed >> thread->cpu & 1 ? thread->cpu : least_loaded(allowed);
}

void balance_carry(struct thread *thread, const struct run_queue *from, const struct run_queue *to)
{
	if (!thread_is_urgent(thread))
		thread->order += READ_ONCE(to->virtual_time) - from->virtual_time;
}

/* The first thread of the queue that may run on the CPU and is lighter than that. Of very many it
 * sees those whose turn is next; these change. */
static struct thread *find_movable(const struct run_queue *queue, u32 cpu, u64 than)
{
	struct thread *thread = queue->first;

	for (u32 looks = 0; thread && looks < LOOKS_MAX; looks++) {
		if (thread->weight < than && balance_allows(thread, cpu))
			return thread;
		thread = queue_after(queue, thread);
	}
	return NULL;
}

static void move_locked(struct thread *thread, struct run_queue *from, struct run_queue *to)
{
	queue_remove(from, thread);
	balance_carry(thread, from, to);
	atomic_store(&thread->cpu, (u32)(to - run_queues));
	if (thread->urgency > 0)
		queue_place_urgent(to, thread);
	queue_push(to, thread);
}

/* Whether threads wait there for the CPU. What an idle one has been woken for, it takes itself. A
 * hint: no lock. */
static bool has_waiting(const struct run_queue *queue)
{
	return READ_ONCE(queue->count) > 0 && READ_ONCE(READ_ONCE(queue->running)->weight) != 0;
}

/* Takes a thread from another queue if that makes the two more alike. An idle CPU takes any that
 * waits. */
static bool pull(struct run_queue *queue, struct run_queue *from)
{
	u32 cpu = queue - run_queues;
	struct thread *thread = NULL;
	bool tell = false;

	queue_lock_two(queue, from);
	u64 here = queue_load(cpu), there = queue_load(from - run_queues);
	bool idle = queue->running->weight == 0 && queue->count == 0;
	if (has_waiting(from) && (idle || there > here))
		thread = find_movable(from, cpu, idle ? UINT64_MAX : there - here);
	if (thread) {
		move_locked(thread, from, queue);
		tell = sched_joined(queue, thread, clock_ns());
	}
	queue_unlock_two(queue, from);
	DEBUG_ASSERT(!tell);	/* the queue is this CPU's own */
	return thread != NULL;
}

/* Whether somebody waits there, and there is more to do than here. A hint. */
static bool is_busier(u32 there, u32 here)
{
	return there != here && has_waiting(&run_queues[there]) &&
		queue_load(there) > queue_load(here);
}

/* The busiest of those queues; NULL: there is none. */
static struct run_queue *busiest_other(u32 here)
{
	struct run_queue *busiest = NULL;
	u64 most = 0;

	for (u32 cpu = 0; cpu < percpu_count; cpu++) {
		if (!is_busier(cpu, here) || queue_load(cpu) <= most)
			continue;
		most = queue_load(cpu);
		busiest = &run_queues[cpu];
	}
	return busiest;
}

/* Takes a thread from the busiest queue or, if none there may come, from any that is busier. */
static bool pull_any(struct run_queue *queue)
{
	u32 here = queue - run_queues;
	struct run_queue *busiest = busiest_other(here);

	if (!busiest)
		return false;
	if (pull(queue, busiest))
		return true;
	for (u32 cpu = 0; cpu < percpu_count; cpu++)
		if (&run_queues[cpu] != busiest && is_busier(cpu, here) &&
			pull(queue, &run_queues[cpu]))
			return true;
	return false;
}

/* Somebody waits here while CPUs are idle: one of these looks, each time another one, since not
 * every thread may run on every CPU. */
static void ask_idle(struct run_queue *queue, u64 idle)
{
	u64 after = idle & ~((2ul << queue->asked) - 1);

	queue->asked = __builtin_ctzl(after != 0 ? after : idle);
	apic_send(queue->asked, TRAP_RESCHEDULE);
}

void balance_tick(struct run_queue *queue, u64 now)
{
	u64 idle = atomic_load_relaxed(&idle_cpus);

	if (READ_ONCE(queue->count) > 0 && idle != 0)
		ask_idle(queue, idle);
	if (now < queue->balance_at)
		return;
	queue->balance_at = now + BALANCE_NS;
	pull_any(queue);
}

/* Prepares a frame for who will want one, or halts. Interrupts come in between, if at all. */
static void rest(void)
{
	if (frame_prepare()) {
		insn_sti();
		insn_pause();
	} else {
		insn_sti_hlt();
	}
	insn_cli();
}

bool balance_idle(struct run_queue *queue)
{
	u64 bit = 1ul << (queue - run_queues);

	if (percpu_count == 1) {
		rest();
		return false;
	}
	if (pull_any(queue))
		return true;
	atomic_fetch_or(&idle_cpus, bit);
	if (READ_ONCE(queue->count) == 0 && !pull_any(queue))
		rest();
	atomic_fetch_and(&idle_cpus, ~bit);
	return READ_ONCE(queue->count) > 0;
}

/* The thread waits in a queue where it may not run. Takes it to another. */
static void move_waiting(struct thread *thread)
{
	u32 to = least_loaded(atomic_load(&thread->allowed) & sched_online());
	u32 from = atomic_load(&thread->cpu);
	bool irqs = insn_irq_save(), tell = false;

	if (from != to) {
		queue_lock_two(&run_queues[from], &run_queues[to]);
		if (thread->cpu == from && thread->state == THREAD_RUNNABLE) {
			move_locked(thread, &run_queues[from], &run_queues[to]);
			tell = sched_joined(&run_queues[to], thread, clock_ns());
		}
		queue_unlock_two(&run_queues[from], &run_queues[to]);
		if (tell)
			sched_tell(&run_queues[to]);
	}
	insn_irq_restore(irqs);
}

void balance_enforce(struct thread *thread)
{
	for (;;) {
		bool irqs = insn_irq_save();
		struct run_queue *queue = queue_lock(thread);
		enum thread_state state = thread->state;
		bool allowed = balance_allows(thread, thread->cpu);
		/* One that sleeps may just be on its way to a CPU that it was allowed. */
		if (!allowed && state != THREAD_RUNNABLE)
			thread_set_work(thread, THREAD_WORK_RESCHED);
		spin_unlock_irq(&queue->lock, irqs);
		if (allowed || state != THREAD_RUNNABLE)
			return;
		move_waiting(thread);
	}
}
