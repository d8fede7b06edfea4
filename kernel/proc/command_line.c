/* Command lines (proc/command_line.h). */
#include "proc/command_line.h"

#include "lib/atomic.h"
#include "lib/string.h"
#include "mem/kmalloc.h"

/* The arguments stand before the environment. */
static size_t arguments_size(const struct args *args)
{
	size_t size = 0;

	for (u32 i = 0; i < args->argument_count; i++)
		size += strlen(args->bytes + size) + 1;
	return size;
}

struct command_line *command_line_new(const struct args *args)
{
	size_t environment = arguments_size(args);
	size_t size = MIN(environment, (size_t)COMMAND_LINE_MAX);
	size_t environment_size = MIN(args->used - environment, (size_t)COMMAND_LINE_MAX);
	struct command_line *command = kmalloc(sizeof(*command) + size + environment_size);

	if (!command)
		return NULL;
	command->refs = 1;
	command->size = size;
	command->environment_size = environment_size;
	memcpy(command->bytes, args->bytes, size);
	memcpy(command->bytes + size, args->bytes + environment, environment_size);
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
