/* The rings of traces (proc/trace.h). */
#include "proc/trace.h"

#include "lib/atomic.h"
#include "lib/errno.h"
#include "lib/string.h"
#include "mem/kmalloc.h"
#include "sched/time.h"
#include <abi/trace.h>

#define RING_SIZE  16384u /* a power of two */
#define TEXTS_SIZE (ABI_TRACE_TEXTS * sizeof(struct abi_trace_text))

struct trace {
	u32 refs; /* the reader's and each thread's; atomic */
	struct spinlock lock;
	u8 *ring; /* from the first thread on */
	u32 first, used; /* bytes: where the oldest record begins, and of all */
	u32 threads;
	u64 lost; /* records, since the last that was taken in */
	bool closed;
	struct wait_queue filled; /* the reader sleeps here */
	struct wait_queue emptied; /* threads whose record has no room */
};

struct record {
	struct abi_trace_record head;
	u8 texts[TEXTS_SIZE];
};
_Static_assert(sizeof(struct record) < RING_SIZE, "one fits");

static trace_texts_t put_texts;

void trace_register_texts(trace_texts_t function)
{
	put_texts = function;
}

struct trace *trace_new(void)
{
	struct trace *trace = kmalloc_zeroed(sizeof(*trace));
	if (!trace)
		return NULL;
	trace->refs = 1;
	spin_init(&trace->lock, "trace", LOCK_TRACE);
	wait_queue_init(&trace->filled);
	wait_queue_init(&trace->emptied);
	return trace;
}

static void trace_put(struct trace *trace)
{
	if (!ref_put(&trace->refs))
		return;
	kfree(trace->ring);
	kfree(trace);
}

void trace_close(struct trace *trace)
{
	spin_lock(&trace->lock);
	trace->closed = true;
	wait_wake(&trace->emptied, WAIT_ALL);
	spin_unlock(&trace->lock);
	trace_put(trace);
}

static void join(struct task *task, struct trace *trace)
{
	ref_get(&trace->refs);
	spin_lock(&trace->lock);
	trace->threads++;
	spin_unlock(&trace->lock);
	task->trace = trace;
	task->trace_begins = true;
	thread_set_work(&task->thread, THREAD_WORK_TRACE);
}

int trace_attach(struct trace *trace)
{
	if (task_current()->trace)
		return -EBUSY;
	u8 *ring = kmalloc(RING_SIZE);
	if (!ring)
		return -ENOMEM;
	spin_lock(&trace->lock);
	if (!trace->ring) {
		trace->ring = ring;
		ring = NULL;
	}
	spin_unlock(&trace->lock);
	kfree(ring);
	join(task_current(), trace);
	return 0;
}

void trace_fork(struct task *child)
{
	if (task_current()->trace)
		join(child, task_current()->trace);
}

void trace_leave(struct task *task)
{
	struct trace *trace = task->trace;

	if (!trace)
		return;
	task->trace = NULL;
	atomic_fetch_and(&task->thread.work, ~THREAD_WORK_TRACE);
	spin_lock(&trace->lock);
	if (--trace->threads == 0)
		wait_wake(&trace->filled, WAIT_ALL);
	spin_unlock(&trace->lock);
	trace_put(trace);
}

/* Bytes into the ring, or out of it, from that place on. */
static void ring_copy(struct trace *trace, u32 place, void *bytes, u32 size, bool in)
{
	place %= RING_SIZE;
	u32 ahead = MIN(size, RING_SIZE - place);
	u8 *rest = (u8 *)bytes + ahead;

	memcpy(in ? trace->ring + place : bytes, in ? bytes : trace->ring + place, ahead);
	memcpy(in ? trace->ring : rest, in ? rest : trace->ring, size - ahead);
}

/* A thread that ends cannot wait, since nothing could kill it then: calls leave it room. */
static bool has_room_locked(const struct trace *trace, const struct abi_trace_record *head)
{
	u32 reserve = MIN(trace->threads * sizeof(*head), RING_SIZE / 2);

	if (head->kind == ABI_TRACE_END)
		reserve = 0;
	return RING_SIZE - trace->used >= head->size + reserve;
}

/* Takes in a record, of a call as soon as there is room. It is lost if there is none, or if the
 * thread is killed meanwhile. False: nobody reads. */
