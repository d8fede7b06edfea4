// unit: sources kernel/sched/runqueue.c kernel/sched/weight.c kernel/lib/rbtree.c flags -Ikernel
/* The shares of a CPU that threads of all nice values get, to the slice, on a clock that the test moves itself. */
#include "unit.h"

#include "sched/runqueue.h"
#include "sched/weight.h"

#define NICE_MIN	(-20)
#define THREADS		40
#define TURNS		200000

static struct run_queue *const queue = &run_queues[0];
static struct thread threads[THREADS];
static u64 now;

void spin_init(struct spinlock *lock, const char *name, enum lock_rank rank)
{
	*lock = (struct spinlock)SPINLOCK_INIT(name, rank);
}

void spin_lock(struct spinlock *lock)
{
	(void)lock;
}

void spin_unlock(struct spinlock *lock)
{
	(void)lock;
}

/* 1024 times 1.25 to the power of -nice. */
static u64 expected_weight(int nice)
{
	unsigned __int128 over = 1024, under = 1;

	for (; nice > 0; nice--)
		over *= 4, under *= 5;
	for (; nice < 0; nice++)
		over *= 5, under *= 4;
	return over / under;
}

static void each_nice_value_weighs_a_quarter_more_than_the_next(void)
{
	for (int nice = NICE_MIN; nice < NICE_MIN + THREADS; nice++) {
		u64 weight = expected_weight(nice);

		if (weight_of(THREAD_OTHER, nice) != weight || weight_of(THREAD_BATCH, nice) != weight)
			unit_fail("nice %d weighs %u, not %lu", nice, weight_of(THREAD_OTHER, nice), weight);
		UNIT_CHECK(weight_of(THREAD_IDLE, nice) * 4 < weight);
	}
}

static void begin(struct thread *thread)
{
	thread->switched_in = now;
	thread->state = THREAD_RUNNING;
	queue->running = thread;
}

/* Whoever runs does so for that long and has not enough. */
static void turn(u64 ns)
{
	struct thread *thread = queue->running;

	now += ns;
	queue_charge(thread, now);
	queue_push(queue, thread);
	begin(queue_pop(queue, now));
}

static void start_all(int nice, int step, int count)
{
	*queue = (struct run_queue){ .count = 0 };
	queue_init(queue);
	for (int i = 0; i < count; i++, nice += step) {
		threads[i] = (struct thread){ .weight = weight_of(THREAD_OTHER, nice), .nice = nice };
		threads[i].pace = weight_pace(threads[i].weight);
		queue_place(queue, &threads[i], 0);
		queue_push(queue, &threads[i]);
	}
	begin(queue_pop(queue, now));
}

/* Nobody is ahead of anybody by more than its last slice. What a thread has had is in proportion to its weight, but for
 * a ten-thousandth: so much is lost when a pace is rounded. */
static void check_shares(int count)
{
	for (int i = 0; i < count; i++)
		for (int j = 0; j < count; j++) {
			double own = expected_weight(threads[i].nice), others = expected_weight(threads[j].nice);
			double due = threads[j].runtime / others * own * 1.0001;

			if (threads[i].runtime > due + SLICE_NS)
				unit_fail("nice %d has had %lu ns when nice %d had %lu", threads[i].nice,
					threads[i].runtime, threads[j].nice, threads[j].runtime);
		}
}

static void run_shares(int nice, int step, int count, bool whole_slices)
{
	start_all(nice, step, count);
	for (int i = 0; i < TURNS; i++) {
		turn(whole_slices ? SLICE_NS : 1 + unit_random(SLICE_NS));
		if (i % 500 == 0)
			check_shares(count);
	}
}

static void whole_slices_are_shared_by_weight(void)
{
	run_shares(NICE_MIN, 1, THREADS, true);
}

static void slices_that_end_early_are_shared_by_weight(void)
{
	run_shares(NICE_MIN, 1, THREADS, false);
	run_shares(0, 19, 2, false);
	run_shares(7, 0, 3, false);
}

/* It comes soon, but does not make up for the time in which it slept. */
static void who_has_slept_gets_the_bonus_and_no_more(void)
{
	struct thread *sleeper = &threads[0];

	start_all(0, 0, 3);
	while (queue->running != sleeper)
		turn(SLICE_NS);
	begin(queue_pop(queue, now));
	for (int i = 0; i < 1000; i++)
		turn(SLICE_NS);
	now += SLICE_NS / 2;
	queue_advance(queue, now);
	queue_place(queue, sleeper, SLEEP_BONUS_NS);
	queue_push(queue, sleeper);
	u64 begun = now, before = sleeper->runtime;
	turn(1);
	UNIT_CHECK(queue->running == sleeper);
	for (int i = 0; i < 300; i++)
		turn(SLICE_NS);
	u64 had = sleeper->runtime - before, third = (now - begun) / 3;
	UNIT_CHECK(had + 2 * SLICE_NS >= third);
	UNIT_CHECK(had <= third + SLEEP_BONUS_NS + 2 * SLICE_NS);
}

/* Whoever runs, and has had enough for now, is back when another runs. */
static void nap(void)
{
	struct thread *thread = queue->running;

	now += SLICE_NS;
	queue_charge(thread, now);
	begin(queue_pop(queue, now));
	queue_advance(queue, now);
	queue_place(queue, thread, SLEEP_BONUS_NS);
	queue_push(queue, thread);
}

static void a_nap_does_not_undo_what_was_used(void)
{
	start_all(0, 19, 2);
	for (int i = 0; i < 2000; i++)
		if (queue->running == &threads[1])
			nap();
		else
			turn(SLICE_NS);
	check_shares(2);
}

int main(void)
{
	UNIT_CASE(each_nice_value_weighs_a_quarter_more_than_the_next);
	UNIT_CASE(whole_slices_are_shared_by_weight);
	UNIT_CASE(slices_that_end_early_are_shared_by_weight);
	UNIT_CASE(who_has_slept_gets_the_bonus_and_no_more);
	UNIT_CASE(a_nap_does_not_undo_what_was_used);
	return unit_done();
}
