/* fork(2)'s half of an address space. */
#ifndef VM_FORK_H
#define VM_FORK_H

#include "lib/types.h"

struct space;

/* A copy that shares every frame until one side writes to it; frames of shared areas stay shared.
 * One reference; NULL if there is no memory, and then nothing has changed. May sleep. */
MUST_CHECK struct space *space_fork(struct space *space);

#endif
