/* Robust futexes (get_robust_list(2)): a thread names a list, in its own memory, of the locks that
 * it holds; when it ends, or execs, each of them is marked and one who waits for it is woken. */
#ifndef PROC_ROBUST_H
#define PROC_ROBUST_H

#include "lib/types.h"

/* The list of the current thread is at that address, or there is none (0). */
void robust_set(u64 head);
/* The list of a thread (0: the current one). -ESRCH, -EPERM. */
MUST_CHECK int robust_get(int tid, u64 *head);
/* The current thread leaves its address space: gives up what it holds. May sleep. */
void robust_leave(void);

#endif
