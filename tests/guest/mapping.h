/* What the tests of memory share: pages, and the mapping that /proc/self/maps has at an address. */
#ifndef MAPPING_H
#define MAPPING_H

#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "test.h"

#define PAGE	4096ul
#define MIB	(1ul << 20)
#define GIB	(1ul << 30)
#define RW	(PROT_READ | PROT_WRITE)
#define PRIVATE	(MAP_PRIVATE | MAP_ANONYMOUS)

/* Fresh writable pages. */
__attribute__((unused))
static char *map_pages(size_t count)
{
	char *pages = mmap(NULL, count * PAGE, RW, PRIVATE, -1, 0);

	CHECK(pages != MAP_FAILED);
	return pages;
}

/* Where so many pages are free, as long as nothing else is mapped. For MAP_FIXED right after. */
__attribute__((unused))
static char *free_place(size_t count)
{
	char *place = mmap(NULL, count * PAGE, PROT_NONE, PRIVATE | MAP_NORESERVE, -1, 0);

	CHECK(place != MAP_FAILED);
	CHECK_EQ(munmap(place, count * PAGE), 0);
	return place;
}

/* A file of that size in /tmp, byte n being (char)(n + n / 4096), open for reading and writing; its
 * path as scratch_path. */
__attribute__((unused))
static int make_file(const char *path, size_t size)
{
	int fd = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
	char page[PAGE];

	CHECK(fd >= 0);
	for (size_t done = 0; done < size; done += PAGE) {
		size_t part = size - done < PAGE ? size - done : PAGE;

		for (size_t i = 0; i < part; i++)
			page[i] = (char)(i + done / PAGE);
		CHECK_EQ(write(fd, page, part), part);
	}
	return fd;
}

/* How many pages of a file are in memory. */
__attribute__((unused))
static long file_pages(int fd)
{
	struct stat stat;

	CHECK_EQ(fstat(fd, &stat), 0);
	return stat.st_blocks / 8;
}

struct mapping {
	unsigned long start, end;
	char rights[5];		/* "rw-p" */
	unsigned long offset;
	char name[64];
};

static char mapping_text[1 << 20];

/* Reads /proc/self/maps. */
__attribute__((unused))
static void mappings_read(void)
{
	int fd = open("/proc/self/maps", O_RDONLY);
	size_t length = 0;
	ssize_t part;

	CHECK(fd >= 0);
	while ((part = read(fd, mapping_text + length, sizeof(mapping_text) - 1 - length)) > 0)
		length += part;
	CHECK_EQ(part, 0);
	mapping_text[length] = '\0';
	CHECK_EQ(close(fd), 0);
}

/* The line at *text, which moves on; false at the end. */
__attribute__((unused))
static bool mapping_next(const char **text, struct mapping *mapping)
{
	char *at;
	size_t length = 0;

	if (**text == '\0')
		return false;
	mapping->start = strtoul(*text, &at, 16);
	CHECK_EQ(*at, '-');
	mapping->end = strtoul(at + 1, &at, 16);
	CHECK_EQ(*at, ' ');
	memcpy(mapping->rights, at + 1, 4);
	mapping->rights[4] = '\0';
	mapping->offset = strtoul(at + 5, &at, 16);
	for (int words = 0; words < 2; words++)		/* device and inode */
		for (at++; *at != ' ' && *at != '\n'; at++)
			;
	while (*at == ' ')
		at++;
	for (; *at != '\n'; at++) {
		CHECK(*at != '\0');
		if (length < sizeof(mapping->name) - 1)
			mapping->name[length++] = *at;
	}
	mapping->name[length] = '\0';
	*text = at + 1;
	return true;
}

/* The mapping at an address, as it is now; false if there is none. */
__attribute__((unused))
static bool mapping_at(const void *address, struct mapping *mapping)
{
	const char *text = mapping_text;

	mappings_read();
	while (mapping_next(&text, mapping))
		if (mapping->start <= (unsigned long)address &&
		    (unsigned long)address < mapping->end)
			return true;
	return false;
}

/* There is one mapping, with just this range and these rights. */
#define CHECK_MAPPING(address, length, expected)						\
	do {										\
		struct mapping check_mapping;						\
		CHECK(mapping_at(address, &check_mapping));				\
		CHECK_EQ(check_mapping.start, address);					\
		CHECK_EQ(check_mapping.end, (char *)(address) + (length));		\
		CHECK_STR(check_mapping.rights, expected);				\
	} while (0)

/* Children of CHECK_SIGNAL and CHECK_EXIT that touch this address, and exit 0 if they may. */
static volatile char *volatile touched;	/* or a compiler takes NULL for never read */

__attribute__((unused))
static void touch_read(void)
{
	(void)*touched;
}

__attribute__((unused))
static void touch_write(void)
{
	*touched = 1;
}

__attribute__((unused))
static void touch_execute(void)
{
	((void (*)(void))touched)();
}

#define CHECK_READABLE(address) \
	do { touched = (volatile char *)(address); CHECK_EXIT(touch_read, 0); } while (0)
#define CHECK_WRITABLE(address) \
	do { touched = (volatile char *)(address); CHECK_EXIT(touch_write, 0); } while (0)
#define CHECK_NOT_READABLE(address) \
	do { touched = (volatile char *)(address); CHECK_SIGNAL(touch_read, SIGSEGV); } while (0)
#define CHECK_NOT_WRITABLE(address) \
	do { touched = (volatile char *)(address); CHECK_SIGNAL(touch_write, SIGSEGV); } while (0)

#endif
