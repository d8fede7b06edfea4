/* poll(2) and select(2): two faces of fs/poll.h. */
#include "fs/poll.h"

#include "lib/errno.h"
#include "mem/slab.h"
#include "proc/signal.h"
#include "sys/fd.h"
#include "sys/timespec.h"
#include "vm/user.h"
#include <abi/fcntl.h>
#include <abi/poll.h>
#include <abi/time.h>
#include <gen/syscalls.h>

#define FEW	16u	/* entries that are kept on the stack */

/* What poll tells unasked. */
#define ALWAYS_ASKED	(ABI_POLLERR | ABI_POLLHUP)

/* What select means by ready to read, ready to write and exceptional. */
static const u16 set_events[3] = {
	ABI_POLLIN | ABI_POLLRDNORM | ABI_POLLRDBAND | ABI_POLLHUP | ABI_POLLERR,
	ABI_POLLOUT | ABI_POLLWRNORM | ABI_POLLWRBAND | ABI_POLLERR,
	ABI_POLLPRI,
};

static struct poll_entry *entries_new(struct poll_entry *few, u32 count)
{
	return count <= FEW ? few : kmalloc(count * sizeof(*few));
}

static void entries_free(struct poll_entry *few, struct poll_entry *entries, u32 count)
{
	for (u32 i = 0; i < count; i++)
		if (entries[i].file)
			file_put(entries[i].file);
	if (entries != few)
		kfree(entries);
}

/* An entry for a descriptor; without a file and false if that is none that can be asked. */
static bool entry_open(struct poll_entry *entry, int fd, u32 events)
{
	struct file *file = fd_get(fd);

	*entry = (struct poll_entry){ .fd = fd, .events = events };
	if (IS_ERR(file))
		return false;
	if (file->flags & ABI_O_PATH) {
		file_put(file);
		return false;
	}
	entry->file = file;
	return true;
}

/* The entries of an array of struct pollfd. Those up to *opened have to be closed. */
static int entries_read(
	struct poll_entry *entries, struct user_ptr fds, u32 count, u32 *opened)
{
	struct abi_pollfd asked;

	for (*opened = 0; *opened < count; ++*opened) {
		struct poll_entry *entry = &entries[*opened];

		int error = user_get_at(&asked, fds, *opened);
		if (error)
			return error;
		if (!entry_open(entry, asked.fd, (u16)asked.events | ALWAYS_ASKED))
			entry->ready = asked.fd < 0 ? 0 : ABI_POLLNVAL;
	}
	return 0;
}

static int revents_write(struct user_ptr fds, const struct poll_entry *entries, u32 count)
{
	for (u32 i = 0; i < count; i++) {
		s16 ready = entries[i].ready;
		u64 offset = i * sizeof(struct abi_pollfd) + offsetof(struct abi_pollfd, revents);

		int error = user_put(user_ptr_add(fds, offset), &ready);
		if (error)
			return error;
	}
	return 0;
}

static long do_poll(struct user_ptr fds, u32 count, u64 deadline)
{
	struct poll_entry few[FEW], *entries;
	u32 opened;

	if (count > limits_files())
		return -EINVAL;
	entries = entries_new(few, count);
	if (!entries)
		return -ENOMEM;
	long result = entries_read(entries, fds, count, &opened);
	if (!result) {
		result = poll_wait(entries, count, deadline);
		if (revents_write(fds, entries, count) < 0)
			result = -EFAULT;
	}
	entries_free(few, entries, opened);
	return result;
}

/* Goes on after a signal that has no handler. */
static long poll_until(struct user_ptr fds, u32 count, u64 deadline);

static long poll_on(const u64 *arguments)
{
	return poll_until((struct user_ptr){ arguments[0] }, arguments[1], arguments[2]);
}

static long poll_until(struct user_ptr fds, u32 count, u64 deadline)
{
	long result = do_poll(fds, count, deadline);

	return result == -ERESTARTSYS ? signal_restart_later(poll_on, fds.addr, count, deadline)
				      : result;
}

long sys_poll(struct user_ptr fds, unsigned int nfds, int timeout)
{
	u64 deadline = WAIT_FOREVER;

	if (timeout >= 0)
		deadline = timeout ? deadline_after(timeout * NS_PER_MS) : POLL_NO_WAIT;
	return poll_until(fds, nfds, deadline);
}

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
		if (!entry_open(&entries[*opened], fd, events))
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
	struct poll_entry few[FEW], *entries;
	u32 asked, opened;

	int error = sets_read(select);
	if (error)
		return error;
	asked = sets_asked(select);
	entries = entries_new(few, asked);
	if (!entries)
		return -ENOMEM;
	long result = sets_open(select, entries, &opened);
	if (!result)
		result = poll_wait(entries, opened, deadline);
	if (result >= 0)
		result = sets_answer(select, entries, opened);
	if (result >= 0 && sets_write(select) < 0)
		result = -EFAULT;
	entries_free(few, entries, opened);
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
