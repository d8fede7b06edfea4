/* Spin locks. Held for short, straight code that cannot sleep. A lock that an interrupt handler
 * takes is taken with spin_lock_irq everywhere else. Locks are taken in rising rank, those of one
 * rank by rising address; debug builds check the rank, the owner and the interrupt state and panic
 * at the first mistake. */
#ifndef CORE_SPINLOCK_H
#define CORE_SPINLOCK_H

#include "lib/types.h"

/* The order in which locks nest: a CPU that holds one takes only larger ranks. */
enum lock_rank {
	LOCK_PROCESS = 10,	/* the process tree, exit and wait */
	LOCK_SIGNAL = 20,	/* one process's signals */
	LOCK_FILES = 30,	/* a descriptor table, an fs context */
	LOCK_INODE_LIST = 40,	/* lists of inodes and mappings of a backing */
	LOCK_FUTEX = 43,	/* a bucket of waiters */
	LOCK_PIPE = 45,		/* a pipe's counts */
	LOCK_TRACE = 46,	/* a trace's ring */
	LOCK_SERIAL = 48,	/* a serial port; taken by the interrupt handler, as the next */
	LOCK_TTY = 50,		/* taken by the interrupt handler */
	LOCK_TIMER = 60,	/* a CPU's timers */
	LOCK_WAIT = 70,		/* a wait queue */
	LOCK_RUN_QUEUE = 80,	/* a CPU's threads */
	LOCK_MAGAZINE = 85,	/* a CPU's magazines of kernel objects */
	LOCK_SLAB = 90,		/* a cache of kernel objects */
	LOCK_PAGING = 95,	/* the kernel's half of the page tables; takes frames for them */
	LOCK_FRAME_CACHE = 98,	/* a CPU's stock of frames */
	LOCK_FRAME = 100,	/* the frame allocator */
	LOCK_RANDOM = 110,	/* the generator of random numbers */
	LOCK_LOG = 120,		/* the log */
};

struct spinlock {
	u32 holder;		/* the CPU that holds it, +1; 0: it is free */
	u32 rank;
	const char *name;
#ifdef DEBUG
	u32 contexts;		/* where it has been taken (core/spinlock.c) */
#endif
};

#define SPINLOCK_INIT(lock_name, lock_rank) { .rank = (lock_rank), .name = (lock_name) }

void spin_init(struct spinlock *lock, const char *name, enum lock_rank rank);
void spin_lock(struct spinlock *lock);
void spin_unlock(struct spinlock *lock);
/* With interrupts off while held; returns what spin_unlock_irq needs to put them back. */
MUST_CHECK bool spin_lock_irq(struct spinlock *lock);
void spin_unlock_irq(struct spinlock *lock, bool irqs);
/* By this CPU. (Who holds what, for messages: core/report.h.) */
bool spin_is_held(const struct spinlock *lock);

#endif
