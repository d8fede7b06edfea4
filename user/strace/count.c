/* -c: how often each call was made, and how often it failed. */
#include "strace.h"

#include <stdlib.h>
#include <string.h>

struct count {
	const struct call *call;
	unsigned long calls, errors;
};

static struct count counts[CALLS_MAX];
static struct count other;

void count_add(const struct abi_trace_record *record)
{
	const struct call *call = call_of_number(record->number);
	struct count *count = call ? &counts[call_index(call)] : &other;

	if (!record_is_call(record))
		return;
	count->call = call;
	count->calls++;
	count->errors += record->kind == ABI_TRACE_CALL && record_failed(record);
}

static int by_calls(const void *left, const void *right)
{
	const struct count *a = left, *b = right;

	if (a->calls != b->calls)
		return a->calls < b->calls ? 1 : -1;
	return a->calls ? strcmp(a->call->name, b->call->name) : 0;
}

static void print(FILE *out, const struct count *count, const char *name)
{
	fprintf(out, "%10lu %10lu  %s\n", count->calls, count->errors, name);
}

void count_print(FILE *out)
{
	struct count all = other;

	qsort(counts, CALLS_MAX, sizeof(counts[0]), by_calls);
	fprintf(out, "%10s %10s  call\n", "calls", "errors");
	for (size_t i = 0; i < CALLS_MAX && counts[i].calls; i++) {
		print(out, &counts[i], counts[i].call->name);
		all.calls += counts[i].calls;
		all.errors += counts[i].errors;
	}
	if (other.calls)
		print(out, &other, "(no such call)");
	print(out, &all, "in all");
}
