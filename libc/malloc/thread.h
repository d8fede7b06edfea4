/* Heaps and threads: which heap is whose, blocks that are freed by another thread than their
 * heap's, threads that end, fork. A heap is its thread's alone; when the thread has ended
 * ("parked"), it is whoever's that holds the heap's lock, until a new thread takes it. */
#ifndef HEAP_THREAD_H
#define HEAP_THREAD_H

#include "small.h"

/* The calling thread's heap; NULL without memory for one. Takes the lock. */
struct heap *__heap_thread(void);

/* Puts blocks that others freed on their slots' lists, as many as a bin can take at most. */
void __heap_inbox_empty(struct heap *h);

/* Around a change of a heap without the lock: the child of a fork does without a heap that was
 * in the middle of one. The compiler keeps what is between the two between them. */
static inline void heap_busy(struct heap *h, bool busy)
{
	__atomic_signal_fence(__ATOMIC_SEQ_CST);
	h->busy = busy;
	__atomic_signal_fence(__ATOMIC_SEQ_CST);
}

#endif
