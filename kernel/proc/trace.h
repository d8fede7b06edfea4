/* Traces: records of the system calls of the threads that have joined, in a ring that the trace's
 * one file reads (abi/trace.h). A thread joins by itself and hands the trace on to what it forks;
 * it leaves when it ends, or when nobody reads any more. A traced thread has THREAD_WORK_TRACE set
 * for good, so that each way out of the kernel leads by trace_call; others pay nothing.
 *
 * A ring is under the lock of its trace. A thread that finds it full waits until it is read, or the
 * thread is killed; the ends of up to 85 threads have room kept for them (half the ring). All
 * functions may sleep, and those with a frame touch user memory. */
#ifndef PROC_TRACE_H
#define PROC_TRACE_H

#include "proc/process.h"
#include "x86/trap.h"

struct trace;

/* A trace without threads, for one reader; NULL if there is no memory. trace_close: there is no
 * reader any more. */
MUST_CHECK struct trace *trace_new(void);
void trace_close(struct trace *trace);
/* The current thread joins: -EBUSY if it is traced already, -ENOMEM. */
MUST_CHECK int trace_attach(struct trace *trace);
/* A thread that does not run yet is traced as the current one is. */
void trace_fork(struct task *child);
/* The thread, itself or not run yet, is traced no more. */
void trace_leave(struct task *task);

/* Whole records, as many as fit and are there; waits for the first. 0: all threads have ended.
 * -EINVAL: it does not fit; -EAGAIN, -EFAULT, -ERESTARTSYS. */
long trace_read(struct trace *trace, struct io *io, bool wait);

/* The current thread's call, of the frame, ends with that result; or it is one that does not come
 * back. */
void trace_call(const struct trap_frame *frame, long result);
void trace_last_call(const struct trap_frame *frame);
/* The current thread takes a signal, whatever it does then; or it stops by one. */
void trace_signal(const struct signal_info *info);
void trace_stop(int signal);
/* The current thread ends, and leaves. */
void trace_end(int status);

/* Who knows the types of arguments (sys/trace.c) puts into texts, one after the other, what they
 * point to, and says how many bytes that are; *count: how many texts. Boot. */
typedef size_t (*trace_texts_t)(
	const struct trap_frame *frame, long result, void *texts, u16 *count);
void trace_register_texts(trace_texts_t function);

#endif
