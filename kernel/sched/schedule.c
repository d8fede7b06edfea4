/* The scheduler: the switch from one thread to the next, waking and sleeping (sched/thread.h). Who
 * is next: sched/runqueue.h; where a thread runs: sched/balance.h.
 *
 * The lock of a run queue is taken by the thread that leaves the CPU and released by the one that
 * gets it, in switch_finish: until then nobody can make the leaving thread runnable, so no other CPU
 * can run it while it still stands on its stack. A thread that ends is reaped there too, from the
 * next one's stack, and one that must go to another CPU is sent there.
 *
 * While several threads want a CPU, the running one has a slice, and the timer comes at its end. A
 * user thread is looked at every SAMPLE_NS, whether it is in the kernel or not; an idle CPU sleeps
 * until an interrupt. */
#include "core/panic.h"
#include "lib/atomic.h"
#include "sched/balance.h"
#include "sched/jitter.h"
#include "sched/registers.h"
#include "sched/runqueue.h"
#include "sched/schedule.h"
#include "sched/stack.h"
#include "sched/wait.h"
#include "x86/apic.h"
#include "x86/insn.h"
#include "x86/switch.h"
#include "x86/trap.h"

enum leave {
	LEAVE_STATE,		/* its state, which is set, says why */
	LEAVE_PREEMPTED,	/* it wants to run on */
	LEAVE_YIELDED,		/* after the others */
};

static struct thread boot_thread;

static void wake_locked(struct run_queue *queue, struct thread *thread, bool irqs, u64 bonus);

/* A thread that must leave this CPU has left its stack. */
static void send_away(struct thread *thread)
{
	bool irqs = insn_irq_save();
	struct run_queue *queue = queue_lock(thread);

	wake_locked(queue, thread, irqs, 0);
}

/* What a thread does first on its own stack: lets go of the queue that the thread before it had
 * locked. */
void switch_finish(void)
{
	struct run_queue *queue = queue_self();
	struct thread *dead = queue->dead, *moving = queue->moving;

	queue->dead = queue->moving = NULL;
	spin_unlock(&queue->lock);
	if (dead)
		queue->reaped(dead);
	if (unlikely(moving))
		send_away(moving);
}

/* Puts the thread that leaves back into the queue. */
static void leave_ready(struct run_queue *queue, struct thread *thread, enum leave leave)
{
	if (leave == LEAVE_YIELDED)
		queue_place_behind(queue, thread);
	else if (thread->policy == THREAD_RR && queue->slice_end == NEVER)
		queue_place_urgent(queue, thread);
	queue_push(queue, thread);
}

static void slice_begin(struct run_queue *queue, const struct thread *thread, u64 now)
{
	queue->slice_end = jitter_slice(now, queue_slice_end(queue, thread, now));
	if (queue->slice_end != NEVER)
		clock_request(queue->slice_end);
}

/* Notes who runs from now on. */
static void begin_turn(struct run_queue *queue, struct thread *next, u64 now)
{
	if (!thread_is_urgent(queue->running))
		queue->fair_ran = now;
	queue->running = next;
	next->switched_in = next->sampled_at = now;
	next->state = THREAD_RUNNING;
	if (next->order >= ORDER_FAIR && next->order != ORDER_IDLE)
		queue->virtual_time = MAX(queue->virtual_time, next->order);
	slice_begin(queue, next, now);
	if (next->fpu)
		clock_request(now + SAMPLE_NS);
}

/* Gives the CPU to the next thread. The queue is locked. Returns when the current thread is chosen
 * again, without the lock; interrupts are off all the time. */
static void queue_switch(struct run_queue *queue, enum leave leave)
{
	struct thread *previous = thread_current(), *next;
	u64 now = clock_ns();

	DEBUG_ASSERT(percpu_self()->preempt_count == 1);	/* no lock but the queue's */
	queue_charge(previous, now);
	if (leave != LEAVE_STATE)
		leave_ready(queue, previous, leave);
	next = queue_pop(queue, now);
	previous->switches[leave == LEAVE_STATE] += next != previous;
	begin_turn(queue, next, now);
	/* Also a fence, for thread_set_work: the next one is seen running before it looks at its
	 * work on the way out. */
	atomic_fetch_and(&previous->work, ~THREAD_WORK_RESCHED);
	if (next != previous) {
		registers_leave(previous);
		registers_enter(percpu_self(), next);
		switch_stack(&previous->saved_rsp, next->saved_rsp);
	}
	switch_finish();
}

/* The running thread gives way. Whether its CPU has to be told. */
static bool mark_resched(struct thread *running)
{
	atomic_fetch_or(&running->work, THREAD_WORK_RESCHED);
	return running->cpu != percpu_self()->id;
}

