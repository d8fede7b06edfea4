/* A line for a record: "[pid 7] openat(AT_FDCWD, "/x", O_RDONLY) = -1 ENOENT (...)". */
#include "strace.h"

#include <ctype.h>
#include <string.h>
#include <sys/wait.h>

#include <gen/abi.h>

/* Results by which the kernel says to itself that a signal has interrupted the call. */
#define RESTART_FIRST 512
#define RESTART_LAST  516

#define ERRNO(number, name, text) [number] = #name,
static const char *const error_names[] = {
#include <abi/errno.def>
};
#undef ERRNO

static const struct abi_trace_text *text_of(
	const struct abi_trace_record *record, unsigned argument)
{
	const char *place = (const char *)(record + 1);

	for (unsigned i = 0; i < record->text_count; i++) {
		const struct abi_trace_text *text = (const struct abi_trace_text *)place;
		if (text->argument == argument)
			return text;
		place += offsetof(struct abi_trace_text, bytes) + ((text->length + 3u) & ~3u);
	}
	return NULL;
}

static void print_text(FILE *out, const struct abi_trace_text *text)
{
	static const char escapes[] = "\nn\tt\rr\"\"\\\\";

	putc('"', out);
	for (unsigned i = 0; i < text->length; i++) {
		unsigned char c = text->bytes[i];
		const char *escape = c ? strchr(escapes, c) : NULL;
		if (escape && (escape - escapes) % 2 == 0)
			fprintf(out, "\\%c", escape[1]);
		else if (isprint(c))
			putc(c, out);
		else
			fprintf(out, "\\%03o", c);
	}
	fputs(text->cut ? "\"..." : "\"", out);
}

static void print_address(FILE *out, unsigned long value)
{
	if (value)
		fprintf(out, "%#lx", value);
	else
		fputs("NULL", out);
}

static void print_value(FILE *out, unsigned kind, unsigned long value)
{
	if (set_print(out, kind, value))
		return;
	switch (kind) {
	case SYSCALL_KIND_INT:
	case SYSCALL_KIND_FD:
	case SYSCALL_KIND_PID:
		fprintf(out, "%d", (int)value);
		break;
	case SYSCALL_KIND_DIRFD:
		if ((int)value == ABI_AT_FDCWD)
			fputs("AT_FDCWD", out);
		else
			fprintf(out, "%d", (int)value);
		break;
	case SYSCALL_KIND_UINT:
		fprintf(out, "%u", (unsigned)value);
		break;
	case SYSCALL_KIND_SIZE:
		fprintf(out, "%lu", value);
		break;
	case SYSCALL_KIND_LONG:
	case SYSCALL_KIND_OFF:
		fprintf(out, "%ld", (long)value);
		break;
	case SYSCALL_KIND_MODE:
		fprintf(out, (unsigned)value ? "0%o" : "%o", (unsigned)value);
		break;
	case SYSCALL_KIND_ULONG:
	case SYSCALL_KIND_QUERY_FLAGS:
		fprintf(out, value ? "%#lx" : "%lu", value);
		break;
	default:
		print_address(out, value);
	}
}

/* open(2) takes a mode only if it may make a file. */
static bool is_there(const struct call *call, const struct abi_trace_record *record, unsigned i)
{
	return i == 0 || call->kinds[i] != SYSCALL_KIND_MODE ||
		call->kinds[i - 1] != SYSCALL_KIND_OPEN_FLAGS ||
		record->arguments[i - 1] & (ABI_O_CREAT | (ABI_O_TMPFILE & ~ABI_O_DIRECTORY));
}

static void print_arguments(
	FILE *out, const struct call *call, const struct abi_trace_record *record)
{
	for (unsigned i = 0; i < call->argument_count; i++) {
		const struct abi_trace_text *text = text_of(record, i);
		if (!is_there(call, record, i))
			continue;
		if (i > 0)
			fputs(", ", out);
		if (text)
			print_text(out, text);
		else
			print_value(out, call->kinds[i], record->arguments[i]);
	}
}

static void print_result(FILE *out, unsigned kind, const struct abi_trace_record *record)
{
	long error = -record->result;

	if (record->kind == ABI_TRACE_LAST_CALL)
		fputs("?", out);
	else if (!record_failed(record) && kind == SYSCALL_KIND_ADDR)
		fprintf(out, "%#lx", (unsigned long)record->result);
	else if (!record_failed(record))
		fprintf(out, "%ld", (long)record->result);
	else if (error >= RESTART_FIRST && error <= RESTART_LAST)
		fputs("? (interrupted by a signal)", out);
	else if ((size_t)error < sizeof(error_names) / sizeof(error_names[0]) && error_names[error])
		fprintf(out, "-1 %s (%s)", error_names[error], strerror(error));
	else
		fprintf(out, "%ld", (long)record->result);
}

static void print_end(FILE *out, int status)
{
	if (WIFEXITED(status)) {
		fprintf(out, "+++ exited with %d +++\n", WEXITSTATUS(status));
		return;
	}
	fputs("+++ killed by ", out);
	set_print(out, SYSCALL_KIND_SIG, WTERMSIG(status));
	fputs(" +++\n", out);
}

void record_print(FILE *out, const struct abi_trace_record *record)
{
	const struct call *call = call_of_number(record->number);

	if (record->lost)
		fprintf(out, "(%lu calls are not told here)\n", (unsigned long)record->lost);
	if (record->threads > 1)
		fprintf(out, "[pid %d] ", record->tid);
	if (record->kind == ABI_TRACE_END) {
		print_end(out, record->result);
		return;
	}
	if (!record_is_call(record)) {
		signal_print(out, record);
		return;
	}
	if (call)
		fprintf(out, "%s(", call->name);
	else
		fprintf(out, "syscall_%#x(", record->number);
	if (call)
		print_arguments(out, call, record);
	fputs(") = ", out);
	print_result(out, call ? call->result : SYSCALL_KIND_INT, record);
	putc('\n', out);
}
