// unit: sources kernel/mem/buddy.c flags -Ikernel
/* mem/buddy.c against a model that knows of each frame who holds it. The memory has holes of every
 * kind of alignment, and after every step all lists, counts and states are compared; blocks must be
 * merged as far as they can be. */
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "mem/buddy.h"

#define FRAMES		6144	/* six blocks of the highest order */
#define HOLE		(-1)
#define FREE		0	/* else the number of the allocation, from 1 */
#define BLOCKS_MAX	2048

static struct page *pages;
static struct buddy buddy;
static int owner[FRAMES];

static struct block {
	u64 first;
	unsigned order;
} live[BLOCKS_MAX];
static u32 live_count;
static int next_owner;

/* Usable ranges: around holes of one frame, odd ends, a whole empty block, and one at the very
 * end. */
static const u64 ranges[][2] = {
	{ 1, 159 }, { 256, 257 }, { 258, 1023 }, { 1024, 2048 }, { 3072, 3073 }, { 3075, 4999 },
	{ 5000, 6144 },
};

static void set_owner(u64 first, u64 count, int who)
{
	for (u64 i = 0; i < count; i++)
		owner[first + i] = who;
}

static void setup(void)
{
	free(pages);
	pages = calloc(FRAMES, sizeof(*pages));
	buddy_init(&buddy, pages);
	set_owner(0, FRAMES, HOLE);
	live_count = 0;
	next_owner = 1;
	for (size_t i = 0; i < ARRAY_SIZE(ranges); i++) {
		buddy_add(&buddy, ranges[i][0], ranges[i][1] - ranges[i][0]);
		set_owner(ranges[i][0], ranges[i][1] - ranges[i][0], FREE);
	}
}

static bool model_free_run(u64 first, u64 count)
{
	for (u64 i = 0; i < count; i++)
		if (owner[first + i] != FREE)
			return false;
	return true;
}

/* The order of the largest aligned free block that holds a free frame is the order that its block
 * must have. */
static unsigned model_order(u64 frame)
{
	unsigned order = 0;
	while (order + 1 < FRAME_ORDERS) {
		u64 size = 2ul << order;
		if (!model_free_run(frame / size * size, size))
			break;
		order++;
	}
	return order;
}

static void check_lists(void)
{
	u64 free = 0;
	for (unsigned order = 0; order < FRAME_ORDERS; order++) {
		struct page *page;
		u64 blocks = 0;
		list_for_each(page, &buddy.lists[order], node) {
			u64 first = page - pages;
			UNIT_CHECK(first % (1ul << order) == 0);
			UNIT_CHECK(model_free_run(first, 1ul << order));
			UNIT_CHECK(page->use == FRAME_FREE && page->order == order);
			UNIT_CHECK(model_order(first) == order);
			blocks++;
		}
		UNIT_CHECK(blocks == buddy.blocks[order]);
		UNIT_CHECK((buddy.orders >> order & 1) == (blocks > 0));
		free += blocks << order;
	}
	UNIT_CHECK(free == buddy.free);
}

static void check_states(void)
{
	u64 free = 0;
	for (u64 frame = 0; frame < FRAMES; frame++) {
		free += owner[frame] == FREE;
		if (owner[frame] == HOLE)
			UNIT_CHECK(pages[frame].use == FRAME_RESERVED);
		else if (owner[frame] == FREE && frame % (1ul << model_order(frame)) != 0)
			UNIT_CHECK(pages[frame].use == FRAME_RESERVED);
		else if (owner[frame] == FREE)
			UNIT_CHECK(pages[frame].use == FRAME_FREE);
	}
	UNIT_CHECK(free == buddy.free);
	for (u32 i = 0; i < live_count; i++) {
		const struct page *page = &pages[live[i].first];
		UNIT_CHECK(page->use == FRAME_KERNEL && page->order == live[i].order);
		for (u64 frame = 1; frame < 1ul << live[i].order; frame++)
			UNIT_CHECK(page[frame].use == FRAME_RESERVED);
	}
}

static void check_all(void)
{
	check_lists();
	check_states();
}

static void allocate(unsigned order)
{
	struct page *page = buddy_alloc(&buddy, order, FRAME_KERNEL);
	if (page == NULL) {
		for (u64 first = 0; first < FRAMES; first += 1ul << order)
			UNIT_CHECK(!model_free_run(first, 1ul << order));
		return;
	}
	u64 first = page - pages;
	UNIT_CHECK(first % (1ul << order) == 0 && first + (1ul << order) <= FRAMES);
	UNIT_CHECK(model_free_run(first, 1ul << order));
	set_owner(first, 1ul << order, next_owner++);
	live[live_count++] = (struct block){ first, order };
}

static void release(u32 index)
{
	struct block block = live[index];
	live[index] = live[--live_count];
	UNIT_CHECK(buddy_free(&buddy, &pages[block.first], block.order) == BUDDY_OK);
	set_owner(block.first, 1ul << block.order, FREE);
}

static unsigned random_order(void)
{
	unsigned order = 0;
	while (order < FRAME_ORDERS - 1 && unit_random(2) == 0)
		order++;
	return order;
}

