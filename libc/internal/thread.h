/* The thread control block, which the FS register points to. The compiler fixes the places of two
 * fields: code that takes the address of a thread-local variable reads the block's own address at
 * fs:0, and the stack protector reads its canary at fs:0x28. Below the block lie the thread-local
 * variables. */
#ifndef INTERNAL_THREAD_H
#define INTERNAL_THREAD_H

struct thread {
	struct thread *self;
	unsigned long reserved[4];	/* the psABI's: dynamic thread vector and others */
	unsigned long canary;
};
_Static_assert(__builtin_offsetof(struct thread, canary) == 0x28,
	"the compiler reads the canary at fs:0x28");

/* Gives the first thread its block and its thread-local variables. Ends the program if there is no
 * memory for them. Neither errno nor a thread-local variable may be used before. */
void __tls_start(const unsigned long *auxv);

#endif
