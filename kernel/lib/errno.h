/* Error numbers (abi/errno.def). A function that can fail returns 0 or a negative error number; one
 * that returns a pointer returns it or ERR_PTR(-Exxx), never NULL for an error unless its comment
 * says so. */
#ifndef LIB_ERRNO_H
#define LIB_ERRNO_H

#include "lib/types.h"

enum errno_number {
#define ERRNO(number, name, text) name = number,
#include <abi/errno.def>
#undef ERRNO
};

#define ERRNO_MAX	4095

/* What a system call that was interrupted gives back inside the kernel (proc/signal.c turns it into
 * -EINTR or into the call again, so no program sees them): called again unless a handler without
 * SA_RESTART runs; always called again; called again unless any handler runs; goes on where it was
 * (signal_restart_later) unless any handler runs. */
#define ERESTARTSYS		512
#define ERESTARTNOINTR		513
#define ERESTARTNOHAND		514
#define ERESTART_RESTARTBLOCK	516

static inline void *ERR_PTR(long error)
{
	return (void *)error;
}

static inline long PTR_ERR(const void *pointer)
{
	return (long)pointer;
}

static inline bool IS_ERR(const void *pointer)
{
	return (unsigned long)pointer >= (unsigned long)-ERRNO_MAX;
}

#endif
