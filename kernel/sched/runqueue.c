/* See runqueue.h. */
#include "sched/runqueue.h"

#include "lib/atomic.h"

#define PRIORITY_SHIFT	50	/* below it: the count of real-time threads */

struct run_queue run_queues[CPU_MAX];

void queue_init(struct run_queue *queue)
{
	spin_init(&queue->lock, "run queue", LOCK_RUN_QUEUE);
	queue->virtual_time = ORDER_FAIR + SLEEP_BONUS_NS;
	queue->slice_end = NEVER;
}

struct run_queue *queue_lock(struct thread *thread)
{
	for (;;) {
		struct run_queue *queue = &run_queues[atomic_load(&thread->cpu)];
		spin_lock(&queue->lock);
		if (likely(&run_queues[thread->cpu] == queue))
			return queue;
		spin_unlock(&queue->lock);
	}
}

void queue_lock_two(struct run_queue *a, struct run_queue *b)
{
	spin_lock(a < b ? &a->lock : &b->lock);
	spin_lock(a < b ? &b->lock : &a->lock);
}

void queue_unlock_two(struct run_queue *a, struct run_queue *b)
{
	spin_unlock(&a->lock);
	spin_unlock(&b->lock);
}

/* The virtual time of the thread that runs, as of now. */
static u64 running_order(const struct run_queue *queue, u64 now)
{
	const struct thread *running = queue->running;
	u64 ran = now > running->switched_in ? now - running->switched_in : 0;

	return running->order + thread_virtual(running, ran);
}

void queue_advance(struct run_queue *queue, u64 now)
{
	u64 smallest = running_order(queue, now);

	if (queue->first)
		smallest = MIN(smallest, queue->first->order);
	if (smallest != ORDER_IDLE && smallest > queue->virtual_time)
		queue->virtual_time = smallest;
}

bool queue_outranks(const struct run_queue *queue, const struct thread *thread, u64 now)
{
	const struct thread *running = queue->running;

	if (thread_is_urgent(thread) || thread_is_urgent(running))
		return thread->order < running->order;
	if (thread->policy != running->policy && running->policy == THREAD_IDLE)
		return true;
	return thread->policy == THREAD_OTHER && thread->order + WAKE_NS < running_order(queue, now);
}

/* ahead: of equal ones too. */
static void tree_insert(struct rb_tree *tree, struct thread *thread, bool ahead)
{
	struct rb_node **link = &tree->root, *parent = NULL;

	while (*link) {
		parent = *link;
		u64 order = container_of(parent, struct thread, run_node)->order;
		link = thread->order < order + ahead ? &parent->left : &parent->right;
	}
	rb_insert(tree, &thread->run_node, parent, link);
}

void queue_push(struct run_queue *queue, struct thread *thread)
{
	struct thread *first = queue->first;

	if (likely(!first)) {
		queue->first = thread;
	} else if (thread->order < first->order) {
		tree_insert(&queue->ready, first, true);
		queue->first = thread;
	} else {
		tree_insert(&queue->ready, thread, false);
	}
	thread->state = THREAD_RUNNABLE;
	queue->count++;
	queue->urgent_count += thread_is_urgent(thread);
	queue->load += thread->weight;
}

struct thread *queue_after(const struct run_queue *queue, const struct thread *thread)
{
	struct rb_node *next = thread == queue->first ? rb_first(&queue->ready)
						      : rb_next(&thread->run_node);

	return next ? container_of(next, struct thread, run_node) : NULL;
}

void queue_remove(struct run_queue *queue, struct thread *thread)
{
	struct thread *leaves_tree = thread;

	if (likely(queue->first == thread))
		leaves_tree = queue->first =
			queue->count > 1 ? queue_after(queue, thread) : NULL;
	if (unlikely(leaves_tree))
		rb_remove(&queue->ready, &leaves_tree->run_node);
	queue->count--;
	queue->urgent_count -= thread_is_urgent(thread);
	queue->load -= thread->weight;
}

/* Real-time threads have had the CPU for so long that another may run first. */
static bool relief_is_due(const struct run_queue *queue, u64 now)
{
	return thread_is_urgent(queue->first) && queue->count > queue->urgent_count &&
		now >= queue->fair_ran + URGENT_NS;
}

struct thread *queue_pop(struct run_queue *queue, u64 now)
{
	struct thread *thread = queue->first;

	if (!thread)
		return percpu_self()->idle;
	if (unlikely(relief_is_due(queue, now)))
		while (thread_is_urgent(thread))
			thread = queue_after(queue, thread);
	queue_remove(queue, thread);
	return thread;
}

u64 queue_slice_end(const struct run_queue *queue, const struct thread *thread, u64 now)
{
	u64 end = NEVER;

	if (queue->count == 0)
		return NEVER;
	if (likely(!thread_is_urgent(thread)))
		return now + (queue->urgent_count == 0 ? SLICE_NS : RELIEF_NS);
	if (thread->policy == THREAD_RR)
		end = now + RR_SLICE_NS;
	if (queue->count > queue->urgent_count)
		end = MIN(end, queue->fair_ran + URGENT_NS);
	return MAX(end, now);
}

void queue_place_urgent(struct run_queue *queue, struct thread *thread)
{
	u64 above = THREAD_URGENCY_MAX - thread->urgency;

	thread->order = above << PRIORITY_SHIFT | queue->came++;
}

void queue_place(struct run_queue *queue, struct thread *thread, u64 bonus)
{
	if (unlikely(thread->urgency > 0))
		queue_place_urgent(queue, thread);
	else
		thread->order = MAX(thread->order, queue->virtual_time - bonus);
}

void queue_place_behind(struct run_queue *queue, struct thread *thread)
{
	if (thread->urgency > 0)
		queue_place_urgent(queue, thread);
	else if (queue->first && !thread_is_urgent(queue->first))
		thread->order = MAX(thread->order, queue->first->order + 1);
}
