/* select(2) and pselect(2): poll with sets of bits. */
#include "lib/errno.h"
#include "sys/fd.h"
#include "sys/poll.h"
#include "sys/timespec.h"
#include "vm/user.h"
#include <abi/poll.h>
#include <abi/time.h>
#include <gen/syscalls.h>

/* What select means by ready to read, ready to write and exceptional. */
static const u16 set_events[3] = {
	ABI_POLLIN | ABI_POLLRDNORM | ABI_POLLRDBAND | ABI_POLLHUP | ABI_POLLERR,
	ABI_POLLOUT | ABI_POLLWRNORM | ABI_POLLWRBAND | ABI_POLLERR,
	ABI_POLLPRI,
};

/* The three sets of select. */
struct select_sets {
	struct user_ptr user[3];
	struct abi_fd_set sets[3];	/* what is asked, and later what is true */
	u32 count;			/* of descriptors that are looked at */
};

static size_t set_bytes(const struct select_sets *select)
{
	return ALIGN_UP(select->count, 64) / 8;
}

/* What lies above the descriptors that are looked at is not asked for. */
static int sets_read(struct select_sets *select)
{
	u32 rest = select->count % 64;

	for (u32 set = 0; set < 3; set++) {
		select->sets[set] = (struct abi_fd_set){ 0 };
		if (user_ptr_is_null(select->user[set]) || select->count == 0)
			continue;
		int error = user_read_bytes(
			&select->sets[set], select->user[set], set_bytes(select));
		if (error)
			return error;
		if (rest)
			select->sets[set].bits[select->count / 64] &= (1ul << rest) - 1;
	}
	return 0;
}

static int sets_write(const struct select_sets *select)
{
	for (u32 set = 0; set < 3; set++) {
		if (user_ptr_is_null(select->user[set]) || select->count == 0)
			continue;
		int error = user_write_bytes(
			select->user[set], &select->sets[set], set_bytes(select));
		if (error)
			return error;
	}
	return 0;
}

/* The events that the sets ask of a descriptor. */
static u32 sets_events(const struct select_sets *select, u32 fd)
{
	u32 events = 0;

	for (u32 set = 0; set < 3; set++)
		if (select->sets[set].bits[fd / 64] >> (fd % 64) & 1)
			events |= set_events[set];
	return events;
}

static u32 sets_asked(const struct select_sets *select)
{
	u32 asked = 0;

	for (u32 fd = 0; fd < select->count; fd++)
		asked += sets_events(select, fd) != 0;
	return asked;
}

static int sets_open(const struct select_sets *select, struct poll_entry *entries, u32 *opened)
{
	*opened = 0;
	for (u32 fd = 0; fd < select->count; fd++) {
		u32 events = sets_events(select, fd);

		if (!events)
			continue;
		if (!poll_entry_open(&entries[*opened], fd, events))
			return -EBADF;
		++*opened;
	}
	return 0;
}

/* Leaves in the sets what is true of what they asked; how many bits that are. */
static long sets_answer(struct select_sets *select, const struct poll_entry *entries, u32 count)
{
	long bits = 0;

	for (u32 i = 0; i < count; i++) {
		u32 fd = entries[i].fd;

		for (u32 set = 0; set < 3; set++) {
			u64 *word = &select->sets[set].bits[fd / 64], bit = 1ul << (fd % 64);

			if (!(*word & bit))
				continue;
			if (entries[i].ready & set_events[set])
				bits++;
			else
				*word &= ~bit;
		}
	}
	return bits;
}

static long do_select(struct select_sets *select, u64 deadline)
{
	struct poll_entry few[POLL_FEW], *entries;
	u32 asked, opened;

	int error = sets_read(select);
	if (error)
		return error;
	asked = sets_asked(select);
	entries = poll_entries_new(few, asked);
	if (!entries)
		return -ENOMEM;
	long result = sets_open(select, entries, &opened);
	if (!result)
		result = poll_wait(entries, opened, deadline);
	if (result >= 0)
		result = sets_answer(select, entries, opened);
	if (result >= 0 && sets_write(select) < 0)
		result = -EFAULT;
	poll_entries_free(few, entries, opened);
	return result;
}

/* Seconds and microseconds, of which there may be more than a million. */
static bool timeval_ns(const struct abi_timeval *timeval, u64 *ns)
{
	struct abi_timespec timespec = { .tv_nsec = timeval->tv_usec % 1000000 * 1000 };

	if (__builtin_add_overflow(timeval->tv_sec, timeval->tv_usec / 1000000, &timespec.tv_sec) ||
		!timespec_is_valid(&timespec))
		return false;
	*ns = timespec_ns(&timespec);
	return true;
}

long sys_select(int nfds, struct user_ptr readfds, struct user_ptr writefds,
	struct user_ptr exceptfds, struct user_ptr timeout)
{
	struct select_sets select = { .user = { readfds, writefds, exceptfds } };
	u64 deadline = WAIT_FOREVER, ns = 0;
	struct abi_timeval timeval;

	if (!user_ptr_is_null(timeout)) {
		if (user_get(&timeval, timeout) < 0)
			return -EFAULT;
		if (!timeval_ns(&timeval, &ns))
			return -EINVAL;
		deadline = ns ? deadline_after(ns) : POLL_NO_WAIT;
	}
	if (nfds < 0)
		return -EINVAL;
	select.count = MIN(nfds, FILES_MAX);
	long result = do_select(&select, deadline);
	if (!user_ptr_is_null(timeout) && ns) {
		/* As on Linux, a place that cannot be written is no error here. */
		timeval = to_timeval(deadline_left(deadline));
		int error = user_put(timeout, &timeval);
		(void)error;
	}
	/* Called again, it waits for what is left. */
	return result == -ERESTARTSYS ? -ERESTARTNOHAND : result;
}

/* The last argument leads to two more: the mask and its size. */
struct pselect_mask {
	u64 mask, size;
};

long sys_pselect6(int nfds, struct user_ptr readfds, struct user_ptr writefds,
	struct user_ptr exceptfds, struct user_ptr timeout, struct user_ptr sigmask)
{
	struct select_sets select = { .user = { readfds, writefds, exceptfds } };
	struct pselect_mask mask = { 0 };
	u64 deadline;

	if (!user_ptr_is_null(sigmask) && user_get(&mask, sigmask) < 0)
		return -EFAULT;
	int error = poll_timeout(timeout, &deadline);
	if (!error)
		error = poll_mask((struct user_ptr){ mask.mask }, mask.size);
	if (error)
		return error;
	long result = -EINVAL;
	if (nfds >= 0) {
		select.count = MIN(nfds, FILES_MAX);
		result = do_select(&select, deadline);
	}
	return poll_finish(result, timeout, deadline);
}