/* A halted CPU is woken; one that runs ends the slice there and then, or begins one. */
bool sched_joined(struct run_queue *queue, struct thread *thread, u64 now)
{
	struct thread *running = queue->running;

	if (running->weight == 0)
		return thread->cpu != percpu_self()->id;
	if (queue->count == queue->urgent_count + 1 && !thread_is_urgent(thread))
		queue->fair_ran = now;	/* until now none waited */
	if (queue_outranks(queue, thread, now))
		return mark_resched(running);
	if (queue->slice_end != NEVER)
		return false;
	if (thread->cpu != percpu_self()->id)
		return true;
	slice_begin(queue, running, now);
	return false;
}

void sched_tell(const struct run_queue *queue)
{
	apic_send(queue - run_queues, TRAP_RESCHEDULE);
}

/* Another CPU has put a thread into this one's queue, or set work of the thread that runs, which
 * the way out of the interrupt sees. */
static bool reschedule_interrupt(struct trap_frame *frame)
{
	struct run_queue *queue = queue_self();

	(void)frame;
	spin_lock(&queue->lock);
	if (queue->slice_end == NEVER && queue->running->weight != 0)
		slice_begin(queue, queue->running, clock_ns());
	spin_unlock(&queue->lock);
	return true;
}

void thread_set_work(struct thread *thread, u32 bits)
{
	u32 cpu;

	/* It has seen the bits, or is seen running: either way it finds them on its way out. */
	atomic_fetch_or(&thread->work, bits);
	cpu = atomic_load_relaxed(&thread->cpu);
	if (cpu != percpu_self()->id && READ_ONCE(thread->state) == THREAD_RUNNING)
		apic_send(cpu, TRAP_RESCHEDULE);
}

/* Makes a thread ready that is in no queue, where balance_place says. Its queue is locked. To go to
 * another, that one is let go before the other is taken: others may wake the thread in between, so
 * whether it still is in the same sleep is looked at again. The CPU that was chosen is told even if
 * it does not get the thread then, since nobody takes it for idle until it has looked. Unlocks. */
static void wake_locked(struct run_queue *queue, struct thread *thread, bool irqs, u64 bonus)
{
	enum thread_state state = thread->state;
	u64 sleep = thread->switches[1];
	u32 cpu = balance_place(thread);
	struct run_queue *chosen = &run_queues[cpu];
	bool joins = true, tell = false;

	if (unlikely(chosen != queue)) {
		balance_carry(thread, queue, chosen);
		atomic_store(&thread->cpu, cpu);
		spin_unlock(&queue->lock);
		queue = queue_lock(thread);
		joins = thread->state == state && thread->switches[1] == sleep;
	}
	if (likely(joins)) {
		u64 now = clock_ns();

		if (queue->running->weight != 0)
			queue_advance(queue, now);
		queue_place(queue, thread, bonus);
		queue_push(queue, thread);
		tell = sched_joined(queue, thread, now);
	}
	spin_unlock_irq(&queue->lock, irqs);
	if (tell)
		sched_tell(queue);
	if (unlikely(queue != chosen || !joins))
		sched_tell(chosen);
}

void thread_start(struct thread *thread)
{
	bool irqs = insn_irq_save();

	thread->cpu = percpu_self()->id;
	struct run_queue *queue = queue_lock(thread);
	wake_locked(queue, thread, irqs, 0);
}

void sched_wake(struct thread *thread)
{
	bool irqs = insn_irq_save();
	struct run_queue *queue = queue_lock(thread);

	if (thread->state == THREAD_BLOCKED)
		wake_locked(queue, thread, irqs, SLEEP_BONUS_NS);
	else
		spin_unlock_irq(&queue->lock, irqs);
}

void thread_interrupt(struct thread *thread, u32 kind)
{
	u32 bit = kind == WAIT_KILLABLE ? WAIT_KILLABLE : WAIT_INTERRUPTIBLE & ~WAIT_KILLABLE;

	atomic_fetch_or(&thread->interrupted, bit);
	bool irqs = insn_irq_save();
	struct run_queue *queue = queue_lock(thread);
	if (thread->state == THREAD_BLOCKED && thread->wait_kind & bit)
		wake_locked(queue, thread, irqs, SLEEP_BONUS_NS);
	else
		spin_unlock_irq(&queue->lock, irqs);
}

void sched_sleep(const bool *woken, u32 kind)
{
	struct thread *self = thread_current();
	bool irqs = insn_irq_save();
	struct run_queue *queue = queue_lock(self);

	DEBUG_ASSERT(self != percpu_self()->idle);
	/* Whoever wakes sets *woken or the interrupt first and takes this lock then: one of the two
	 * sees the other. */
	if (READ_ONCE(*woken) || atomic_load(&self->interrupted) & kind) {
		spin_unlock_irq(&queue->lock, irqs);
		return;
	}
	self->state = THREAD_BLOCKED;
	self->wait_kind = kind;
	queue_switch(queue, LEAVE_STATE);
	insn_irq_restore(irqs);
}

