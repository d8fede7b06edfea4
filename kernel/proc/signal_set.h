/* Signals that have been sent and not yet taken: those of a process or of one thread. Of each
 * number below ABI_SIGRTMIN one can be pending; of the others as many as were sent, in that order,
 * but for those beyond the first SIGNAL_QUEUE_MAX. Under the process's signal_lock; any context.
 *
 * Interrupt handlers take that lock, so no memory is allocated or freed under it: the locks of those
 * are held with interrupts on, and their holder, interrupted by who waits for the signal_lock, would
 * wait for ever. Room for a real-time signal is brought along as a spare, and what is taken or
 * forgotten becomes one. */
#ifndef PROC_SIGNAL_SET_H
#define PROC_SIGNAL_SET_H

#include "lib/list.h"
#include "lib/types.h"
#include <abi/signal.h>

#define SIGNAL_BIT(signal)	(1ul << ((signal) - 1))
#define SIGNAL_QUEUE_MAX	1024

/* What a handler learns (sigaction(2)); data as in struct abi_siginfo. */
struct signal_info {
	int signal, code;
	u64 data[2];
};

struct signal_set {
	u64 bits;			/* bit n-1 */
	struct signal_info standard[ABI_SIGRTMIN - 1];
	struct list_node queue;		/* of real-time signals */
	u32 queued;
	struct list_node spares;	/* room for more of them */
};

void signal_set_init(struct signal_set *set);
/* Nobody uses it any more, and it is empty. Without the lock. */
void signal_set_fini(struct signal_set *set);
void signal_set_add(struct signal_set *set, const struct signal_info *info);
/* Before that, without the lock: a spare for a signal that is about to be sent, if it needs one and
 * there is memory. Then, under the lock: the set gets these spares for its own; which are freed when
 * the lock has been let go. */
void signal_spare_new(struct list_node *spares, int signal);
void signal_set_exchange_spares(struct signal_set *set, struct list_node *spares);
void signal_spares_free(struct list_node *spares);
/* Takes one of that number, which is there. */
void signal_set_take(struct signal_set *set, int signal, struct signal_info *info);
/* Forgets all signals in the mask. */
void signal_set_discard(struct signal_set *set, u64 mask);

#endif
