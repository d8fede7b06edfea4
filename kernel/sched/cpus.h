/* The other CPUs: what each gets of its own (a per-CPU block with its counters, stacks, an idle
 * thread), and their start, one after the other. A CPU that does not come up is named in the log and
 * left out. Boot. */
#ifndef SCHED_CPUS_H
#define SCHED_CPUS_H

#include "lib/types.h"

/* Takes the page where they will begin, before memory is handed out. */
void cpus_prepare(void);
/* Starts them; they run what is ready from then on. When the clock runs, before paging_seal. */
void cpus_start(void);

#endif
