/* Signals that have been sent and not yet taken: those of a process or of one thread. Of each
 * number below ABI_SIGRTMIN one can be pending; of the others as many as were sent, in that order,
 * but for those beyond the first SIGNAL_QUEUE_MAX. Under the process's signal_lock; any context, as
 * long as real-time signals are not sent by interrupt handlers. */
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
};

void signal_set_init(struct signal_set *set);
void signal_set_add(struct signal_set *set, const struct signal_info *info);
/* Takes one of that number, which is there. */
void signal_set_take(struct signal_set *set, int signal, struct signal_info *info);
/* Forgets all signals in the mask. */
void signal_set_discard(struct signal_set *set, u64 mask);

#endif
