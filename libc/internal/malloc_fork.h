/* What fork() owes the heap: the child has only the thread that called it, so the heap must not
 * be half-way through another thread's call when the memory is copied. Call the first just
 * before the system call, the second just after it, in the parent and in the child, and when it
 * failed. No allocation in between. */
#ifndef INTERNAL_MALLOC_FORK_H
#define INTERNAL_MALLOC_FORK_H

void __malloc_before_fork(void);
void __malloc_after_fork(void);

#endif
