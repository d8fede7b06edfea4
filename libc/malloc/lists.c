/* The free lists: see block.h. Sizes below 256 have a list each; above, every doubling has 16
 * (the two-level segregated fit of Masmano and others, 2004). One bit of a map says of each
 * whether it has blocks. A search asks for the first list all of whose blocks are large enough, so
 * it takes the same few steps whatever the heap holds. */
#include "block.h"

#define FIRST_SHIFT	8	/* log2 of the bytes below which every size has a list */
#define LISTS_SHIFT	4	/* log2 of the lists in a doubling */
#define LISTS		(41 << LISTS_SHIFT)	/* up to 2^48 */
#define MAP_BITS	64

static struct chain lists[LISTS];
static uint64_t map[LISTS / MAP_BITS + 1];

static struct link *link_in(struct block *b, size_t link)
{
	return (struct link *)((char *)b + link);
}

static struct block *link_follow(const struct block *b, const uint64_t *word)
{
	return (struct block *)(uintptr_t)block_value(b, word);
}

void __heap_chain_add(struct chain *c, struct block *b, size_t link)
{
	struct block *next = c->first;

	*link_in(b, link) = (struct link){ seal(b, (uintptr_t)next), seal(b, 0) };
	if (next)
		link_in(next, link)->previous = seal(next, (uintptr_t)b);
	else
		c->last = b;
	c->first = b;
}

void __heap_chain_remove(struct chain *c, struct block *b, size_t link)
{
	struct link *l = link_in(b, link);
	struct block *next = link_follow(b, &l->next), *previous = link_follow(b, &l->previous);
	uint64_t *to_next = previous ? &link_in(previous, link)->next : NULL;
	uint64_t *to_previous = next ? &link_in(next, link)->previous : NULL;

	if ((to_next ? link_follow(previous, to_next) : c->first) != b ||
	    (to_previous ? link_follow(next, to_previous) : c->last) != b)
		__heap_fail("free list corrupted", b);
	if (to_next)
		*to_next = seal(previous, (uintptr_t)next);
	else
		c->first = next;
	if (to_previous)
		*to_previous = seal(next, (uintptr_t)previous);
	else
		c->last = previous;
}

static unsigned log2_floor(size_t size)
{
	return 63 - (unsigned)__builtin_clzl(size);
}

static unsigned list_of(size_t size)
{
	unsigned bits;

	if (size < (size_t)1 << FIRST_SHIFT)
		return (unsigned)(size / BLOCK_ALIGN);
	bits = log2_floor(size);
	return ((bits - FIRST_SHIFT + 1) << LISTS_SHIFT) +
	       (size >> (bits - LISTS_SHIFT)) % (1 << LISTS_SHIFT);
}

void __heap_lists_add(struct block *b, size_t size)
{
	unsigned i = list_of(size);

	__heap_chain_add(&lists[i], b, offsetof(struct block, list));
	map[i / MAP_BITS] |= (uint64_t)1 << i % MAP_BITS;
}

void __heap_lists_remove(struct block *b, size_t size)
{
	unsigned i = list_of(size);

	__heap_chain_remove(&lists[i], b, offsetof(struct block, list));
	if (!lists[i].first)
		map[i / MAP_BITS] &= ~((uint64_t)1 << i % MAP_BITS);
}

size_t __heap_lists_round(size_t size)
{
	size_t step = BLOCK_ALIGN;

	if (size >= (size_t)1 << FIRST_SHIFT)
		step = (size_t)1 << (log2_floor(size) - LISTS_SHIFT);
	return (size + step - 1) & -step;
}

struct block *__heap_lists_find(size_t size)
{
	unsigned i = list_of(__heap_lists_round(size)), word = i / MAP_BITS;
	uint64_t found = map[word] & ~(uint64_t)0 << i % MAP_BITS;

	while (!found) {
		if (++word == sizeof map / sizeof *map)
			return NULL;
		found = map[word];
	}
	return lists[word * MAP_BITS + (unsigned)__builtin_ctzl(found)].first;
}
