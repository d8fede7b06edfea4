/* poll(2) and ppoll(2), and what they share with select(2). */
#include "sys/poll.h"

#include "lib/errno.h"
#include "mem/kmalloc.h"
#include "proc/signal.h"
#include "sys/fd.h"
#include "sys/timespec.h"
#include "vm/user.h"
#include <abi/fcntl.h>
#include <abi/poll.h>
#include <abi/time.h>
#include <gen/syscalls.h>

/* What poll tells unasked. */
#define ALWAYS_ASKED	(ABI_POLLERR | ABI_POLLHUP)

struct poll_entry *poll_entries_new(struct poll_entry *few, u32 count)
{
	return count <= POLL_FEW ? few : kmalloc(count * sizeof(*few));
}

void poll_entries_free(struct poll_entry *few, struct poll_entry *entries, u32 count)
{
	for (u32 i = 0; i < count; i++)
		if (entries[i].file)
			file_put(entries[i].file);
	if (entries != few)
		kfree(entries);
}

bool poll_entry_open(struct poll_entry *entry, int fd, u32 events)
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
		if (!poll_entry_open(entry, asked.fd, (u16)asked.events | ALWAYS_ASKED))
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
	struct poll_entry few[POLL_FEW], *entries;
	u32 opened;

	if (count > limits_files())
		return -EINVAL;
	entries = poll_entries_new(few, count);
	if (!entries)
		return -ENOMEM;
	long result = entries_read(entries, fds, count, &opened);
	if (!result) {
		result = poll_wait(entries, count, deadline);
		if (revents_write(fds, entries, count) < 0)
			result = -EFAULT;
	}
	poll_entries_free(few, entries, opened);
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

int poll_mask(struct user_ptr mask, size_t size)
{
	u64 bits;

	if (user_ptr_is_null(mask))
		return 0;
	if (size != sizeof(bits))
		return -EINVAL;
	if (user_get(&bits, mask) < 0)
		return -EFAULT;
	signal_set_mask_for_call(bits);
	return 0;
}

int poll_timeout(struct user_ptr timeout, u64 *deadline)
{
	struct abi_timespec timespec;

	*deadline = WAIT_FOREVER;
	if (user_ptr_is_null(timeout))
		return 0;
	if (user_get(&timespec, timeout) < 0)
		return -EFAULT;
	if (!timespec_is_valid(&timespec))
		return -EINVAL;
	u64 ns = timespec_ns(&timespec);
	*deadline = ns ? deadline_after(ns) : POLL_NO_WAIT;
	return 0;
}

long poll_finish(long result, struct user_ptr timeout, u64 deadline)
{
	if (result == -ERESTARTSYS)
		result = -ERESTARTNOHAND;
	/* The signal is taken under the call's mask. */
	if (result != -ERESTARTNOHAND)
		signal_restore_mask();
	if (!user_ptr_is_null(timeout) && deadline != POLL_NO_WAIT) {
		struct abi_timespec left = to_timespec(deadline_left(deadline));
		/* What is not told cannot be gone on with. */
		if (user_put(timeout, &left) < 0 && result == -ERESTARTNOHAND)
			result = -EINTR;
	}
	return result;
}

long sys_ppoll(struct user_ptr fds, unsigned int nfds, struct user_ptr timeout,
	struct user_ptr sigmask, size_t sigsetsize)
{
	u64 deadline;

	int error = poll_timeout(timeout, &deadline);
	if (!error)
		error = poll_mask(sigmask, sigsetsize);
	if (error)
		return error;
	return poll_finish(do_poll(fds, nfds, deadline), timeout, deadline);
}
