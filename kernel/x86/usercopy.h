/* The instructions that touch user memory (x86/usercopy.asm), for vm/user.c alone. They do not
 * check addresses: the caller has made sure that the user's range ends at or below USER_END. Each
 * may fault and sleep; a fault that the address space cannot serve (vm/fault.c) goes on at the
 * instruction's fix-up, so that the copy ends early.
 *
 * With SMAP, user memory is open only between their first and last instructions. */
#ifndef X86_USERCOPY_H
#define X86_USERCOPY_H

#include "lib/types.h"

/* Where an instruction of this module goes on that has faulted. */
struct usercopy_fixup {
	u64 fault, resume;
};

extern const struct usercopy_fixup fixups_start[], fixups_end[];	/* linker/kernel.ld */

/* Copies in either direction; returns the bytes not copied, exact to the byte. */
size_t usercopy(void *to, const void *from, size_t size);
/* Zeroes; the bytes not zeroed. */
size_t usercopy_clear(void *to, size_t size);
/* Copies a string with its NUL, at most size bytes: returns its length; size if there is no NUL
 * within; -1 at a fault. */
long usercopy_string(char *to, const char *from, size_t size);
/* *user becomes desired if it is *expected: 1; else *expected becomes what it is: 0. -1 at a
 * fault. */
int usercopy_compare_exchange(u32 *user, u32 *expected, u32 desired);

#endif
