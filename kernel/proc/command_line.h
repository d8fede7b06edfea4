/* The arguments and the environment that a program was started with, as /proc/PID/cmdline and
 * environ show them: kept beside the process, so that nobody has to look into its memory. Counted;
 * fork shares it. */
#ifndef PROC_COMMAND_LINE_H
#define PROC_COMMAND_LINE_H

#include "lib/types.h"
#include "proc/args.h"

#define COMMAND_LINE_MAX	4096	/* bytes kept of each; what is longer is cut */

struct command_line {
	u32 refs;
	u32 size, environment_size;
	char bytes[];		/* strings, each with its NUL; arguments first */
};

/* NULL if there is no memory. */
MUST_CHECK struct command_line *command_line_new(const struct args *args);
void command_line_get(struct command_line *command);
void command_line_put(struct command_line *command);

#endif