static void first_state(void)
{
	setup();
	check_all();
	u64 usable = 0;
	for (size_t i = 0; i < ARRAY_SIZE(ranges); i++)
		usable += ranges[i][1] - ranges[i][0];
	UNIT_CHECK(buddy.free == usable);
	UNIT_CHECK(buddy_largest(&buddy) == 1024);
}

static void random_orders(void)
{
	setup();
	for (int step = 0; step < 3000; step++) {
		bool growing = step / 500 % 2 == 0;
		bool wants = live_count == 0 || unit_random(8) < (growing ? 6 : 2);
		if (wants && live_count < BLOCKS_MAX)
			allocate(random_order());
		else
			release(unit_random(live_count));
		if (step % 16 == 0)
			check_all();
	}
	while (live_count > 0)
		release(unit_random(live_count));
	check_all();
}

/* Everything is taken at one order, then given back; the machine looks as it did before. */
static void exhaustion(void)
{
	for (unsigned order = 0; order < FRAME_ORDERS; order++) {
		setup();
		struct buddy before = buddy;
		while (live_count < BLOCKS_MAX) {
			u32 count = live_count;
			allocate(order);
			if (live_count == count)
				break;
		}
		check_all();
		while (live_count > 0)
			release(unit_random(live_count));
		check_all();
		UNIT_CHECK(memcmp(before.blocks, buddy.blocks, sizeof(before.blocks)) == 0);
	}
}

static void single_frames(void)
{
	setup();
	u64 usable = buddy.free;
	for (u64 i = 0; i < usable; i++)
		UNIT_CHECK(buddy_alloc(&buddy, 0, FRAME_FILE) != NULL);
	UNIT_CHECK(buddy_alloc(&buddy, 0, FRAME_FILE) == NULL);
	UNIT_CHECK(buddy.free == 0 && buddy.orders == 0 && buddy_largest(&buddy) == 0);
	for (u64 i = 0; i < FRAMES; i++)
		if (owner[i] != HOLE)
			UNIT_CHECK(buddy_free(&buddy, &pages[i], 0) == BUDDY_OK);
	check_all();
}

static void expect_refusal(u64 frame, unsigned order, enum buddy_result expected)
{
	static struct page copy[FRAMES];
	struct buddy before = buddy;
	memcpy(copy, pages, sizeof(copy));
	UNIT_CHECK(buddy_free(&buddy, &pages[frame], order) == expected);
	UNIT_CHECK(memcmp(&before, &buddy, sizeof(before)) == 0);
	UNIT_CHECK(memcmp(copy, pages, sizeof(copy)) == 0);
}

static void wrong_frees(void)
{
	setup();
	expect_refusal(0, 0, BUDDY_NOT_ALLOCATED);	/* a hole */
	expect_refusal(2500, 3, BUDDY_NOT_ALLOCATED);
	expect_refusal(1024, 10, BUDDY_NOT_ALLOCATED);	/* free, and never allocated */
	expect_refusal(1025, 0, BUDDY_NOT_ALLOCATED);	/* in the middle of a free block */
	for (unsigned order = 0; order < FRAME_ORDERS; order++) {
		allocate(order);
		u64 first = live[0].first;
		for (unsigned wrong = 0; wrong <= FRAME_ORDERS; wrong++)
			if (wrong != order)
				expect_refusal(first, wrong, BUDDY_WRONG_ORDER);
		for (u64 inside = 1; inside < 1ul << order; inside <<= 1)
			expect_refusal(first + inside, 0, BUDDY_NOT_ALLOCATED);
		release(0);
		expect_refusal(first, order, BUDDY_NOT_ALLOCATED);	/* twice */
	}
	check_all();
	UNIT_CHECK(buddy_alloc(&buddy, FRAME_ORDERS, FRAME_KERNEL) == NULL);
	UNIT_CHECK(buddy_alloc(&buddy, 1000, FRAME_KERNEL) == NULL);
}

/* A boot module: its frames come allocated, and merge when they are given back. */
static void frames_added_allocated(void)
{
	setup();
	free(pages);
	pages = calloc(FRAMES, sizeof(*pages));
	buddy_init(&buddy, pages);
	set_owner(0, FRAMES, HOLE);
	buddy_add(&buddy, 1024, 300);
	for (u64 frame = 1324; frame < 2048; frame++)
		buddy_add_allocated(&buddy, frame, FRAME_FILE);
	UNIT_CHECK(buddy.free == 300);
	for (u64 frame = 1324; frame < 2048; frame++)
		UNIT_CHECK(buddy_free(&buddy, &pages[frame], 0) == BUDDY_OK);
	set_owner(1024, 1024, FREE);
	check_all();
	UNIT_CHECK(buddy.blocks[10] == 1 && buddy.free == 1024);
}

int main(void)
{
	UNIT_CASE(first_state);
	UNIT_CASE(random_orders);
	UNIT_CASE(exhaustion);
	UNIT_CASE(single_frames);
	UNIT_CASE(wrong_frees);
	UNIT_CASE(frames_added_allocated);
	free(pages);
	return unit_done();
}
