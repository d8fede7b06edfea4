/* The thread control block, which the FS register points to: what pthread_self() gives. The
 * compiler fixes the places of two fields: code that takes the address of a thread-local variable
 * reads the block's own address at fs:0, and the stack protector reads its canary at fs:0x28. Below
 * the block lie the thread-local variables. */
#ifndef INTERNAL_THREAD_H
#define INTERNAL_THREAD_H

#include <stdbool.h>
#include <stddef.h>

struct robust_node {
	struct robust_node *next;	/* first: the kernel follows it (set_robust_list(2)) */
	struct robust_node *previous;
};

struct specific {
	unsigned long generation;	/* of the key; another one makes the value NULL */
	void *value;
};

struct thread {
	struct thread *self;
	unsigned long reserved[4];	/* the psABI's: dynamic thread vector and others */
	unsigned long canary;

	unsigned cancel;	/* CANCEL_ bits (cancel.h); others set CANCEL_ASKED */
	int tid;		/* the kernel makes it 0, and wakes it, when the thread is gone */

	/* In the ring of all threads, or in the cache of stacks; under __thread_list_lock. */
	struct thread *next, *previous;

	/* What is set before the thread runs. */
	void *(*start)(void *);
	void *argument;
	unsigned long start_mask;	/* of signals */
	struct start_scheduling *scheduling;	/* NULL: as its creator */
	bool returns_int;	/* start is a thrd_start_t */
	char *mapping;		/* all that was mapped for it; NULL: the first thread */
	size_t mapping_size;
	size_t guard_size;	/* of that, at the lower end */
	char *stack;		/* above the guard, or the program's own */
	size_t stack_size;

	/* How it ends. */
	int state;		/* THREAD_ values below */
	int joining;		/* somebody is in pthread_join */
	struct thread *joins;	/* whom this one waits for */
	void *result;
	int exit_lock;		/* guards leaving, so that no signal goes to another's TID */
	bool leaving;

	/* The thread's own. */
	struct __pthread_cleanup *cleanups;
	struct specific *specific;
	struct {			/* struct robust_list_head */
		struct robust_node *next;
		long offset;
		struct robust_node *pending;
	} robust;
};
_Static_assert(offsetof(struct thread, canary) == 0x28,
	"the compiler reads the canary at fs:0x28");
_Static_assert(offsetof(struct thread, cancel) == 0x30, "pthread/cancel_call.asm reads it");

enum { THREAD_JOINABLE, THREAD_DETACHED, THREAD_ENDED };

static inline struct thread *thread_self(void)
{
	struct thread *self;

	__asm__("mov %%fs:0, %0" : "=r"(self));
	return self;
}

/* True from the first pthread_create on: until then locks between threads need not be taken. */
extern bool __threaded;

/* What a thread's variables begin with and need: the PT_TLS segment. */
struct tls_image {
	const void *initial;
	size_t initial_size;
	size_t size;		/* from the first variable to the control block */
	size_t alignment;	/* of the control block, at least that of any object */
};
extern struct tls_image __tls_image;

/* Gives the first thread its block and its thread-local variables. Ends the program if there is no
 * memory for them. Neither errno nor a thread-local variable may be used before. */
void __tls_start(const unsigned long *auxv);

/* Puts a control block with initialised variables below the end of that memory, and returns it.
 * The memory reads as zero. */
struct thread *__tls_place(char *end);

/* Bytes that __tls_place needs. */
static inline size_t tls_room(void)
{
	return __tls_image.size + sizeof(struct thread) + __tls_image.alignment;
}

#endif
