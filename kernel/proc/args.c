/* Arguments and environment (proc/args.h). */
#include "proc/args.h"

#include "lib/errno.h"
#include "lib/string.h"
#include "mem/kmalloc.h"
#include "sched/thread.h"

#define FIRST_ROOM	PAGE_SIZE

/* Makes room for that many more bytes and for the pointers of one string more. */
static int args_grow(struct args *args, size_t more)
{
	u64 pointers = (args->argument_count + args->environment_count + 1ul) * sizeof(u64);
	size_t room = args->room ? args->room : FIRST_ROOM;

	if (args->used + more + pointers > ARGS_MAX)
		return -E2BIG;
	if (args->used + more <= args->room)
		return 0;
	while (room < args->used + more)
		room *= 2;
	char *bytes = kmalloc(room);
	if (!bytes)
		return -ENOMEM;
	memcpy(bytes, args->bytes, args->used);
	kfree(args->bytes);
	args->bytes = bytes;
	args->room = room;
	return 0;
}

static int args_add_user(struct args *args, struct user_ptr string)
{
	size_t taken = 0;

	while (taken < ARGS_STRING_MAX) {
		int error = args_grow(args, 1);
		if (error)
			return error;
		size_t size = MIN(args->room - args->used, ARGS_STRING_MAX - taken);
		long length = user_read_string(
			args->bytes + args->used, user_ptr_add(string, taken), size);
		if (length >= 0) {
			args->used += length + 1;
			return 0;
		}
		if (length != -ENAMETOOLONG)
			return length;
		args->used += size;
		taken += size;
	}
	return -E2BIG;
}

static int args_copy_array(struct args *args, struct user_ptr array, u32 *count)
{
	struct user_ptr string;

	if (user_ptr_is_null(array))
		return 0;
	for (;;) {
		int error = user_get_at(&string.addr, array, *count);
		if (error || user_ptr_is_null(string))
			return error;
		error = args_add_user(args, string);
		if (error)
			return error;
		(*count)++;
		if (sched_relax())
			return -EINTR;
	}
}

int args_copy(struct args *args, struct user_ptr argv, struct user_ptr envp)
{
	int error = args_copy_array(args, argv, &args->argument_count);
	if (!error && args->argument_count == 0)
		error = args_add(args, "", false);
	if (!error)
		error = args_copy_array(args, envp, &args->environment_count);
	return error;
}

int args_add(struct args *args, const char *string, bool environment)
{
	size_t size = strlen(string) + 1;
	int error = args_grow(args, size);
	if (error)
		return error;
	memcpy(args->bytes + args->used, string, size);
	args->used += size;
	if (environment)
		args->environment_count++;
	else
		args->argument_count++;
	return 0;
}

void args_drop_first(struct args *args)
{
	size_t size = strlen(args->bytes) + 1;

	args->used -= size;
	args->argument_count--;
	memmove(args->bytes, args->bytes + size, args->used);
}

int args_put_first(struct args *args, const char *string)
{
	size_t size = strlen(string) + 1;
	int error = args_grow(args, size);
	if (error)
		return error;
	memmove(args->bytes + size, args->bytes, args->used);
	memcpy(args->bytes, string, size);
	args->used += size;
	args->argument_count++;
	return 0;
}

void args_free(struct args *args)
{
	kfree(args->bytes);
	args->bytes = NULL;
}
