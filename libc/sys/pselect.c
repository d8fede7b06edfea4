/* pselect(2), ppoll(2). The calls write to the time limit; the functions do not. */
#include <abi/signal.h>
#include <poll.h>
#include <sys/select.h>

#include "cancel.h"

#define MASK_SIZE	(ABI_NSIG / 8)

int pselect(int count, fd_set *restrict readable, fd_set *restrict writable,
	fd_set *restrict exceptional, const struct timespec *restrict timeout,
	const sigset_t *restrict mask)
{
	const unsigned long with_size[2] = { (unsigned long)mask, MASK_SIZE };
	struct timespec left;

	if (timeout)
		left = *timeout;
	return (int)syscall_return(cancel_call6(SYS_pselect6, count, readable, writable,
		exceptional, timeout ? &left : NULL, with_size));
}

int ppoll(struct pollfd *fds, nfds_t count, const struct timespec *timeout, const sigset_t *mask)
{
	struct timespec left;

	if (timeout)
		left = *timeout;
	return (int)syscall_return(cancel_call6(
		SYS_ppoll, fds, count, timeout ? &left : NULL, mask, MASK_SIZE, 0));
}
