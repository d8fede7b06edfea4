/* The stack that a new program starts with (System V ABI, AMD64 supplement, 3.4.1). From the
 * pointer up: argc, argv and NULL, envp and NULL, the auxiliary vector; then what they point to:
 * random bytes, the platform's name, the strings, the path. */
#ifndef PROC_EXEC_STACK_H
#define PROC_EXEC_STACK_H

#include "lib/types.h"

struct args;
struct fs_context;
struct space;

struct exec_stack {
	const char *path;	/* as given to execve */
	u64 entry;
	u64 segments, segment_count;	/* the program's own headers in memory */
	u64 top;		/* where it ends, page-aligned */
	u64 pointer;		/* out: the stack pointer, 16-byte aligned */
};

/* The bytes that exec_stack_build will write, or a little more. */
size_t exec_stack_size(const struct exec_stack *stack, const struct args *args);
/* Writes it, and sets stack->pointer. -ENOMEM. */
MUST_CHECK int exec_stack_build(struct exec_stack *stack, struct space *space,
	const struct args *args, const struct fs_context *fs);

#endif
