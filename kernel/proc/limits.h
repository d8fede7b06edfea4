/* Resource limits (getrlimit(2)): process->limits, under process_lock; the process itself may read
 * them without. Children inherit them. Those that say what an address space may become are copied
 * into it. */
#ifndef PROC_LIMITS_H
#define PROC_LIMITS_H

#include "fs/context.h"
#include "proc/process.h"

/* What process 1 begins with. */
void limits_init(struct process *process);
/* prlimit(2) without copying: process pid (0: the caller) gets *new, unless that is NULL, and *old is
 * what it had. -ESRCH, -EPERM, -EINVAL. */
int limits_change(int pid, u32 resource, const struct abi_rlimit *new, struct abi_rlimit *old);
/* A new program of the process runs in this address space. */
void limits_give_space(const struct process *process, struct space *space);
/* What a thread of the process does with files keeps to them too. */
static inline void limits_give_context(const struct process *process, struct fs_context *context)
{
	context->size_limit = &process->limits[ABI_RLIMIT_FSIZE].rlim_cur;
}
/* The result of a call that makes files larger: if it is -EFBIG because of RLIMIT_FSIZE, SIGXFSZ
 * tells so too. */
long limits_size_result(long result);
/* May the current process have one more child, or thread? process_lock held. */
bool limits_allow_child_locked(const struct process *parent);

/* How many bytes the caller may lock. */
u64 limits_memlock(void);

/* How many descriptors the current process may have. */
static inline u32 limits_files(void)
{
	return MIN(READ_ONCE(process_current()->limits[ABI_RLIMIT_NOFILE].rlim_cur),
		(u64)FILES_MAX);
}

#endif
