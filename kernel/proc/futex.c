/* Futexes (proc/futex.h).
 *
 * A waiter enters its bucket before it looks at the word: user memory may fault, so it is not
 * touched under the bucket's lock. Whoever changes the word and wakes then either is seen by that
 * look, or finds the waiter. One that finds another value, but has been woken meanwhile, took the
 * wake-up of somebody else who waits, and passes it on.
 *
 * What is moved to another word is in no bucket for a moment, so that nobody has to hold the locks
 * of two; a waiter that wants to leave then waits for that moment to pass. */
#include "proc/futex.h"

#include "core/spinlock.h"
#include "lib/atomic.h"
#include "lib/errno.h"
#include "lib/list.h"
#include "proc/futex_operate.h"
#include "proc/process.h"
#include "sched/wait.h"
#include "vm/futex_key.h"
#include "x86/insn.h"

#define BUCKETS		64u

struct futex_bucket {
	struct spinlock lock;
	struct list_node waiters;
	u64 entered;			/* waiters so far */
};

struct futex_waiter {
	struct futex_bucket *bucket;	/* changed under its lock; NULL: is being moved */
	/* bucket->lock */
	struct list_node node;		/* out of the list when it is woken */
	struct futex_key key;
	u64 number;			/* in the order they entered the bucket */
	u32 bits;
	struct wait_flag woken;
};

static struct futex_bucket buckets[BUCKETS];

static struct futex_bucket *bucket_of(const struct futex_key *key)
{
	u64 mixed = (key->space ^ (u64)key->backing ^ key->offset) * 0x9e3779b97f4a7c15ul;

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

static void enter_locked(struct futex_bucket *bucket, struct futex_waiter *waiter)
{
	waiter->number = bucket->entered++;
	list_push_back(&bucket->waiters, &waiter->node);
	atomic_store(&waiter->bucket, bucket);
}

static void waiter_enter(struct futex_waiter *waiter)
{
	struct futex_bucket *bucket = bucket_of(&waiter->key);

	wait_flag_init(&waiter->woken);
	spin_lock(&bucket->lock);
	enter_locked(bucket, waiter);
	spin_unlock(&bucket->lock);
	/* The word is read after this; who changes it looks into the bucket after that. */
	atomic_fence();
}

static struct futex_bucket *waiter_lock(struct futex_waiter *waiter)
{
	for (;;) {
		struct futex_bucket *bucket = atomic_load(&waiter->bucket);

		if (!bucket) {
			insn_pause();
			continue;
		}
		spin_lock(&bucket->lock);
		if (waiter->bucket == bucket)
			return bucket;
		spin_unlock(&bucket->lock);
	}
}

/* Whether it was woken. After that nobody knows it any more. */
static bool waiter_leave(struct futex_waiter *waiter)
{
	struct futex_bucket *bucket = waiter_lock(waiter);
	bool woken = waiter->woken.raised;

	list_remove(&waiter->node);
	spin_unlock(&bucket->lock);
	return woken;
}

static void wake_locked(struct futex_waiter *waiter)
{
	list_remove(&waiter->node);
	wait_flag_raise(&waiter->woken);
}

static long wake_key(const struct futex_key *key, u32 count, u32 bits)
{
	struct futex_bucket *bucket = bucket_of(key);
	struct futex_waiter *waiter, *next;
	long woken = 0;

	spin_lock(&bucket->lock);
	list_for_each_safe(waiter, next, &bucket->waiters, node) {
		if (woken == count)
			break;
		if (!(waiter->bits & bits) || !futex_key_equal(&waiter->key, key))
			continue;
		wake_locked(waiter);
		woken++;
	}
	spin_unlock(&bucket->lock);
	return woken;
}

int futex_wait(struct user_ptr word, u32 value, u32 bits, bool private, u64 deadline)
{
	struct futex_waiter waiter;
	u32 found;

	int error = key_get(&waiter.key, word, private);
	if (error)
		return error;
	waiter.bits = bits;
	waiter_enter(&waiter);
	int refused = user_get(&found, word);
	if (!refused && found != value)
		refused = -EAGAIN;
	if (!refused)
		error = wait_flag_sleep(&waiter.woken, WAIT_INTERRUPTIBLE, deadline);
	if (waiter_leave(&waiter)) {
		error = 0;
		if (refused)
			wake_key(&waiter.key, 1, bits);
	}
	futex_key_put(&waiter.key);
	return refused ? refused : error;
}

long futex_wake(struct user_ptr word, u32 count, u32 bits, bool private)
{
	struct futex_key key;

	int error = key_get(&key, word, private);
	if (error)
		return error;
	long woken = wake_key(&key, count, bits);
	futex_key_put(&key);
	return woken;
}

/* Takes out of the bucket who waits on the key and has entered before `number`: wakes the first,
 * and puts the next into the list of those to be moved. How many. */
static long take_waiters(const struct futex_key *key, u64 number, u32 count, u32 move,
	struct list_node *moved)
{
	struct futex_bucket *bucket = bucket_of(key);
	struct futex_waiter *waiter, *next;
	u64 taken = 0;

