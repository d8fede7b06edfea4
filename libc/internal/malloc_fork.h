/* What the rest of the libc owes the heap. The heap keeps blocks for each thread, found by a
 * thread-local variable; the glue (libc/malloc/glue.h) has its one lock.
 *
 * fork: the child has only the thread that called it, so the heap must not be half-way through
 * another thread's call when the memory is copied. Call the first just before the system call,
 * with no allocation until one of the other two, just after it: the second in the parent and when
 * the call failed, the third in the child.
 *
 * A thread that ends calls __malloc_thread_exit when nothing of it allocates any more (after the
 * destructors of its keys): its blocks live on, its free memory goes to the next thread. One that
 * allocates after that is served all the same. */
#ifndef INTERNAL_MALLOC_FORK_H
#define INTERNAL_MALLOC_FORK_H

void __malloc_before_fork(void);
void __malloc_after_fork(void);
void __malloc_in_child(void);
void __malloc_thread_exit(void);

#endif
