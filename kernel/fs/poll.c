/* The wait of poll and select (fs/poll.h).
 *
 * The first look at the files joins their queues on the way, until one is ready; only then does the
 * thread sleep. A waiter that is woken has left its queue: it joins again before the next look, so
 * that what happens after the look is seen by the next sleep. Waiters beyond the first few are
 * allocated. */
#include "fs/poll.h"

#include <abi/poll.h>

#include "fs/file.h"
#include "lib/atomic.h"
#include "lib/errno.h"
#include "mem/kmalloc.h"
#include "sched/thread.h"
#include "sched/wait.h"

#define FIRST_WAITERS	8u
#define CHUNK_WAITERS	80u	/* a chunk is at most a page */

#define ALWAYS_READY	(ABI_POLLIN | ABI_POLLOUT | ABI_POLLRDNORM | ABI_POLLWRNORM)

struct poll_chunk {
	struct poll_chunk *next;
	u32 used;
	struct waiter waiters[CHUNK_WAITERS];
};

_Static_assert(sizeof(struct poll_chunk) <= PAGE_SIZE, "a chunk is at most a page");

struct poll {
	struct wait_queue own;		/* nobody but the timeout wakes it */
	struct waiter chief;
	bool joining;			/* nothing is ready so far, and the caller would wait */
	int error;
	u32 used;
	struct waiter first[FIRST_WAITERS];
	struct poll_chunk *chunks;	/* the newest first */
};

static struct waiter *waiter_new(struct poll *poll)
{
	struct poll_chunk *chunk = poll->chunks;

	if (poll->used < FIRST_WAITERS)
		return &poll->first[poll->used++];
	if (!chunk || chunk->used == CHUNK_WAITERS) {
		chunk = kmalloc(sizeof(*chunk));
		if (!chunk)
			return NULL;
		chunk->next = poll->chunks;
		chunk->used = 0;
		poll->chunks = chunk;
	}
	return &chunk->waiters[chunk->used++];
}

void poll_join(struct poll *poll, struct wait_queue *queue)
{
	struct waiter *waiter;

	if (!poll->joining)
		return;
	waiter = waiter_new(poll);
	if (waiter) {
		wait_join(queue, waiter, &poll->chief);
	} else {
		poll->error = -ENOMEM;
		poll->joining = false;
	}
}

/* How many entries have something to tell. */
static u32 poll_look(struct poll *poll, struct poll_entry *entries, u32 count)
{
	u32 ready = 0;

	for (u32 i = 0; i < count; i++) {
		struct poll_entry *entry = &entries[i];
		struct file *file = entry->file;

		if (file)
			entry->ready = entry->events &
				(file->ops->poll ? file->ops->poll(file, poll) : ALWAYS_READY);
		if (entry->ready) {
			poll->joining = false;
			ready++;
		}
	}
	return ready;
}

static void rejoin(struct poll *poll, struct waiter *waiters, u32 count)
{
	for (u32 i = 0; i < count; i++)
		if (READ_ONCE(waiters[i].woken))
			wait_join(waiters[i].queue, &waiters[i], &poll->chief);
}

static void rejoin_all(struct poll *poll)
{
	wait_chief_again(&poll->chief);
	rejoin(poll, poll->first, poll->used);
	for (struct poll_chunk *chunk = poll->chunks; chunk; chunk = chunk->next)
		rejoin(poll, chunk->waiters, chunk->used);
}

static void leave_all(struct poll *poll)
{
	struct poll_chunk *chunk, *next;

	for (u32 i = 0; i < poll->used; i++)
		wait_end(&poll->first[i]);
	for (chunk = poll->chunks; chunk; chunk = next) {
		for (u32 i = 0; i < chunk->used; i++)
			wait_end(&chunk->waiters[i]);
		next = chunk->next;
		kfree(chunk);
	}
	wait_end(&poll->chief);
}

/* A signal ends also what only looks, so that one that the call's mask lets through is taken. */
static bool interrupted(void)
{
	return atomic_load(&thread_current()->interrupted) & WAIT_INTERRUPTIBLE;
}

long poll_wait(struct poll_entry *entries, u32 count, u64 deadline)
{
	struct poll poll;
	u32 ready;
	int error = 0;

	poll.joining = deadline != POLL_NO_WAIT;
	poll.error = 0;
	poll.used = 0;
	poll.chunks = NULL;
	wait_queue_init(&poll.own);
	wait_begin(&poll.own, &poll.chief, WAIT_INTERRUPTIBLE);
	/* The last look is after the last sleep, however that ended. */
	while (!(ready = poll_look(&poll, entries, count)) && !error) {
		error = poll.error;
		if (!error && deadline == POLL_NO_WAIT)
			error = interrupted() ? -ERESTARTSYS : -ETIMEDOUT;
		if (error)
			break;
		poll.joining = false;
		error = wait_sleep(&poll.chief, deadline);
		if (!error)
			rejoin_all(&poll);
	}
	leave_all(&poll);
	if (ready)
		return ready;
	return error == -ETIMEDOUT ? 0 : error;
}