/* The thread may not stay on its CPU: the next one here sends it away. */
static void move_away(struct run_queue *queue, struct thread *self)
{
	self->state = THREAD_MOVING;
	queue->moving = self;
	queue_switch(queue, LEAVE_STATE);
}

static void give_way(enum leave leave)
{
	struct thread *self = thread_current();
	bool irqs = insn_irq_save();
	struct run_queue *queue = queue_lock(self);

	if (unlikely(!balance_allows(self, self->cpu))) {
		move_away(queue, self);
	} else if (queue->count == 0) {
		atomic_fetch_and(&self->work, ~THREAD_WORK_RESCHED);
		spin_unlock_irq(&queue->lock, irqs);
		return;
	} else {
		queue_switch(queue, leave);
	}
	insn_irq_restore(irqs);
}

void sched_yield(void)
{
	give_way(LEAVE_YIELDED);
}

void sched_preempt(void)
{
	give_way(LEAVE_PREEMPTED);
}

u64 thread_runtime(struct thread *thread)
{
	bool irqs = insn_irq_save();
	struct run_queue *queue = queue_lock(thread);
	u64 runtime = thread->runtime;

	if (thread->state == THREAD_RUNNING)
		runtime += clock_ns() - thread->switched_in;
	spin_unlock_irq(&queue->lock, irqs);
	return runtime;
}

/* A thread that has been seen is where it was seen since it was last looked at. */
static u64 sample(struct thread *thread, u64 now, bool user)
{
	if (!thread->fpu)
		return NEVER;
	thread->sampled[user] += now - thread->sampled_at;
	thread->sampled_at = now;
	if (READ_ONCE(thread->watched))
		thread_set_work(thread, THREAD_WORK_SAMPLED);
	return now + SAMPLE_NS;
}

u64 sched_tick(u64 now, bool user)
{
	struct run_queue *queue = queue_self();
	struct thread *self = thread_current();

	if (percpu_count > 1)
		balance_tick(queue, now);
	spin_lock(&queue->lock);
	if (now >= queue->slice_end) {
		thread_set_work(self, THREAD_WORK_RESCHED);
		queue->slice_end = NEVER;
	}
	u64 next = MIN(queue->slice_end, sample(self, now, user));
	spin_unlock(&queue->lock);
	return next;
}

void thread_exit(void (*reaped)(struct thread *thread))
{
	struct thread *self = thread_current();
	struct percpu *cpu = percpu_self();

	insn_cli();
	struct run_queue *queue = queue_lock(self);
	if (cpu->fpu_owner == self)
		cpu->fpu_owner = NULL;
	self->state = THREAD_DEAD;
	queue->dead = self;
	queue->reaped = reaped;
	queue_switch(queue, LEAVE_STATE);
	panic("a dead thread runs");
}

/* Idle threads. */

static void idle_init(struct thread *thread, u32 cpu)
{
	thread->name = "idle";
	thread->order = ORDER_IDLE;
	thread->state = THREAD_RUNNING;
	thread->cpu = cpu;
	thread->allowed = 1ul << cpu;
	run_queues[cpu].running = thread;
}

bool thread_init_idle(struct thread *thread, u32 cpu)
{
	idle_init(thread, cpu);
	thread->stack = stack_alloc(&thread->stack_block);
	return thread->stack != NULL;
}

void sched_init(void)
{
	struct percpu *self = percpu_self();

	for (u32 cpu = 0; cpu < CPU_MAX; cpu++)
		queue_init(&run_queues[cpu]);
	thread_caches_init();
	stack_init();
	idle_init(&boot_thread, 0);
	self->idle = &boot_thread;
	registers_enter(self, &boot_thread);
	trap_register(TRAP_RESCHEDULE, reschedule_interrupt);
}

void sched_idle(void)
{
	for (;;) {
		insn_cli();
		struct run_queue *queue = queue_self();
		if (READ_ONCE(queue->count) == 0 && !balance_idle(queue))
			continue;
		spin_lock(&queue->lock);
		thread_current()->state = THREAD_RUNNABLE;
		queue_switch(queue, LEAVE_STATE);
		insn_sti();
	}
}

u64 sched_idle_time(void)
{
	u64 sum = 0;

	for (u32 cpu = 0; cpu < percpu_count; cpu++)
		sum += thread_runtime(percpu_blocks[cpu]->idle);
	return sum;
}
