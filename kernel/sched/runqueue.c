/* The scheduler: a run queue per CPU, round robin within a priority, and the switch from one thread
 * to the next.
 *
 * The lock of a run queue covers the states of its threads. It is taken by the thread that leaves
 * the CPU and released by the one that gets it, in switch_finish: until then nobody can make the
 * leaving thread runnable, so no other CPU can run it while it still stands on its stack. A thread
 * that ends is reaped there too, from the next one's stack.
 *
 * While several threads want a CPU, the running one has a slice, and the timer comes at its end. A
 * user thread is looked at every SAMPLE_NS, whether it is in the kernel or not; an idle CPU sleeps
 * until an interrupt. */
#include "sched/runqueue.h"

#include "core/panic.h"
#include "lib/atomic.h"
#include "mem/frame.h"
#include "sched/stack.h"
#include "sched/time.h"
#include "sched/wait.h"
#include "x86/descriptors.h"
#include "x86/fpu.h"
#include "x86/insn.h"
#include "x86/percpu.h"
#include "x86/switch.h"

#define MSR_FS_BASE		0xc0000100u
#define MSR_KERNEL_GS_BASE	0xc0000102u	/* the user's GS base while the kernel runs */
#define SELECTOR_INDEX		0xfffcu	/* without it a selector is null */
#define NEVER			UINT64_MAX

struct run_queue {
	struct spinlock lock;
	struct list_node ready[THREAD_PRIORITIES];
	u32 ready_mask;		/* bit p: ready[p] is not empty */
	u64 slice_end;		/* of the running thread; NEVER while no other wants its place */
	struct thread *dead;	/* the thread that has just left for good */
	void (*reaped)(struct thread *thread);
};

static struct run_queue run_queues[CPU_MAX];
static struct thread boot_thread;

static struct run_queue *queue_self(void)
{
	return &run_queues[percpu_self()->id];
}

/* Locks the queue of the thread's CPU, also if the thread moves meanwhile. */
static struct run_queue *queue_lock(struct thread *thread, bool *irqs)
{
	for (;;) {
		u32 cpu = atomic_load(&thread->cpu);
		*irqs = spin_lock_irq(&run_queues[cpu].lock);
		if (thread->cpu == cpu)
			return &run_queues[cpu];
		spin_unlock_irq(&run_queues[cpu].lock, *irqs);
	}
}

static void queue_push(struct run_queue *queue, struct thread *thread)
{
	thread->state = THREAD_RUNNABLE;
	list_push_back(&queue->ready[thread->priority], &thread->run_node);
	queue->ready_mask |= 1u << thread->priority;
}

static struct thread *queue_pop(struct run_queue *queue)
{
	if (queue->ready_mask == 0)
		return percpu_self()->idle;
	u32 priority = __builtin_ctz(queue->ready_mask);
	struct thread *thread = list_first(&queue->ready[priority], struct thread, run_node);
	list_remove(&thread->run_node);
	if (list_empty(&queue->ready[priority]))
		queue->ready_mask &= ~(1u << priority);
	return thread;
}

/* Whether somebody in the queue is at least as urgent as the thread that runs. */
static bool queue_rivals(const struct run_queue *queue, const struct thread *running)
{
	return queue->ready_mask & ((2u << running->priority) - 1);
}

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

/* The hand-over of what the CPU itself holds of a thread. FPU registers and segment bases stay in
 * it while kernel threads run, so a thread that comes back to the CPU it has left finds them. */
static void switch_out(struct thread *thread)
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

static void switch_in(struct percpu *self, struct thread *thread)
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

/* What a thread does first on its own stack: lets go of the queue that the thread before it had
 * locked. */
void switch_finish(void)
{
	struct run_queue *queue = queue_self();
	struct thread *dead = queue->dead;

	queue->dead = NULL;
	spin_unlock(&queue->lock);
	if (dead)
		queue->reaped(dead);
}

/* Gives the CPU to the next thread. The queue is locked, the current thread's new state is set, and
 * it is in the queue if it wants to run on. Returns when it does, without the lock; interrupts are
 * off all the time. */
static void queue_switch(struct run_queue *queue)
{
	struct thread *previous = thread_current();
	struct thread *next = queue_pop(queue);
	u64 now = clock_ns();

	previous->runtime += now - previous->switched_in;
	previous->switches[previous->state == THREAD_BLOCKED] += next != previous;
	next->switched_in = next->sampled_at = now;
	next->state = THREAD_RUNNING;
	atomic_fetch_and(&previous->work, ~THREAD_WORK_RESCHED);
	queue->slice_end = NEVER;
	if (queue_rivals(queue, next)) {
		queue->slice_end = now + SLICE_NS;
		clock_request(queue->slice_end);
	}
	if (next->fpu)
		clock_request(now + SAMPLE_NS);
	if (next != previous) {
		switch_out(previous);
		switch_in(percpu_self(), next);
		switch_stack(&previous->saved_rsp, next->saved_rsp);
	}
	switch_finish();
}

/* A thread has joined the queue of its CPU, which is this one as long as only one runs: sees to it
 * that it gets its turn. */
