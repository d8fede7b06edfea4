/* What fork() asks of the rest of the libc, and tells it. */
#ifndef INTERNAL_FORK_H
#define INTERNAL_FORK_H

/* How many forks lie between this process and the one that was executed. */
extern unsigned __fork_generation;

/* Who calls exit(); not there in the child of another thread. */
extern struct thread *__exit_thread;

/* Run the handlers of pthread_atfork; there if the program has any. */
void __atfork_prepare(void);
void __atfork_parent(void);
void __atfork_child(void);

#endif
