/* Texts of traced calls: paths, and the first bytes of what has been read or written, by the types
 * in the rows of abi/syscalls.def. They are read when the call ends, and a program may have changed
 * them since it began: nothing is trusted. */
#include "sys/trace.h"

#include "lib/errno.h"
#include "lib/string.h"
#include "proc/trace.h"
#include "vm/user.h"
#include <abi/trace.h>
#include <gen/abi.h>
#include <gen/syscalls.h>

#define ARGUMENTS 6

enum text { NONE, PATH, READ, WRITTEN };

/* What each argument is, and for bytes which argument says how many. */
struct call_texts {
	struct {
		u8 text;
		s8 counted_by;
	} arguments[ARGUMENTS];
};

/* An argument of bytes has elements of size 1 that another argument counts. */
#define TEXT(name, element, size, count, counted_by, kind) \
	{(kind) == SYSCALL_KIND_PATH                      ? PATH \
			: (size) != 1 || (counted_by) < 0 ? NONE \
			: (kind) == SYSCALL_KIND_OUT      ? WRITTEN \
			: (kind) == SYSCALL_KIND_IN       ? READ \
							  : NONE, \
		counted_by},
#define LINUX(number, name, function, full, count) [number] = {{SYSCALL_ARGS_##name(TEXT)}},
#define OWN(number, name, function, full, count) \
	[number - SYSCALL_OWN_BASE] = {{SYSCALL_ARGS_##name(TEXT)}},

static const struct call_texts linux_calls[SYSCALL_LINUX_END] = {SYSCALL_TABLE_LINUX(LINUX)};
static const struct call_texts own_calls[SYSCALL_OWN_END - SYSCALL_OWN_BASE] = {
	SYSCALL_TABLE_OWN(OWN)};

static const struct call_texts *find(u32 number)
{
	if (number < ARRAY_SIZE(linux_calls))
		return &linux_calls[number];
	if (number - SYSCALL_OWN_BASE < ARRAY_SIZE(own_calls))
		return &own_calls[number - SYSCALL_OWN_BASE];
	return NULL;
}

/* False if there is nothing to be read there. */
static bool put_path(struct abi_trace_text *text, struct user_ptr from)
{
	char path[ABI_TRACE_TEXT_SIZE + 1];

	long length = user_read_string(path, from, sizeof(path));
	text->cut = length == -ENAMETOOLONG;
	if (text->cut)
		length = ABI_TRACE_TEXT_SIZE;
	if (length < 0)
		return false;
	memcpy(text->bytes, path, length);
	text->length = length;
	return true;
}

static bool put_bytes(struct abi_trace_text *text, struct user_ptr from, u64 count)
{
	text->length = MIN(count, (u64)ABI_TRACE_BYTES);
	text->cut = count > text->length;
	return user_read_bytes(text->bytes, from, text->length) == 0;
}

/* A call writes as many bytes as it says, and none if it fails. */
static bool put_text(
	struct abi_trace_text *text, u8 kind, const u64 *arguments, u64 count, long result)
{
	struct user_ptr from = {arguments[text->argument]};

	switch (kind) {
	case PATH:
		return put_path(text, from);
	case READ:
		return put_bytes(text, from, count);
	case WRITTEN:
		return result > 0 && put_bytes(text, from, MIN(count, (u64)result));
	default:
		return false;
	}
}

static size_t put_texts(const struct trap_frame *frame, long result, void *texts, u16 *count)
{
	const u64 arguments[ARGUMENTS] = {
		frame->rdi, frame->rsi, frame->rdx, frame->r10, frame->r8, frame->r9};
	const struct call_texts *call = find((u32)frame->error);
	size_t size = 0;

	for (u32 i = 0; call && i < ARGUMENTS && *count < ABI_TRACE_TEXTS; i++) {
		struct abi_trace_text *text = (void *)((u8 *)texts + size);
		s8 counted_by = call->arguments[i].counted_by;
		u64 bytes = counted_by < 0 ? 0 : arguments[counted_by];

		text->argument = i;
		if (!put_text(text, call->arguments[i].text, arguments, bytes, result))
			continue;
		memset(text->bytes + text->length, 0, -text->length & 3);
		size += offsetof(struct abi_trace_text, bytes) + ALIGN_UP((size_t)text->length, 4);
		(*count)++;
	}
	return size;
}

void sys_trace_init(void)
{
	trace_register_texts(put_texts);
}
