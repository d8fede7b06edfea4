/* Futexes (proc/futex.h).
 *
 * A waiter enters its bucket before it looks at the word: user memory may fault, so it is not
 * touched under the bucket's lock. Whoever changes the word and wakes then either is seen by that
 * look, or finds the waiter. One that finds another value, but has been woken meanwhile, took the
 * wake-up of somebody else who waits; it says that it was woken, and its caller looks for itself. */
#include "proc/futex.h"

#include "core/spinlock.h"
#include "lib/errno.h"
#include "lib/list.h"
#include "proc/process.h"
#include "sched/wait.h"
#include "vm/futex_key.h"

#define BUCKETS		64u

struct futex_bucket {
	struct spinlock lock;
	struct list_node waiters;
};

struct futex_waiter {
	struct list_node node;		/* bucket->lock; out of the list when it is woken */
	struct futex_key key;
	struct wait_queue queue;	/* of the one thread */
	bool woken;
};

static struct futex_bucket buckets[BUCKETS];

static struct futex_bucket *bucket_of(const struct futex_key *key)
{
	u64 mixed = ((u64)key->space ^ (u64)key->backing ^ key->offset) * 0x9e3779b97f4a7c15ul;

	return &buckets[mixed >> 58];
}

_Static_assert(BUCKETS == 1u << (64 - 58), "bucket_of takes the highest bits");

static int key_get(struct futex_key *key, struct user_ptr word, bool private)
{
	if (word.addr % sizeof(u32) != 0)
		return -EINVAL;
	if (word.addr >= USER_END)
		return -EFAULT;
	return futex_key_get(key, process_current()->space, word.addr, private);
}

static void waiter_enter(struct futex_bucket *bucket, struct futex_waiter *waiter)
{
	wait_queue_init(&waiter->queue);
	waiter->woken = false;
	spin_lock(&bucket->lock);
	list_push_back(&bucket->waiters, &waiter->node);
	spin_unlock(&bucket->lock);
}

/* Whether it was woken. After that nobody knows it any more. */
static bool waiter_leave(struct futex_bucket *bucket, struct futex_waiter *waiter)
{
	bool woken;

	spin_lock(&bucket->lock);
	list_remove(&waiter->node);
	woken = waiter->woken;
	spin_unlock(&bucket->lock);
	return woken;
}

int futex_wait(struct user_ptr word, u32 value, bool private, u64 deadline)
{
	struct futex_waiter waiter;
	u32 found;

	int error = key_get(&waiter.key, word, private);
	if (error)
		return error;
	struct futex_bucket *bucket = bucket_of(&waiter.key);
	waiter_enter(bucket, &waiter);
	error = user_get(&found, word);
	if (!error && found != value)
		error = -EAGAIN;
	if (!error)
		error = wait_event_until(&waiter.queue, WAIT_INTERRUPTIBLE, deadline,
			READ_ONCE(waiter.woken));
	if (waiter_leave(bucket, &waiter))
		error = 0;
	futex_key_put(&waiter.key);
	return error;
}

long futex_wake(struct user_ptr word, u32 count, bool private)
{
	struct futex_waiter *waiter, *next;
	struct futex_key key;
	long woken = 0;

	int error = key_get(&key, word, private);
	if (error)
		return error;
	struct futex_bucket *bucket = bucket_of(&key);
	spin_lock(&bucket->lock);
	list_for_each_safe(waiter, next, &bucket->waiters, node) {
		if (woken == count)
			break;
		if (!futex_key_equal(&waiter->key, &key))
			continue;
		list_remove(&waiter->node);
		WRITE_ONCE(waiter->woken, true);
		wait_wake(&waiter->queue, WAIT_ALL);
		woken++;
	}
	spin_unlock(&bucket->lock);
	futex_key_put(&key);
	return woken;
}

void futex_init(void)
{
	for (u32 i = 0; i < BUCKETS; i++) {
		spin_init(&buckets[i].lock, "futex", LOCK_FUTEX);
		list_init(&buckets[i].waiters);
	}
}
