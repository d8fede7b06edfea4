/* The stack of a new program (proc/exec_stack.h). */
#include "proc/exec_stack.h"

#include "core/random.h"
#include "fs/path.h"
#include "lib/errno.h"
#include "lib/string.h"
#include "proc/args.h"
#include "proc/credentials.h"
#include "proc/signal_frame.h"
#include "sched/time.h"
#include "vm/space.h"
#include "x86/insn.h"
#include <abi/auxv.h>
#include <abi/elf.h>
#include <abi/mman.h>

#define RANDOM_SIZE	16
#define AUXV_MAX	20

static const char platform[] = "x86_64";

/* Words on their way to the stack, upwards, some at a time. */
struct word_writer {
	struct space *space;
	u64 address;
	u32 count;
	int error;
	u64 words[64];
};

static void flush_words(struct word_writer *writer)
{
	size_t size = writer->count * sizeof(u64);

	if (!writer->error)
		writer->error = space_write(writer->space, writer->address, writer->words, size);
	writer->address += size;
	writer->count = 0;
}

static void put_word(struct word_writer *writer, u64 word)
{
	writer->words[writer->count++] = word;
	if (writer->count == ARRAY_SIZE(writer->words))
		flush_words(writer);
}

static void put_auxv(struct word_writer *writer, u64 type, u64 value)
{
	put_word(writer, type);
	put_word(writer, value);
}

/* The addresses of count strings in a row, and NULL; *offset moves behind them. */
static void put_strings(
	struct word_writer *writer, const struct args *args, u32 count, u64 base, size_t *offset)
{
	for (u32 i = 0; i < count; i++) {
		put_word(writer, base + *offset);
		*offset += strlen(args->bytes + *offset) + 1;
	}
	put_word(writer, 0);
}

static size_t pointer_bytes(const struct args *args)
{
	return (3ul + args->argument_count + args->environment_count + 2 * AUXV_MAX) * sizeof(u64);
}

size_t exec_stack_size(const struct exec_stack *stack, const struct args *args)
{
	return pointer_bytes(args) + args->used + strlen(stack->path) + 1 + sizeof(platform) +
		RANDOM_SIZE + 64;
}

/* Writes bytes below *address and moves it there. */
static int push(struct space *space, u64 *address, const void *bytes, size_t size)
{
	*address -= size;
	return space_write(space, *address, bytes, size);
}

struct places {
	u64 path, strings, platform, random;
};

static int push_strings(const struct exec_stack *stack, struct space *space,
	const struct args *args, struct places *places)
{
	u8 random[RANDOM_SIZE];
	u64 address = stack->top - sizeof(u64);

	random_bytes(random, sizeof(random));
	int error = push(space, &address, stack->path, strlen(stack->path) + 1);
	places->path = address;
	if (!error)
		error = push(space, &address, args->bytes, args->used);
	places->strings = address;
	if (!error)
		error = push(space, &address, platform, sizeof(platform));
	places->platform = address;
	address = ALIGN_DOWN(address, 16);
	if (!error)
		error = push(space, &address, random, sizeof(random));
	places->random = address;
	return error;
}

static void put_all_auxv(struct word_writer *writer, const struct exec_stack *stack,
	const struct places *places, const struct fs_context *fs)
{
	u32 features[4];

	insn_cpuid(1, 0, features);
	put_auxv(writer, ABI_AT_HWCAP, features[3]);
	put_auxv(writer, ABI_AT_PAGESZ, PAGE_SIZE);
	put_auxv(writer, ABI_AT_CLKTCK, TICKS_PER_SEC);
	put_auxv(writer, ABI_AT_PHDR, stack->segments);
	put_auxv(writer, ABI_AT_PHENT, sizeof(struct abi_elf_segment));
	put_auxv(writer, ABI_AT_PHNUM, stack->segment_count);
	put_auxv(writer, ABI_AT_BASE, 0);
	put_auxv(writer, ABI_AT_FLAGS, 0);
	put_auxv(writer, ABI_AT_ENTRY, stack->entry);
	put_auxv(writer, ABI_AT_UID, fs->uid);
	put_auxv(writer, ABI_AT_EUID, fs->euid);
	put_auxv(writer, ABI_AT_GID, fs->gid);
	put_auxv(writer, ABI_AT_EGID, fs->egid);
	put_auxv(writer, ABI_AT_SECURE, credentials_are_raised());
	put_auxv(writer, ABI_AT_RANDOM, places->random);
	put_auxv(writer, ABI_AT_HWCAP2, 0);
	put_auxv(writer, ABI_AT_EXECFN, places->path);
	put_auxv(writer, ABI_AT_MINSIGSTKSZ, signal_frame_size_max());
	put_auxv(writer, ABI_AT_PLATFORM, places->platform);
	put_auxv(writer, ABI_AT_NULL, 0);
}

int exec_stack_build(struct exec_stack *stack, struct space *space, const struct args *args,
	const struct fs_context *fs)
{
	struct places places;
	size_t offset = 0;

	int error = push_strings(stack, space, args, &places);
	if (error)
		return error;
	stack->pointer = ALIGN_DOWN(places.random - pointer_bytes(args), 16);
	struct word_writer writer = { .space = space, .address = stack->pointer };
	put_word(&writer, args->argument_count);
	put_strings(&writer, args, args->argument_count, places.strings, &offset);
	put_strings(&writer, args, args->environment_count, places.strings, &offset);
	put_all_auxv(&writer, stack, &places, fs);
	flush_words(&writer);
	return writer.error;
}
