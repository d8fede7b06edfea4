/* What poll and select have in common: entries for fs/poll.h from descriptors, and the masks and
 * time limits of ppoll and pselect. May sleep. */
#ifndef SYS_POLL_H
#define SYS_POLL_H

#include "fs/poll.h"
#include "vm/user.h"

#define POLL_FEW	16u	/* entries that the caller keeps on its stack */

/* Room for count entries: few if they fit; NULL if there is no memory. */
MUST_CHECK struct poll_entry *poll_entries_new(struct poll_entry *few, u32 count);
/* Closes count entries and gives the room back. */
void poll_entries_free(struct poll_entry *few, struct poll_entry *entries, u32 count);
/* An entry for a descriptor; without a file and false if that is none that can be asked. */
bool poll_entry_open(struct poll_entry *entry, int fd, u32 events);

/* The mask that holds during the call (NULL: no other). -EINVAL, -EFAULT. */
int poll_mask(struct user_ptr mask, size_t size);
/* A struct timespec, or NULL for WAIT_FOREVER. -EINVAL, -EFAULT. */
int poll_timeout(struct user_ptr timeout, u64 *deadline);
/* The end of such a call: puts the mask back, tells what is left of the time, and gives the call's
 * result. */
long poll_finish(long result, struct user_ptr timeout, u64 deadline);

#endif
