// unit: sources build/kernel/x86/usercopy.asm.o flags -Ikernel -fno-pie libs -no-pie
/* x86/usercopy.asm as it is, in a process: a fault that the process has asked for by touching a
 * page without rights goes on at the instruction's fix-up, as vm/fault.c does it. Every size and
 * offset around the end of the memory that can be reached is tried, in both directions. */
#define _GNU_SOURCE
#include "unit.h"

#include <elf.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <ucontext.h>
#include <unistd.h>

#include "x86/usercopy.h"

#define PAGE	4096ul
#define MOST	200	/* bytes of the sizes tried */

static const struct usercopy_fixup *fixups;
static size_t fixup_count;
static unsigned char *edge;		/* below: a page, above: nothing that can be touched */
static unsigned char other[2 * PAGE], before[2 * PAGE];

static void fault(int signal, siginfo_t *info, void *context)
{
	greg_t *rip = &((ucontext_t *)context)->uc_mcontext.gregs[REG_RIP];

	(void)info;
	for (size_t i = 0; i < fixup_count; i++) {
		if (fixups[i].fault == (u64)*rip) {
			*rip = (greg_t)fixups[i].resume;
			return;
		}
	}
	(void)signal;
	_exit(3);
}

/* The kernel's linker script gives the table its name; here it is found in the program's own
 * file. */
static void find_fixups(void)
{
	int file = open("/proc/self/exe", O_RDONLY);
	off_t size = lseek(file, 0, SEEK_END);
	const char *image = mmap(NULL, size, PROT_READ, MAP_PRIVATE, file, 0);
	const Elf64_Ehdr *header = (const void *)image;
	const Elf64_Shdr *sections = (const void *)(image + header->e_shoff);
	const char *names = image + sections[header->e_shstrndx].sh_offset;

	for (int i = 0; i < header->e_shnum; i++) {
		if (strcmp(names + sections[i].sh_name, ".fixups") == 0) {
			fixups = (const void *)sections[i].sh_addr;
			fixup_count = sections[i].sh_size / sizeof(*fixups);
		}
	}
	UNIT_CHECK(fixup_count > 10);
}

static void setup(void)
{
	struct sigaction action = { .sa_sigaction = fault, .sa_flags = SA_SIGINFO };
	unsigned char *memory =
		mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	UNIT_CHECK(memory != MAP_FAILED && mprotect(memory + PAGE, PAGE, PROT_NONE) == 0);
	edge = memory + PAGE;
	sigaction(SIGSEGV, &action, NULL);
	find_fixups();
}

static void fill(unsigned char *memory, size_t size)
{
	for (size_t i = 0; i < size; i++)
		memory[i] = 1 + unit_random(255);
}

static size_t reachable(size_t distance, size_t size)
{
	return distance < size ? distance : size;
}

/* From user memory: distance bytes below the edge. */
static void copies_in(void)
{
	for (size_t size = 0; size <= MOST; size++) {
		for (size_t distance = 0; distance <= MOST; distance++) {
			size_t done = reachable(distance, size);

			fill(edge - distance, distance);
			fill(other, MOST + 8);
			memcpy(before, other, sizeof(before));
			UNIT_CHECK(usercopy(other + 3, edge - distance, size) == size - done);
			UNIT_CHECK(memcmp(other + 3, edge - distance, done) == 0);
			UNIT_CHECK(memcmp(other, before, 3) == 0);
			UNIT_CHECK(memcmp(other + 3 + done, before + 3 + done, MOST - done) == 0);
		}
	}
}

static void copies_out(void)
{
	for (size_t size = 0; size <= MOST; size++) {
		for (size_t distance = 0; distance <= MOST; distance++) {
			size_t done = reachable(distance, size);

			fill(edge - MOST - 8, MOST + 8);
			memcpy(before, edge - MOST - 8, MOST + 8);
			fill(other, size);
			UNIT_CHECK(usercopy(edge - distance, other, size) == size - done);
			UNIT_CHECK(memcmp(other, edge - distance, done) == 0);
			UNIT_CHECK(memcmp(before, edge - MOST - 8, MOST + 8 - distance) == 0);
			UNIT_CHECK(memcmp(before + MOST + 8 - distance + done,
					   edge - distance + done, distance - done) == 0);
		}
	}
}

static void clears(void)
{
	for (size_t size = 0; size <= MOST; size++) {
		for (size_t distance = 0; distance <= MOST; distance++) {
			size_t done = reachable(distance, size), zeros = 0;

			fill(edge - MOST - 8, MOST + 8);
			UNIT_CHECK(usercopy_clear(edge - distance, size) == size - done);
			for (size_t i = 0; i < MOST + 8; i++)
				zeros += edge[-1 - (long)i] == 0;
			UNIT_CHECK(zeros == done && (done == 0 || edge[-(long)distance] == 0));
		}
	}
}

/* Strings of every length that end before the edge or run into it, in a buffer with room or
 * without. */
static void strings(void)
{
	for (size_t distance = 0; distance <= 40; distance++) {
		for (size_t length = 0; length <= 44; length++) {
			for (size_t room = 0; room <= 44; room++) {
				size_t seen = reachable(length, room);
				long expected = seen < distance || seen == room ? (long)seen : -1;

				if (seen > distance)
					expected = -1;
				fill(edge - distance, distance);
				if (length < distance)
					edge[(long)length - (long)distance] = 0;
				fill(other, 64);
				memcpy(before, other, 64);
				UNIT_CHECK(usercopy_string((char *)other, (char *)edge - distance,
						   room) == expected);
				if (expected < 0)
					continue;
				seen += length < room;
				UNIT_CHECK(memcmp(other, edge - distance, seen) == 0);
				UNIT_CHECK(memcmp(other + seen, before + seen, 64 - seen) == 0);
			}
		}
	}
}

static void whole_pages(void)
{
	fill(other, PAGE);
	UNIT_CHECK(
		usercopy(edge - PAGE, other, PAGE) == 0 && memcmp(other, edge - PAGE, PAGE) == 0);
	UNIT_CHECK(usercopy(edge - PAGE, other, 2 * PAGE) == PAGE);
	UNIT_CHECK(usercopy_clear(edge - PAGE, 2 * PAGE) == PAGE);
	UNIT_CHECK(usercopy(other, edge - PAGE, PAGE) == 0 && memchr(other, 1, PAGE) == NULL);
}

static void compare_exchange(void)
{
	u32 word = 5, expected = 5;

	UNIT_CHECK(usercopy_compare_exchange(&word, &expected, 7) == 1 && word == 7);
	UNIT_CHECK(expected == 5);
	UNIT_CHECK(usercopy_compare_exchange(&word, &expected, 9) == 0 && word == 7);
	UNIT_CHECK(expected == 7);
	UNIT_CHECK(usercopy_compare_exchange((u32 *)edge, &expected, 9) == -1 && expected == 7);
}

int main(void)
{
	setup();
	UNIT_CASE(copies_in);
	UNIT_CASE(copies_out);
	UNIT_CASE(clears);
	UNIT_CASE(strings);
	UNIT_CASE(whole_pages);
	UNIT_CASE(compare_exchange);
	return unit_done();
}
