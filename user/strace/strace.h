/* strace: the system calls that a program and its children make, as the kernel tells them
 * (docs/tracing.md). The calls and the types of their arguments come from abi/syscalls.def. */
#ifndef STRACE_H
#define STRACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include <abi/trace.h>

struct user_ptr;
#include <gen/syscalls.h>

struct call {
	unsigned number;
	const char *name;
	unsigned char argument_count, result; /* enum syscall_kind */
	unsigned char kinds[6];
};

/* The call of that number, or of that name, or NULL. */
const struct call *call_of_number(unsigned number);
const struct call *call_of_name(const char *name, size_t length);
/* Its place among all calls, below CALLS_MAX. */
#define CALLS_MAX 512
size_t call_index(const struct call *call);

/* Prints the value of a type that is a set of names; false if the type is none. */
bool set_print(FILE *out, unsigned kind, unsigned long value);

/* A line for a record; its second half for one of a signal. */
void record_print(FILE *out, const struct abi_trace_record *record);
void signal_print(FILE *out, const struct abi_trace_record *record);

/* -c: counts a record; prints what has been counted. */
void count_add(const struct abi_trace_record *record);
void count_print(FILE *out);

static inline bool record_is_call(const struct abi_trace_record *record)
{
	return record->kind == ABI_TRACE_CALL || record->kind == ABI_TRACE_LAST_CALL;
}

static inline bool record_failed(const struct abi_trace_record *record)
{
	return (unsigned long)record->result >= (unsigned long)-4095l;
}

#endif
