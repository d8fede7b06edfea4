/* The heap on a Linux-compatible kernel: see glue.h for the contracts. */
#include "glue.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <unistd.h>

#include "auxv.h"
#include "span.h"
#include "syscall.h"

#define VARIABLE	"SYNOS_HEAP_STEP="

int __heap_lock;

/* A system call that leaves errno alone. */
#define QUIETLY(call) ({ int saved = errno; __auto_type result = (call); errno = saved; result; })

static char *pages_get(size_t bytes, int flags)
{
	void *pages = QUIETLY(__mmap(NULL, bytes, PROT_READ | PROT_WRITE,
				     MAP_PRIVATE | MAP_ANONYMOUS | flags, -1, 0));

	return pages == MAP_FAILED ? NULL : pages;
}

/* The kernel places mappings side by side: so one is often aligned as the last one was. If not, more
 * addresses are asked for, which is no promise of memory, and what is around the pages goes again.
 * What the kernel refuses to unmap is lost. */
void *__heap_pages_map(size_t bytes, size_t alignment)
{
	char *raw = pages_get(bytes, 0);
	size_t head;

	if (!raw || (uintptr_t)raw % alignment == 0)
		return raw;
	__heap_pages_unmap(raw, bytes);
	raw = pages_get(bytes + alignment, MAP_NORESERVE);
	if (!raw)
		return NULL;
	head = -(uintptr_t)raw & (alignment - 1);
	if (head)
		__heap_pages_unmap(raw, head);
	__heap_pages_unmap(raw + head + bytes, alignment - head);
	return raw + head;
}

/* The kernel may find only after it unmapped what was there that it cannot move, or has no memory
 * for it. Then there is a hole, to be closed; if another thread was mapped into it meanwhile, these
 * addresses have two owners, and there is no way on. A mark tells whether they are still ours. */
bool __heap_pages_move(void *to, void *from, size_t bytes)
{
	int saved = errno, flags = MREMAP_MAYMOVE | MREMAP_FIXED | MREMAP_DONTUNMAP;
	volatile uintptr_t *mark = to;
	bool done, lost;

	*mark = __heap_seal.factor;
	done = __mremap(from, bytes, bytes, flags, to) == to;
	flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE;
	lost = !done && __mmap(to, bytes, PROT_READ | PROT_WRITE, flags, -1, 0) != to &&
		(errno != EEXIST || *mark != __heap_seal.factor);
	errno = saved;
	if (lost)
		__heap_fail("pages lost", to);
	return done;
}

bool __heap_pages_drop(void *base, size_t bytes)
{
	return QUIETLY(__madvise(base, bytes, MADV_DONTNEED)) == 0;
}

bool __heap_pages_unmap(void *base, size_t bytes)
{
	return QUIETLY(__munmap(base, bytes)) == 0;
}

uint64_t __heap_secret(void)
{
	const void *random = (const void *)QUIETLY(__getauxval(AT_RANDOM));
	uint64_t words[2] = { (uintptr_t)&words, 0 };

	if (random)
		memcpy(words, random, sizeof words);
	return words[0] * 31 ^ words[1];
}

static size_t step_parse(const char *text)
{
	static const char suffixes[] = "KkMmGg";
	char *end;
	size_t value = QUIETLY(strtoul(text, &end, 10));
	const char *suffix = *end ? strchr(suffixes, *end) : NULL;

	if (*text < '0' || *text > '9' || (suffix ? end[1] : *end))
		return HEAP_STEP_DEFAULT;
	if (suffix && value < HEAP_STEP_MOST)
		value <<= 10 * ((suffix - suffixes) / 2 + 1);
	if (value < HEAP_STEP_LEAST)
		return HEAP_STEP_LEAST;
	return value < HEAP_STEP_MOST ? value : HEAP_STEP_MOST;
}

size_t __heap_step(void)
{
	for (char **variable = environ; variable && *variable; variable++)
		if (!strncmp(*variable, VARIABLE, sizeof VARIABLE - 1))
			return step_parse(*variable + sizeof VARIABLE - 1);
	return HEAP_STEP_DEFAULT;
}

_Noreturn void __heap_fail(const char *what, const void *address)
{
	char line[128] = "malloc: ";
	size_t length = strlen(line);

	/* One write, so that the line is whole whatever else is being written. */
	for (; *what && length < 100; length++)
		line[length] = *what++;
	memcpy(line + length, ": 0x", 4);
	length += 4;
	for (int shift = (uintptr_t)address >> 48 ? 60 : 44; shift >= 0; shift -= 4)
		line[length++] = "0123456789abcdef"[(uintptr_t)address >> shift & 15];
	line[length++] = '\n';
	__write(STDERR_FILENO, line, length);
	abort();
}
