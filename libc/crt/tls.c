/* Thread-local storage, as the ELF TLS specification has it for x86-64 (variant II): the variables
 * lie directly below the thread control block, at negative offsets from FS that the linker has
 * computed. Their initial values are the program's PT_TLS segment, found by the program headers
 * that the kernel points to. */
#include <abi/auxv.h>
#include <abi/elf.h>
#include <abi/prctl.h>
#include <stddef.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "auxv.h"
#include "syscall.h"
#include "thread.h"

#define TLS_FAILED	127	/* exit status */

/* Enough for errno and a program's own few variables, without a system call. */
#define SMALL_ALIGNMENT	64
static char small_block[1024] __attribute__((aligned(SMALL_ALIGNMENT)));

struct tls_image __tls_image;
bool __threaded;

static const struct abi_elf_segment *find_tls_segment(const unsigned long *auxv)
{
	const char *header = (const char *)auxv_find(auxv, ABI_AT_PHDR);
	unsigned long size = auxv_find(auxv, ABI_AT_PHENT);
	unsigned long left = header ? auxv_find(auxv, ABI_AT_PHNUM) : 0;

	for (; left > 0; left--, header += size) {
		const struct abi_elf_segment *segment = (const void *)header;

		if (segment->p_type == ABI_ELF_PT_TLS)
			return segment;
	}
	return NULL;
}

static char *allocate_block(size_t size, size_t alignment)
{
	long result;

	if (size <= sizeof(small_block) && alignment <= SMALL_ALIGNMENT)
		return small_block;
	result = syscall6(SYS_mmap, 0, size, PROT_READ | PROT_WRITE,
		MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (result < 0)
		syscall1(SYS_exit_group, TLS_FAILED);
	return (char *)result;
}

/* A canary that nobody can guess, if the kernel gives random bytes. Its lowest byte, the first in
 * memory, is zero, so that no string function can read or write it whole. */
static unsigned long make_canary(const unsigned long *auxv)
{
	const void *random = (const void *)auxv_find(auxv, ABI_AT_RANDOM);
	unsigned long canary = (unsigned long)&small_block * 0x9e3779b97f4a7c15;

	if (random)
		memcpy(&canary, random, sizeof(canary));
	return canary & ~0xfful;
}

static void find_image(const struct abi_elf_segment *segment)
{
	__tls_image.alignment = _Alignof(max_align_t);
	if (!segment)
		return;
	if (segment->p_align > __tls_image.alignment)
		__tls_image.alignment = segment->p_align;
	__tls_image.initial = (const void *)segment->p_vaddr;
	__tls_image.initial_size = segment->p_filesz;
	/* As the linker reckons: it aligns to the segment, not to the block. */
	__tls_image.size = (segment->p_memsz + segment->p_align - 1) & -segment->p_align;
}

struct thread *__tls_place(char *end)
{
	size_t top = (size_t)(end - sizeof(struct thread)) & -__tls_image.alignment;
	struct thread *thread = (struct thread *)top;

	if (__tls_image.initial_size > 0)
		memcpy((char *)thread - __tls_image.size, __tls_image.initial,
			__tls_image.initial_size);
	thread->self = thread;
	return thread;
}

void __tls_start(const unsigned long *auxv)
{
	struct thread *thread;
	char *block;

	find_image(find_tls_segment(auxv));
	block = allocate_block(tls_room(), __tls_image.alignment);
	thread = __tls_place(block + (block == small_block ? sizeof(small_block) : tls_room()));
	thread->canary = make_canary(auxv);
	thread->next = thread->previous = thread;
	if (syscall2(SYS_arch_prctl, ABI_ARCH_SET_FS, (long)thread) < 0)
		syscall1(SYS_exit_group, TLS_FAILED);
	thread->tid = (int)syscall1(SYS_set_tid_address, (long)&thread->tid);
}
