/* Test and test-and-set. There is no queue: the sections are short and contention is looked for by
 * measuring. */
#include "core/spinlock.h"

#include "core/panic.h"
#include "x86/insn.h"
#include "x86/percpu.h"

#ifdef DEBUG

#define HELD_MAX		16
#define SPIN_IN_INTERRUPT	1u
#define SPIN_INTERRUPTIBLE	2u

/* The locks that each CPU holds, in the order taken. An interrupt handler's are checked only
 * against each other: what the interrupted code holds cannot be wanted by it, which `contexts`
 * checks. */
struct held {
	struct {
		const struct spinlock *lock;
		u32 irq_depth;
	} locks[HELD_MAX];
	u32 count;
};

static struct held held_locks[CPU_MAX];

static void check_context(struct spinlock *lock)
{
	if (percpu_self()->irq_depth > 0)
		lock->contexts |= SPIN_IN_INTERRUPT;
	else if (insn_irqs_enabled())
		lock->contexts |= SPIN_INTERRUPTIBLE;
	if (lock->contexts == (SPIN_IN_INTERRUPT | SPIN_INTERRUPTIBLE))
		panic("lock %s is taken by interrupt handlers and with interrupts on", lock->name);
}

/* Another CPU may hold the lock, and have been interrupted by a handler that waits for the one that
 * is held here. */
static void check_under(const struct spinlock *lock, const struct spinlock *held)
{
	if (held->contexts & SPIN_IN_INTERRUPT && lock->contexts & SPIN_INTERRUPTIBLE)
		panic("lock %s, taken with interrupts on elsewhere, is taken under %s, which interrupt handlers take",
			lock->name, held->name);
}

static void check_before(struct spinlock *lock)
{
	const struct percpu *cpu = percpu_self();
	const struct held *held = &held_locks[cpu->id];
	if (spin_is_held(lock))
		panic("lock %s is taken twice", lock->name);
	check_context(lock);
	for (u32 i = 0; i < held->count; i++) {
		const struct spinlock *other = held->locks[i].lock;
		if (held->locks[i].irq_depth == cpu->irq_depth &&
		    (other->rank > lock->rank || (other->rank == lock->rank && other > lock)))
			panic("lock %s (rank %u) is taken under %s (rank %u)", lock->name,
				lock->rank, other->name, other->rank);
		check_under(lock, other);
	}
}

/* Interrupts are off for both of these: a handler has its locks in the same list, above. */
static void note_taken(const struct spinlock *lock)
{
	bool irqs = insn_irq_save();
	const struct percpu *cpu = percpu_self();
	struct held *held = &held_locks[cpu->id];
	if (held->count == HELD_MAX)
		panic("lock %s: too many are held", lock->name);
	held->locks[held->count].lock = lock;
	held->locks[held->count++].irq_depth = cpu->irq_depth;
	insn_irq_restore(irqs);
}

static void note_released(const struct spinlock *lock)
{
	bool irqs = insn_irq_save();
	struct held *held = &held_locks[percpu_self()->id];
	u32 i = held->count;
	while (i > 0 && held->locks[i - 1].lock != lock)
		i--;
	if (i == 0)
		panic("lock %s is released but not held", lock->name);
	for (held->count--; i <= held->count; i++)
		held->locks[i - 1] = held->locks[i];
	insn_irq_restore(irqs);
}

#else

static inline void check_before(struct spinlock *lock)
{
	(void)lock;
}

static inline void note_taken(const struct spinlock *lock)
{
	(void)lock;
}

static inline void note_released(const struct spinlock *lock)
{
	(void)lock;
}

#endif

void spin_init(struct spinlock *lock, const char *name, enum lock_rank rank)
{
	*lock = (struct spinlock)SPINLOCK_INIT(name, rank);
}

/* Who comes too late leaves the holder's name in the word. */
static bool take(struct spinlock *lock, u32 taker)
{
	u32 nobody = 0;
	return __atomic_compare_exchange_n(
		&lock->holder, &nobody, taker, false, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED);
}

void spin_lock(struct spinlock *lock)
{
	struct percpu *cpu = percpu_self();
	check_before(lock);
	cpu->preempt_count++;
	while (unlikely(!take(lock, cpu->id + 1)))
		while (READ_ONCE(lock->holder) != 0)
			insn_pause();
	note_taken(lock);
}

void spin_unlock(struct spinlock *lock)
{
	note_released(lock);
	__atomic_store_n(&lock->holder, 0, __ATOMIC_RELEASE);
	percpu_self()->preempt_count--;
}

bool spin_lock_irq(struct spinlock *lock)
{
	bool irqs = insn_irq_save();
	spin_lock(lock);
	return irqs;
}

void spin_unlock_irq(struct spinlock *lock, bool irqs)
{
	spin_unlock(lock);
	insn_irq_restore(irqs);
}

bool spin_is_held(const struct spinlock *lock)
{
	return READ_ONCE(lock->holder) == percpu_self()->id + 1;
}
