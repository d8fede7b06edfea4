/* What the rest of the libc owes the heap. The heap keeps blocks for each thread, found by a
 * thread-local variable; the glue (libc/malloc/glue.h) has its one lock.
 *
 * fork: the child has only the thread that called it, so the heap must not be half-way through
 * another thread's call when the memory is copied. Take __heap_lock just before the system call, with
 * no allocation until it is given back, just after it: in the child call __malloc_in_child before
 * that.
 *
 * A thread that ends calls __malloc_thread_exit when nothing of it allocates any more (after the
 * destructors of its keys): its blocks live on, its free memory goes to the next thread. One that
 * allocates after that is served all the same. */
#ifndef INTERNAL_MALLOC_FORK_H
#define INTERNAL_MALLOC_FORK_H

extern int __heap_lock;

void __malloc_in_child(void);
void __malloc_thread_exit(void);

#endif
