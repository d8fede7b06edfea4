/* Robust futexes (proc/robust.h). The list is a program's own memory, which may be anything and
 * change while it is walked: no more than ABI_ROBUST_LIST_LIMIT entries are looked at, and the
 * first address that leads nowhere ends the walk. */
#include "proc/robust.h"

#include "lib/errno.h"
#include "proc/credentials.h"
#include "proc/futex.h"
#include "proc/task.h"
#include "vm/user.h"
#include <abi/futex.h>

#define ENTRY(pointer)	((pointer) & ~1ul)	/* bit 0: a futex that inherits priority */

void robust_set(u64 head)
{
	task_current()->robust_list = head;
}

int robust_get(int tid, u64 *head)
{
	int error = -ESRCH;

	spin_lock(&process_lock);
	struct task *task = tid ? task_find_locked(tid) : task_current();
	if (task) {
		error = task->process == process_current() ||
				credentials_may_signal_locked(task->process)
			? 0
			: -EPERM;
		*head = READ_ONCE(task->robust_list);
	}
	spin_unlock(&process_lock);
	return error;
}

/* A lock that the thread holds becomes one whose owner has died. One that it was about to give up
 * may be free already, and who waits not yet woken. False: the memory is not there. */
static bool give_up(struct user_ptr word, bool pending)
{
	u32 value, tid = task_current()->tid;
	int result;

	if (word.addr % sizeof(value) != 0 || user_get(&value, word) < 0)
		return false;
	if (pending && !(value & ABI_FUTEX_TID_MASK))
		return futex_wake(word, 1, FUTEX_ALL_BITS, false) >= 0;
	do {
		if ((value & ABI_FUTEX_TID_MASK) != tid)
			return true;
		result = user_compare_exchange(
			word, &value, (value & ABI_FUTEX_WAITERS) | ABI_FUTEX_OWNER_DIED);
	} while (result == 0);
	if (result > 0 && value & ABI_FUTEX_WAITERS)
		result = futex_wake(word, 1, FUTEX_ALL_BITS, false);
	return result >= 0;
}

static struct user_ptr word_of(u64 entry, const struct abi_robust_list_head *head)
{
	return (struct user_ptr){ ENTRY(entry) + head->futex_offset };
}

static void walk(u64 address, const struct abi_robust_list_head *head)
{
	u64 entry = ENTRY(head->next), next;

	for (int i = 0; i < ABI_ROBUST_LIST_LIMIT && entry != address; i++) {
		/* Whoever takes the lock may free its entry. */
		int error = user_get(&next, (struct user_ptr){ entry });
		if (entry != ENTRY(head->pending) && !give_up(word_of(entry, head), false))
			return;
		if (error)
			return;
		entry = ENTRY(next);
		sched_relax();
	}
}

void robust_leave(void)
{
	struct task *task = task_current();
	struct abi_robust_list_head head;
	u64 address = task->robust_list;

	task->robust_list = 0;
	if (!address || user_get(&head, (struct user_ptr){ address }) < 0)
		return;
	walk(address, &head);
	if (ENTRY(head.pending))
		give_up(word_of(head.pending, &head), true);
}
