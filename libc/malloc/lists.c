/* See lists.h. The layout of classes is that of the two-level segregated fit (Masmano and
 * others, 2004); one bit of a map says of each class whether it has blocks. */
#include "lists.h"

#define FIRST_SHIFT	8	/* log2 of the bytes below which every size has a class */
#define CLASS_SHIFT	4	/* log2 of LISTS_CLASSES */
#define CLASSES		(41 * LISTS_CLASSES)	/* up to 2^48 */
#define MAP_BITS	64

static struct block *heads[CLASSES];
static uint64_t map[CLASSES / MAP_BITS + 1];

static unsigned log2_floor(size_t size)
{
	return 63 - (unsigned)__builtin_clzl(size);
}

static unsigned class_of(size_t size)
{
	unsigned bits;

	if (size < (size_t)1 << FIRST_SHIFT)
		return (unsigned)(size / BLOCK_ALIGN);
	bits = log2_floor(size);
	return (bits - FIRST_SHIFT + 1) * LISTS_CLASSES +
	       (size >> (bits - CLASS_SHIFT)) % LISTS_CLASSES;
}

/* The first class with nothing smaller than size in it. */
static unsigned class_for(size_t size)
{
	if (size >= (size_t)1 << FIRST_SHIFT)
		size += ((size_t)1 << (log2_floor(size) - CLASS_SHIFT)) - 1;
	return class_of(size);
}

void __heap_lists_insert(struct block *b, size_t size)
{
	unsigned class = class_of(size);
	struct block *head = heads[class];

	b->next = link_to(b, head);
	b->previous = link_to(b, NULL);
	if (head)
		head->previous = link_to(head, b);
	heads[class] = b;
	map[class / MAP_BITS] |= (uint64_t)1 << class % MAP_BITS;
}

void __heap_lists_remove(struct block *b, size_t size)
{
	unsigned class = class_of(size);
	struct block *next = block_link(b, b->next), *previous = block_link(b, b->previous);

	if (next && block_link(next, next->previous) != b)
		__heap_fail("free list corrupted", next);
	if (previous ? block_link(previous, previous->next) != b : heads[class] != b)
		__heap_fail("free list corrupted", b);
	if (next)
		next->previous = link_to(next, previous);
	if (previous)
		previous->next = link_to(previous, next);
	else
		heads[class] = next;
	if (!heads[class])
		map[class / MAP_BITS] &= ~((uint64_t)1 << class % MAP_BITS);
}

struct block *__heap_lists_take(size_t size)
{
	unsigned class, word;
	uint64_t found;
	struct block *b;

	if (size >> (SEAL_BITS - 1))
		return NULL;
	class = class_for(size);
	word = class / MAP_BITS;
	found = map[word] & ~(uint64_t)0 << class % MAP_BITS;
	while (!found) {
		if (++word == sizeof map / sizeof *map)
			return NULL;
		found = map[word];
	}
	b = heads[word * MAP_BITS + (unsigned)__builtin_ctzl(found)];
	__heap_lists_remove(b, tag_size(block_tag(b)));
	return b;
}
