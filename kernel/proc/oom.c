/* The out-of-memory policy (proc/oom.h). One process at a time is ended, and others wait for what it
 * gives back. It may be unable to end, since it waits for a lock that one of those holds who wait
 * here: so after a while the next one is chosen, in the end the one that waits. */
#include "proc/oom.h"

#include "core/panic.h"
#include "core/printk.h"
#include "core/stat.h"
#include "lib/atomic.h"
#include "mem/frame.h"
#include "mem/reclaim.h"
#include "proc/process.h"
#include "proc/signal.h"
#include "proc/task.h"
#include "sched/time.h"
#include "vm/fault.h"

#define PATIENCE	(2 * NS_PER_SEC)	/* with one that is ending */
#define PAUSE		NS_PER_MS		/* between two tries */
#define STACK_PAGES	(KERNEL_STACK_SIZE / PAGE_SIZE)
#define AREAS_A_PAGE	32			/* of kernel memory */
#define ABOUT_PAGES	256u			/* those that differ by less are alike */

STAT_COUNTER(oom_kills, "processes that were ended for want of memory");

/* Under process_lock. */
static u64 patient_until;	/* nobody else is chosen before, if somebody is ending */
static u64 last_short;		/* when somebody was last here */

static bool is_ending(const struct process *process)
{
	return READ_ONCE(process->exiting) ||
		READ_ONCE(process->pending.bits) & SIGNAL_BIT(ABI_SIGKILL);
}

/* Whether the current thread has been told to end, alone or with its process. */
static bool self_ends(void)
{
	return atomic_load(&thread_current()->interrupted) & WAIT_KILLABLE ||
		is_ending(process_current());
}

u64 oom_score(int pid, const struct space *space, u32 threads)
{
	if (pid == PID_INIT || !space)
		return 0;
	return 1 + READ_ONCE(space->resident) + frame_tables(space->root) +
		READ_ONCE(space->area_count) / AREAS_A_PAGE + threads * STACK_PAGES;
}

static u64 score_of(const struct process *process)
{
	return oom_score(process->pid, process->space, READ_ONCE(process->unreaped));
}

/* Of those that hold about the same the youngest goes: of a family that grows until there is no
 * memory left, not the ancestor. */
static bool goes_before(const struct process *process, const struct process *other)
{
	u64 size = score_of(process) / ABOUT_PAGES;
	u64 other_size = score_of(other) / ABOUT_PAGES;

	return size != other_size ? size > other_size : process->started > other->started;
}

/* Who holds the most of those that are not ending; whether somebody is. */
static struct process *choose_locked(bool *ending)
{
	struct process *process = NULL, *chosen = NULL;

	*ending = false;
	while ((process = process_next_locked(process))) {
		if (process->state == PROCESS_ZOMBIE)
			continue;
		if (is_ending(process))
			*ending = true;
		else if (score_of(process) > 0 &&
			(!chosen || goes_before(process, chosen)))
			chosen = process;
	}
	return chosen;
}

static void end_locked(struct process *victim, u64 now)
{
	printk("%s[%d]: ended for want of memory, %lu pages\n", victim->name, victim->pid,
		score_of(victim));
	stat_add(&oom_kills, 1);
	patient_until = now + PATIENCE;
	process_signal(victim, ABI_SIGKILL);
}

/* Sees to it that somebody is ending. */
static void make_end(void)
{
	u64 now = clock_ns();
	bool ending;

	spin_lock(&process_lock);
	struct process *victim = choose_locked(&ending);
	/* Who is ending when memory becomes short gets its time too. */
	if (now - last_short > NS_PER_SEC)
		patient_until = now + PATIENCE;
	last_short = now;
	if (!ending || now >= patient_until) {
		if (victim)
			end_locked(victim, now);
		else if (!ending)
			panic("out of memory, and process 1 is alone");
		else
			patient_until = now + PATIENCE;
	}
	spin_unlock(&process_lock);
}

bool oom_relieve(void)
{
	if (self_ends())
		return false;
	if (frame_available())
		return true;
	make_end();
	if (self_ends())
		return false;
	(void)wait_until(WAIT_KILLABLE, clock_ns() + PAUSE);
	return !self_ends();
}

/* An allocation of the kernel's own ends nobody: but if somebody is ending it waits for that. */
static bool wait_for_ending(void)
{
	bool ending;

	/* Threads of the kernel's own have no process. */
	if (!thread_current()->fpu || self_ends())
		return false;
	u64 now = clock_ns();
	spin_lock(&process_lock);
	(void)choose_locked(&ending);
	ending = ending && now < patient_until;
	spin_unlock(&process_lock);
	return ending && wait_until(WAIT_KILLABLE, now + PAUSE) == 0;
}

void oom_init(void)
{
	space_register_relieve(oom_relieve);
	reclaim_register_wait(wait_for_ending);
}
