/* Futexes (proc/futex.h).
 *
 * A waiter enters its bucket before it looks at the word: user memory may fault, so it is not
 * touched under the bucket's lock. Whoever changes the word and wakes then either is seen by that
 * look, or finds the waiter. One that finds another value, but has been woken meanwhile, took the
 * wake-up of somebody else who waits, and passes it on.
 *
 * What is moved to another word goes under the locks of both buckets: it is always in one of them. */
#include "proc/futex.h"

#include "core/spinlock.h"
#include "lib/atomic.h"
#include "lib/errno.h"
#include "lib/list.h"
#include "proc/futex_operate.h"
#include "proc/process.h"
#include "sched/wait.h"
#include "vm/futex_key.h"

#define BUCKETS		64u

struct futex_bucket {
	struct spinlock lock;
	struct list_node waiters;
	u64 entered;			/* waiters so far */
};

struct futex_waiter {
	struct futex_bucket *bucket;	/* changed under the locks of the old and the new one */
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

/* Two buckets, which may be the same. */
static void lock_both(struct futex_bucket *a, struct futex_bucket *b)
{
	spin_lock(a < b ? &a->lock : &b->lock);
	if (a != b)
		spin_lock(a < b ? &b->lock : &a->lock);
}

static void unlock_both(struct futex_bucket *a, struct futex_bucket *b)
{
	spin_unlock(&a->lock);
	if (a != b)
		spin_unlock(&b->lock);
}

/* The locks of both buckets are held. */
static void move_locked(struct futex_waiter *waiter, const struct futex_key *to)
{
	/* Not the last reference: the caller has one too. */
	futex_key_put(&waiter->key);
	waiter->key = *to;
	futex_key_dup(&waiter->key);
	list_remove(&waiter->node);
	enter_locked(bucket_of(to), waiter);
}

/* Of those who wait on a key and have entered before `number`, wakes the first, and moves the next
 * to the other key. How many. */
static long move_waiters(const struct futex_key *from, const struct futex_key *to, u64 number,
	u32 count, u32 move)
{
	struct futex_bucket *bucket = bucket_of(from);
	struct futex_waiter *waiter, *next;
	u64 taken = 0;

	lock_both(bucket, bucket_of(to));
	list_for_each_safe(waiter, next, &bucket->waiters, node) {
		if (taken == (u64)count + move || waiter->number >= number)
			break;
		if (!futex_key_equal(&waiter->key, from))
			continue;
		if (taken++ < count)
			wake_locked(waiter);
		else
			move_locked(waiter, to);
	}
	unlock_both(bucket, bucket_of(to));
	return taken;
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
	u64 number = bucket_entered(bucket_of(from));
	u32 found;

	if (expected && user_get(&found, word) < 0)
		return -EFAULT;
	if (expected && found != *expected)
		return -EAGAIN;
	return move_waiters(from, to, number, count, move);
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