	spin_lock(&bucket->lock);
	list_for_each_safe(waiter, next, &bucket->waiters, node) {
		if (taken == (u64)count + move || waiter->number >= number)
			break;
		if (!futex_key_equal(&waiter->key, key))
			continue;
		if (taken++ < count) {
			wake_locked(waiter);
			continue;
		}
		list_remove(&waiter->node);
		list_push_back(moved, &waiter->node);
		atomic_store(&waiter->bucket, NULL);
	}
	spin_unlock(&bucket->lock);
	return taken;
}

static void move_waiters(struct list_node *moved, const struct futex_key *to)
{
	struct futex_bucket *bucket = bucket_of(to);
	struct futex_waiter *waiter, *next;

	spin_lock(&bucket->lock);
	list_for_each_safe(waiter, next, moved, node) {
		/* Not the last reference: the caller has one too. */
		futex_key_put(&waiter->key);
		waiter->key = *to;
		futex_key_dup(&waiter->key);
		list_remove(&waiter->node);
		enter_locked(bucket, waiter);
	}
	spin_unlock(&bucket->lock);
}

static u64 bucket_entered(struct futex_bucket *bucket)
{
	spin_lock(&bucket->lock);
	u64 entered = bucket->entered;
	spin_unlock(&bucket->lock);
	return entered;
}

/* Those are moved who wait when the word is seen to have the expected value; who begins to wait
 * after that has seen another. */
static long requeue_keys(const struct futex_key *from, const struct futex_key *to, u32 count,
	u32 move, struct user_ptr word, const u32 *expected)
{
	struct list_node moved = LIST_INIT(moved);
	u64 number = bucket_entered(bucket_of(from));
	u32 found;

	if (expected && user_get(&found, word) < 0)
		return -EFAULT;
	if (expected && found != *expected)
		return -EAGAIN;
	long taken = take_waiters(from, number, count, move, &moved);
	move_waiters(&moved, to);
	return taken;
}

long futex_requeue(struct user_ptr word, struct user_ptr other, u32 count, u32 move,
	const u32 *expected, bool private)
{
	struct futex_key from, to;

	long result = key_get(&from, word, private);
	if (result)
		return result;
	result = key_get(&to, other, private);
	if (!result) {
		result = requeue_keys(&from, &to, count, move, word, expected);
		futex_key_put(&to);
	}
	futex_key_put(&from);
	return result;
}

long futex_wake_operation(struct user_ptr word, struct user_ptr other, u32 count, u32 other_count,
	u32 operation, bool private)
{
	struct futex_key key, other_key;

	long result = key_get(&key, word, private);
	if (result)
		return result;
	result = key_get(&other_key, other, private);
	if (!result) {
		int compares = futex_operate(other, operation);

		result = compares < 0 ? compares : wake_key(&key, count, FUTEX_ALL_BITS);
		if (compares > 0)
			result += wake_key(&other_key, other_count, FUTEX_ALL_BITS);
		futex_key_put(&other_key);
	}
	futex_key_put(&key);
	return result;
}

void futex_init(void)
{
	for (u32 i = 0; i < BUCKETS; i++) {
		spin_init(&buckets[i].lock, "futex", LOCK_FUTEX);
		list_init(&buckets[i].waiters);
	}
}
