/* Page faults: a page gets its frame when it is first touched. An anonymous page gets a zeroed one,
 * a page of a backing the backing's own; the writer of a private page that others can see gets a
 * copy.
 *
 * A fault that finds no frame goes to the policy registered here, and is tried again; only in a
 * process that is being ended it fails, and then a user copy of the kernel (vm/user.h) ends with
 * -EFAULT, which the process does not live to see. */
#ifndef VM_FAULT_H
#define VM_FAULT_H

#include "lib/types.h"
#include "x86/paging.h"
#include "x86/trap.h"

struct space;

enum space_fault {
	SPACE_FAULT_OK,
	SPACE_FAULT_SEGV,	/* no area there: SIGSEGV */
	SPACE_FAULT_ACCESS,	/* the area does not allow this: SIGSEGV */
	SPACE_FAULT_BUS,	/* behind the end of the file: SIGBUS */
	SPACE_FAULT_NO_MEMORY,	/* no frame: the policy decides who dies */
};

/* A page fault at address: error is the CPU's error code. Takes the space's lock, may sleep. */
enum space_fault space_handle_fault(struct space *space, u64 address, u64 error);

/* The same, with the lock held. */
enum space_fault space_fault_locked(struct space *space, u64 address, u64 error);
/* Makes the page of an address present, to write to or to read, if it is not: *value is its entry.
 * The lock is held. */
enum space_fault space_touch_locked(struct space *space, u64 address, bool write, pte_t *value);
/* Who has met SPACE_FAULT_NO_MEMORY and holds no lock: whether to try again. */
MUST_CHECK bool space_relieve(void);

/* As if each page of the range had been touched, to write or to read, up to the first that cannot be
 * or is in no area; what that meets. -EINTR if the caller has been killed. Length in bytes, whole pages. */
int space_populate(struct space *space, u64 start, u64 length, bool write);

/* exec: writes bytes at an address of a space whose areas there are private, whatever their rights;
 * it need not be loaded. -EFAULT if they are not mapped, -ENOMEM. */
MUST_CHECK int space_write(struct space *space, u64 address, const void *from, size_t size);

/* The current thread's space, NULL if it has none, is told to vm by proc, so that vm needs no arrow
 * to proc. */
void space_register_current(struct space *(*current)(void));
/* Called when user code faulted and the fault could not be served, with interrupts on; may sleep or
 * not return (proc: signals, and who dies for want of memory). If it returns, the frame goes on,
 * which for unchanged registers is the fault again. */
void space_register_fault_failed(
	void (*failed)(struct trap_frame *frame, u64 address, enum space_fault fault));
/* Called when a user copy found no frame, with interrupts on; may sleep. Whether to try again. */
void space_register_relieve(bool (*relieve)(void));
/* Registers the page-fault handler. Boot. */
void space_init(void);

#endif