static void queue_joined(struct run_queue *queue, struct thread *thread)
{
	struct thread *running = percpu_blocks[thread->cpu]->current;

	if (thread->priority < running->priority) {
		thread_set_work(running, THREAD_WORK_RESCHED);
	} else if (queue->slice_end == NEVER && thread->priority == running->priority) {
		queue->slice_end = clock_ns() + SLICE_NS;
		clock_request(queue->slice_end);
	}
}

void thread_start(struct thread *thread)
{
	bool irqs;

	thread->cpu = percpu_self()->id;
	struct run_queue *queue = queue_lock(thread, &irqs);
	queue_push(queue, thread);
	queue_joined(queue, thread);
	spin_unlock_irq(&queue->lock, irqs);
}

void sched_wake(struct thread *thread)
{
	bool irqs;
	struct run_queue *queue = queue_lock(thread, &irqs);

	if (thread->state == THREAD_BLOCKED) {
		queue_push(queue, thread);
		queue_joined(queue, thread);
	}
	spin_unlock_irq(&queue->lock, irqs);
}

void sched_sleep(const bool *woken, u32 kind)
{
	struct thread *self = thread_current();
	bool irqs;
	struct run_queue *queue = queue_lock(self, &irqs);

	DEBUG_ASSERT(self != percpu_self()->idle);
	/* Whoever wakes sets *woken or the interrupt first and takes this lock then: one of the two
	 * sees the other. */
	if (READ_ONCE(*woken) || atomic_load(&self->interrupted) & kind) {
		spin_unlock_irq(&queue->lock, irqs);
		return;
	}
	self->state = THREAD_BLOCKED;
	self->wait_kind = kind;
	queue_switch(queue);
	insn_irq_restore(irqs);
}

void thread_interrupt(struct thread *thread, u32 kind)
{
	u32 bit = kind == WAIT_KILLABLE ? WAIT_KILLABLE : WAIT_INTERRUPTIBLE & ~WAIT_KILLABLE;
	bool irqs;

	atomic_fetch_or(&thread->interrupted, bit);
	struct run_queue *queue = queue_lock(thread, &irqs);
	if (thread->state == THREAD_BLOCKED && thread->wait_kind & bit) {
		queue_push(queue, thread);
		queue_joined(queue, thread);
	}
	spin_unlock_irq(&queue->lock, irqs);
}

void sched_yield(void)
{
	struct thread *self = thread_current();
	bool irqs;
	struct run_queue *queue = queue_lock(self, &irqs);

	if (!queue_rivals(queue, self)) {
		atomic_fetch_and(&self->work, ~THREAD_WORK_RESCHED);
		spin_unlock_irq(&queue->lock, irqs);
		return;
	}
	queue_push(queue, self);
	queue_switch(queue);
	insn_irq_restore(irqs);
}

u64 thread_runtime(struct thread *thread)
{
	bool irqs;

	if (thread == thread_current())
		return thread->runtime + clock_ns() - thread->switched_in;
	struct run_queue *queue = queue_lock(thread, &irqs);
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
	struct percpu *cpu;
	bool irqs;
	struct run_queue *queue = queue_lock(self, &irqs);

	cpu = percpu_self();
	if (cpu->fpu_owner == self)
		cpu->fpu_owner = NULL;
	self->state = THREAD_DEAD;
	queue->dead = self;
	queue->reaped = reaped;
	queue_switch(queue);
	panic("a dead thread runs");
}

void thread_reload(void)
{
	struct thread *self = thread_current();

	paging_root_load(self->page_root);
	load_segments(descriptors_user_segments() & 0xffffffff);
	load_bases(self);
}

static void idle_init(struct thread *thread, u32 cpu)
{
	thread->name = "idle";
	thread->priority = THREAD_PRIORITIES;
	thread->state = THREAD_RUNNING;
	thread->cpu = cpu;
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

	for (u32 cpu = 0; cpu < CPU_MAX; cpu++) {
		spin_init(&run_queues[cpu].lock, "run queue", LOCK_RUN_QUEUE);
		run_queues[cpu].slice_end = NEVER;
		for (u32 priority = 0; priority < THREAD_PRIORITIES; priority++)
			list_init(&run_queues[cpu].ready[priority]);
	}
	thread_caches_init();
	stack_init();
	idle_init(&boot_thread, 0);
	self->idle = &boot_thread;
	switch_in(self, &boot_thread);
}

void sched_idle(void)
{
	for (;;) {
		insn_cli();
		struct run_queue *queue = queue_self();
		if (READ_ONCE(queue->ready_mask) == 0) {
			if (frame_prepare()) {
				insn_sti();
				insn_pause();	/* interrupts come here, if at all */
			} else {
				insn_sti_hlt();
			}
			continue;
		}
		spin_lock(&queue->lock);
		thread_current()->state = THREAD_RUNNABLE;
		queue_switch(queue);
		insn_sti();
	}
}

u64 sched_idle_time(void)
{
	u64 sum = 0;

	for (u32 cpu = 0; cpu < percpu_count; cpu++)
		sum += percpu_blocks[cpu]->idle->runtime;
	return sum;
}