static bool ring_put(struct trace *trace, struct record *record)
{
	u32 size = record->head.size;
	int error = 0;

	spin_lock(&trace->lock);
	if (record->head.kind != ABI_TRACE_END)
		error = wait_event_locked(&trace->emptied, WAIT_KILLABLE, &trace->lock,
			trace->closed || has_room_locked(trace, &record->head));
	if (error || !has_room_locked(trace, &record->head)) {
		trace->lost++;
	} else if (!trace->closed) {
		record->head.threads = trace->threads;
		record->head.lost = trace->lost;
		trace->lost = 0;
		ring_copy(trace, trace->first + trace->used, record, size, true);
		trace->used += size;
		wait_wake(&trace->filled, WAIT_ALL);
	}
	bool closed = trace->closed;
	spin_unlock(&trace->lock);
	return !closed;
}

/* The next record, if there is one and it has at most so many bytes. lock held. */
static long ring_take_locked(struct trace *trace, struct record *record, size_t most)
{
	if (trace->used == 0)
		return 0;
	ring_copy(trace, trace->first, &record->head, sizeof(record->head), false);
	u32 size = record->head.size;
	if (size > most)
		return -EINVAL;
	ring_copy(trace, trace->first, record, size, false);
	trace->first = (trace->first + size) % RING_SIZE;
	trace->used -= size;
	wait_wake(&trace->emptied, WAIT_ALL);
	return size;
}

static long take(struct trace *trace, struct record *record, size_t most, bool wait)
{
	int error = 0;

	spin_lock(&trace->lock);
	if (wait)
		error = wait_event_locked(&trace->filled, WAIT_INTERRUPTIBLE, &trace->lock,
			trace->used || (trace->ring && !trace->threads));
	else if (!trace->used && (!trace->ring || trace->threads))
		error = -EAGAIN;
	long size = error ? error : ring_take_locked(trace, record, most);
	spin_unlock(&trace->lock);
	return size;
}

long trace_read(struct trace *trace, struct io *io, bool wait)
{
	struct record record;
	size_t done = 0;

	for (;;) {
		long size = take(trace, &record, io->left, wait && done == 0);
		if (size <= 0)
			return done ? (long)done : size;
		size_t copied = io_put(io, &record, size);
		done += copied;
		if (copied != (size_t)size)
			return done ? (long)done : -EFAULT;
	}
}

static void put(struct task *task, struct record *record, u16 kind, long result)
{
	record->head.kind = kind;
	record->head.pid = task->process->pid;
	record->head.tid = task->tid;
	record->head.time = clock_ns();
	record->head.result = result;
	if (!ring_put(task->trace, record))
		trace_leave(task);
}

static void put_call(const struct trap_frame *frame, u16 kind, long result)
{
	struct task *task = task_current();
	struct record record = {
		.head = {.number = frame->error,
			.arguments = {frame->rdi, frame->rsi, frame->rdx, frame->r10, frame->r8,
				frame->r9}},
	};

	record.head.size = sizeof(record.head) +
		put_texts(frame, result, record.texts, &record.head.text_count);
	put(task, &record, kind, result);
}

/* The first call that a thread comes back from is the one that made it, or that joined. */
void trace_call(const struct trap_frame *frame, long result)
{
	struct task *task = task_current();

	if (!task->trace)
		return;
	if (!task->trace_begins)
		put_call(frame, ABI_TRACE_CALL, result);
	task->trace_begins = false;
}

void trace_last_call(const struct trap_frame *frame)
{
	if (task_current()->trace)
		put_call(frame, ABI_TRACE_LAST_CALL, 0);
}

static void put_signal(u16 kind, const struct signal_info *info)
{
	struct record record = {
		.head = {.size = sizeof(record.head),
			.number = info->signal,
			.arguments = {info->data[0], info->data[1]}},
	};

	put(task_current(), &record, kind, info->code);
}

/* Nobody takes SIGKILL. */
void trace_signal(const struct signal_info *info)
{
	if (task_current()->trace && info->signal != ABI_SIGKILL)
		put_signal(ABI_TRACE_SIGNAL, info);
}

void trace_stop(int signal)
{
	if (task_current()->trace)
		put_signal(ABI_TRACE_STOPPED, &(struct signal_info){.signal = signal});
}

void trace_end(int status)
{
	struct task *task = task_current();
	struct record record = {.head = {.size = sizeof(record.head)}};

	if (!task->trace)
		return;
	if (READ_ONCE(task->process->exiting))
		status = task->process->exit_status;
	put(task, &record, ABI_TRACE_END, status);
	trace_leave(task);
}
