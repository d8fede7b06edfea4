/* Thread-local storage of the first thread, as the ELF TLS specification has it for x86-64 (variant
 * II): the variables lie directly below the thread control block, at negative offsets from FS that
 * the linker has computed. The initial values are the program's PT_TLS segment, found by the
 * program headers that the kernel points to. */
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
static unsigned char small_block[512] __attribute__((aligned(SMALL_ALIGNMENT)));

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

static void *allocate_block(size_t size, size_t alignment)
{
	long result;

	if (size <= sizeof(small_block) && alignment <= SMALL_ALIGNMENT)
		return small_block;
	result = syscall6(SYS_mmap, 0, size + alignment, PROT_READ | PROT_WRITE,
		MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (result < 0)
		syscall1(SYS_exit_group, TLS_FAILED);
	return (void *)((result + alignment - 1) & -alignment);
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

void __tls_start(const unsigned long *auxv)
{
	const struct abi_elf_segment *segment = find_tls_segment(auxv);
	size_t alignment = _Alignof(max_align_t);
	size_t variables =
		0; /* bytes from their start to the thread control block, as the linker reckons */
	size_t offset; /* where in the allocated block the thread control block comes to lie */
	unsigned char *block;
	struct thread *thread;

	if (segment) {
		variables = (segment->p_memsz + segment->p_align - 1) & -segment->p_align;
		if (segment->p_align > alignment)
			alignment = segment->p_align;
	}
	offset = (variables + alignment - 1) & -alignment;
	block = allocate_block(offset + sizeof(struct thread), alignment);
	thread = (struct thread *)(block + offset);
	if (segment)
		memcpy(block + offset - variables, (const void *)segment->p_vaddr,
			segment->p_filesz);
	thread->self = thread;
	thread->canary = make_canary(auxv);
	if (syscall2(SYS_arch_prctl, ABI_ARCH_SET_FS, (long)thread) < 0)
		syscall1(SYS_exit_group, TLS_FAILED);
}
