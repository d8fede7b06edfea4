/* Command lines (proc/command_line.h). */
#include "proc/command_line.h"

#include "lib/atomic.h"
#include "lib/string.h"
#include "mem/slab.h"

/* The arguments stand before the environment. */
static size_t arguments_size(const struct args *args)
{
	size_t size = 0;

	for (u32 i = 0; i < args->argument_count && size < COMMAND_LINE_MAX; i++)
		size += strlen(args->bytes + size) + 1;
	return MIN(size, (size_t)COMMAND_LINE_MAX);
}

struct command_line *command_line_new(const struct args *args)
{
	size_t size = arguments_size(args);
	struct command_line *command = kmalloc(sizeof(*command) + size);

	if (!command)
		return NULL;
	command->refs = 1;
	command->size = size;
	memcpy(command->bytes, args->bytes, size);
	return command;
}

void command_line_get(struct command_line *command)
{
	ref_get(&command->refs);
}

void command_line_put(struct command_line *command)
{
	if (ref_put(&command->refs))
		kfree(command);
}
