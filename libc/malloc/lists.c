/* See lists.h. The layout of classes is that of the two-level segregated fit (Masmano and
 * others, 2004). */
#include "lists.h"

#define LEVELS		41	/* sizes below 256, then doublings up to 2^48 */
#define FIRST_SHIFT	8	/* log2 of the bytes that level 0 spans */
#define CLASS_SHIFT	4	/* log2 of LISTS_CLASSES */

/* Bit l of levels is set if classes[l] is not 0; bit c of classes[l] if heads[l][c] is not NULL. */
static uint64_t levels;
static uint32_t classes[LEVELS];
static struct block *heads[LEVELS][LISTS_CLASSES];

static inline unsigned log2_floor(size_t size)
{
	return 63 - (unsigned)__builtin_clzl(size);
}

/* Both levels in one number: level * LISTS_CLASSES + class. */
static inline unsigned class_of(size_t size)
{
	unsigned bits;

	if (size < (size_t)1 << FIRST_SHIFT)
		return (unsigned)(size / BLOCK_ALIGN);
	bits = log2_floor(size);
	return (bits - FIRST_SHIFT + 1) * LISTS_CLASSES +
	       (size >> (bits - CLASS_SHIFT)) % LISTS_CLASSES;
}

/* The first class with nothing smaller than size in it. */
static inline unsigned class_for(size_t size)
{
	if (size >= (size_t)1 << FIRST_SHIFT)
		size += ((size_t)1 << (log2_floor(size) - CLASS_SHIFT)) - 1;
	return class_of(size);
}

void __heap_lists_insert(struct block *b, size_t size)
{
	unsigned class = class_of(size), level = class / LISTS_CLASSES;
	struct block **head = &heads[level][class % LISTS_CLASSES];

	b->next = link_to(b, *head);
	b->previous = link_to(b, NULL);
	if (*head)
		(*head)->previous = link_to(*head, b);
	*head = b;
	classes[level] |= 1u << class % LISTS_CLASSES;
	levels |= (uint64_t)1 << level;
}

void __heap_lists_remove(struct block *b, size_t size)
{
	unsigned class = class_of(size), level = class / LISTS_CLASSES;
	struct block **head = &heads[level][class % LISTS_CLASSES];
	struct block *next = block_link(b, b->next), *previous = block_link(b, b->previous);

	if (next && block_link(next, next->previous) != b)
		__heap_fail("free list corrupted", next);
	if (previous ? block_link(previous, previous->next) != b : *head != b)
		__heap_fail("free list corrupted", b);
	if (next)
		next->previous = link_to(next, previous);
	if (previous) {
		previous->next = link_to(previous, next);
		return;
	}
	*head = next;
	if (next)
		return;
	classes[level] &= ~(1u << class % LISTS_CLASSES);
	if (!classes[level])
		levels &= ~((uint64_t)1 << level);
}

struct block *__heap_lists_take(size_t size)
{
	unsigned class = class_for(size), level = class / LISTS_CLASSES;
	uint32_t here = level < LEVELS ? classes[level] & ~0u << class % LISTS_CLASSES : 0;
	struct block *b;

	if (!here) {
		uint64_t above = level + 1 < LEVELS ? levels & ~(uint64_t)0 << (level + 1) : 0;

		if (!above)
			return NULL;
		level = (unsigned)__builtin_ctzl(above);
		here = classes[level];
	}
	b = heads[level][__builtin_ctz(here)];
	__heap_lists_remove(b, tag_size(block_tag(b)));
	return b;
}
