/* The calls, as the rows of abi/syscalls.def say them. */
#include "strace.h"

#include <string.h>

#include <gen/abi.h>

#define KIND(name, element, size, count, counted_by, kind) kind,
#define CALL(number, name, function, full, count) \
	{number, #name, count, SYSCALL_RESULT_##name, {SYSCALL_ARGS_##name(KIND)}},

static const struct call calls[] = {SYSCALL_TABLE(CALL)};

#define CALLS (sizeof(calls) / sizeof(calls[0]))
_Static_assert(CALLS <= CALLS_MAX, "there is room to count all");

const struct call *call_of_number(unsigned number)
{
	for (size_t i = 0; i < CALLS; i++)
		if (calls[i].number == number)
			return &calls[i];
	return NULL;
}

const struct call *call_of_name(const char *name, size_t length)
{
	for (size_t i = 0; i < CALLS; i++)
		if (strlen(calls[i].name) == length && memcmp(calls[i].name, name, length) == 0)
			return &calls[i];
	return NULL;
}

size_t call_index(const struct call *call)
{
	return call - calls;
}
