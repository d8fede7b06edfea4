/* For tests of bad pointers: addresses of every kind that a system call must refuse. */
#ifndef POINTERS_H
#define POINTERS_H

#include "test.h"
#include <sys/mman.h>

#define PAGE	4096ul

/* Two pages of which the second is not mapped; a page that is only readable; one that has been
 * unmapped. */
static char *pointers_edge, *pointers_constant, *pointers_gone;

__attribute__((unused))
static char *pointers_page(int rights)
{
	char *page =
		mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	CHECK(page != MAP_FAILED);
	memset(page, 'p', PAGE);
	CHECK_EQ(munmap(page + PAGE, PAGE), 0);
	CHECK_EQ(mprotect(page, PAGE, rights), 0);
	return page;
}

__attribute__((unused))
static void pointers_init(void)
{
	pointers_edge = pointers_page(PROT_READ | PROT_WRITE);
	pointers_constant = pointers_page(PROT_READ);
	pointers_gone = pointers_page(PROT_NONE);
	CHECK_EQ(munmap(pointers_gone, PAGE), 0);
}

/* Addresses at which not even one byte can be read. */
#define POINTERS_UNREADABLE							\
	{ NULL, (void *)8, pointers_gone, pointers_edge + PAGE,			\
	  (void *)0x7ffffffff000, (void *)0x800000000000,			\
	  (void *)0x8000000000000000, (void *)0xffff800000000000,		\
	  (void *)0xffffffff80000000, (void *)0xffffffff80100000,		\
	  (void *)0xffffffffffffffff }

/* Calls check(address) for each of them. */
__attribute__((unused))
static void pointers_unreadable(void (*check)(void *bad))
{
	void *bad[] = POINTERS_UNREADABLE;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		check(bad[i]);
}

/* As well for one that can be read, but not be written. */
__attribute__((unused))
static void pointers_unwritable(void (*check)(void *bad))
{
	pointers_unreadable(check);
	check(pointers_constant);
}

#endif
