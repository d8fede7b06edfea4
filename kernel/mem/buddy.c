/* The buddy allocator (Knuth, The Art of Computer Programming, vol. 1, 2.5). The state of a block
 * stands in the struct page of its first frame alone, so that the size of a block costs nothing. */
#include "mem/buddy.h"

void buddy_init(struct buddy *buddy, struct page *pages)
{
	*buddy = (struct buddy){ .pages = pages };
	for (unsigned order = 0; order < FRAME_ORDERS; order++)
		list_init(&buddy->lists[order]);
}

static void block_insert(struct buddy *buddy, struct page *page, unsigned order)
{
	page->use = FRAME_FREE;
	page->order = order;
	list_push_front(&buddy->lists[order], &page->node);
	buddy->blocks[order]++;
	buddy->orders |= 1u << order;
}

static void block_remove(struct buddy *buddy, struct page *page, unsigned order)
{
	list_remove(&page->node);
	if (--buddy->blocks[order] == 0)
		buddy->orders &= ~(1u << order);
}

/* Makes a block free whose first page is FRAME_RESERVED, merged with every buddy that it can be. */
static void block_release(struct buddy *buddy, struct page *page, unsigned order)
{
	buddy->free += 1ul << order;
	for (; order < FRAME_ORDERS - 1; order++) {
		struct page *other = buddy->pages + ((u64)(page - buddy->pages) ^ 1ul << order);
		if (other->use != FRAME_FREE || other->order != order)
			break;
		block_remove(buddy, other, order);
		other->use = FRAME_RESERVED;
		page = MIN(page, other);
	}
	block_insert(buddy, page, order);
}

void buddy_add(struct buddy *buddy, u64 first, u64 count)
{
	while (count > 0) {
		unsigned order = FRAME_ORDERS - 1;
		while ((first & ((1ul << order) - 1)) != 0 || count < 1ul << order)
			order--;
		block_release(buddy, buddy->pages + first, order);
		first += 1ul << order;
		count -= 1ul << order;
	}
}

void buddy_add_allocated(struct buddy *buddy, u64 frame, enum frame_use use)
{
	buddy->pages[frame].use = use;
	buddy->pages[frame].order = 0;
}

struct page *buddy_alloc(struct buddy *buddy, unsigned order, enum frame_use use)
{
	u32 fitting = order < FRAME_ORDERS ? buddy->orders >> order : 0;
	if (fitting == 0)
		return NULL;
	unsigned at = order + __builtin_ctz(fitting);
	struct page *page = list_first(&buddy->lists[at], struct page, node);
	block_remove(buddy, page, at);
	while (at > order) {
		at--;
		block_insert(buddy, page + (1ul << at), at);
	}
	page->use = use;
	page->order = order;
	buddy->free -= 1ul << order;
	return page;
}

enum buddy_result buddy_free(struct buddy *buddy, struct page *page, unsigned order)
{
	if (page->use == FRAME_RESERVED || page->use == FRAME_FREE)
		return BUDDY_NOT_ALLOCATED;
	if (page->order != order)
		return BUDDY_WRONG_ORDER;
	page->use = FRAME_RESERVED;
	block_release(buddy, page, order);
	return BUDDY_OK;
}

u64 buddy_largest(const struct buddy *buddy)
{
	return buddy->orders == 0 ? 0 : 1ul << (31 - __builtin_clz(buddy->orders));
}
