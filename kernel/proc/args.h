/* The arguments and the environment on their way from one program to the next: the strings in a
 * row, arguments first, in memory of the kernel, since the old address space is gone when the new
 * stack is written. */
#ifndef PROC_ARGS_H
#define PROC_ARGS_H

#include "lib/types.h"
#include "vm/user.h"

#define ARGS_STRING_MAX	(128ul << 10)	/* bytes of one string with its NUL, as in Linux */
/* Bytes of all strings and the pointers to them: a quarter of what the stack may grow to. */
#define ARGS_MAX	(2ul << 20)

struct args {
	char *bytes;
	size_t used, room;
	u32 argument_count, environment_count;
};

/* Copies the two NULL-terminated arrays of strings; a NULL array is an empty one, and there is
 * always a first argument. -E2BIG, -EFAULT, -ENOMEM, -EINTR; args_free is due in any case. */
MUST_CHECK int args_copy(struct args *args, struct user_ptr argv, struct user_ptr envp);
/* Adds one argument, or string of the environment; arguments come first. -E2BIG, -ENOMEM. */
MUST_CHECK int args_add(struct args *args, const char *string, bool environment);
/* Takes the first argument away; puts another before all. */
void args_drop_first(struct args *args);
MUST_CHECK int args_put_first(struct args *args, const char *string);
void args_free(struct args *args);

#endif
