/* ai_query: what the kernel knows about itself (abi/ai.h). */
#include "fs/file.h"
#include "lib/errno.h"
#include "lib/string.h"
#include "mem/frame.h"
#include "mem/kmalloc.h"
#include "mem/slab.h"
#include "proc/process.h"
#include "sched/stack.h"
#include "vm/space.h"
#include "vm/user.h"
#include "x86/percpu.h"
#include <abi/ai.h>
#include <gen/syscalls.h>

_Static_assert(PERCPU_CALLS_LINUX == ABI_AI_CALLS && PERCPU_CALLS_OWN == ABI_AI_OWN_CALLS,
	"every slot has a place in struct abi_ai_calls");
_Static_assert(FRAME_ORDERS <= ABI_AI_ORDERS, "every order has a place in struct abi_ai_memory");

/* As much of the answer as the caller has room for; the size of all of it. */
static long put_answer(struct user_ptr buf, size_t size, const void *answer, size_t full)
{
	int error = user_write_bytes(buf, answer, MIN(size, full));

	return error ? error : (long)full;
}

static long query_memory(struct user_ptr buf, size_t size)
{
	struct frame_counts frames;

	frame_count(&frames);
	struct abi_ai_memory answer = {
		.frames_total = frames.total,
		.frames_free = frames.free,
		.frames_used = frames.total - frames.free,
		.frames_used_peak = frames.used_peak,
		.frames_anonymous = frames.by_use[FRAME_ANONYMOUS],
		.frames_file = frames.by_use[FRAME_FILE],
		.frames_page_table = frames.by_use[FRAME_PAGE_TABLE],
		.frames_slab = frames.by_use[FRAME_SLAB],
		.largest_free_run = frames.largest_run,
		.orders = FRAME_ORDERS,
	};
	memcpy(answer.free_per_order, frames.free_per_order, sizeof(frames.free_per_order));
	return put_answer(buf, size, &answer, sizeof(answer));
}

static long query_process(struct user_ptr buf, size_t size)
{
	const struct process *self = process_current();
	struct space *space = self->space;

	mutex_lock(&space->lock);
	struct abi_ai_process answer = {
		.pid = self->pid,
		.areas = space->area_count,
		.mapped = space->mapped,
		.resident = space->resident * PAGE_SIZE,
		.resident_peak = space->resident_peak * PAGE_SIZE,
		.faults_zero = space->faults_zero,
		.faults_copy = space->faults_copy,
		.faults_file = space->faults_file,
		.faults_spurious = space->faults_spurious,
	};
	mutex_unlock(&space->lock);
	return put_answer(buf, size, &answer, sizeof(answer));
}

static long query_ledger(struct user_ptr buf, size_t size)
{
	struct frame_counts frames;

	stack_drain();
	slab_drain();
	frame_count(&frames);
	struct abi_ai_ledger answer = {
		.frames_used = frames.total - frames.free - stack_tables(),
		.slab_objects = slab_objects_all(),
		.areas = space_areas_total(),
		.open_files = file_count(),
		.inodes = inode_count(),
		.processes = process_count(),
		.threads = sched_threads(),
	};
	return put_answer(buf, size, &answer, sizeof(answer));
}

static struct abi_ai_call count_call(u32 slot)
{
	struct abi_ai_call sum = { 0 };

	for (u32 cpu = 0; cpu < percpu_count; cpu++) {
		sum.calls += READ_ONCE(percpu_blocks[cpu]->calls[slot]);
		sum.errors += READ_ONCE(percpu_blocks[cpu]->call_errors[slot]);
	}
	return sum;
}

static void count_calls(struct abi_ai_calls *answer)
{
	answer->slots = PERCPU_CALLS_LINUX;
	for (u32 cpu = 0; cpu < percpu_count; cpu++)
		answer->unknown += READ_ONCE(percpu_blocks[cpu]->calls_unknown);
	answer->calls = answer->errors = answer->unknown;
	for (u32 slot = 0; slot < PERCPU_CALLS; slot++) {
		struct abi_ai_call count = count_call(slot);

		answer->calls += count.calls;
		answer->errors += count.errors;
		if (slot < PERCPU_CALLS_LINUX)
			answer->by_number[slot] = count;
		else
			answer->own[slot - PERCPU_CALLS_LINUX] = count;
	}
}

static long query_syscalls(struct user_ptr buf, size_t size)
{
	struct abi_ai_calls *answer = kmalloc_zeroed(sizeof(*answer));

	if (!answer)
		return -ENOMEM;
	count_calls(answer);
	long result = put_answer(buf, size, answer, sizeof(*answer));
	kfree(answer);
	return result;
}

long sys_ai_query(unsigned int topic, unsigned int flags, struct user_ptr buf, size_t size)
{
	if (flags != 0)
		return -EINVAL;
	switch (topic) {
	case ABI_AI_MEMORY:
		return query_memory(buf, size);
	case ABI_AI_PROCESS:
		return query_process(buf, size);
	case ABI_AI_LEDGER:
		return query_ledger(buf, size);
	case ABI_AI_SYSCALLS:
		return query_syscalls(buf, size);
	default:
		return -EINVAL;
	}
}
