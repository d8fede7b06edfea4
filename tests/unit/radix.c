// unit: sources kernel/fs/radix.c flags -Ikernel
/* fs/radix.c against a plain array: insertions that may find no memory, and removals of ranges. */
#include "unit.h"

#include <stdlib.h>

#include "fs/radix.h"
#include "lib/errno.h"
#include "mem/slab.h"

#define INDICES	5000

static u64 objects, fail_countdown;

void *slab_alloc_zeroed(struct slab_cache *cache)
{
	if (fail_countdown > 0 && --fail_countdown == 0)
		return NULL;
	objects++;
	return calloc(1, cache->size);
}

void slab_free(struct slab_cache *cache, void *object)
{
	(void)cache;
	objects--;
	free(object);
}

/* Dense at the start, then farther and farther apart, up to the end of the numbers. */
static u64 index_of(u32 place)
{
	if (place < INDICES / 2)
		return place;
	u32 shift = 12 + place % 52;
	return place == INDICES - 1 ? UINT64_MAX : (1ul << shift) + place;
}

static struct radix tree;
static char *model[INDICES];
static char things[INDICES];
static u64 visited, last_visited;

static void check(void)
{
	for (u32 i = 0; i < INDICES; i++)
		UNIT_CHECK(radix_find(&tree, index_of(i)) == model[i]);
}

static void visit(void *entry, void *context)
{
	u64 index = index_of((char *)entry - things);

	(void)context;
	UNIT_CHECK(visited == 0 || index > last_visited);
	last_visited = index;
	visited++;
}

static void remove_range(u64 first, u64 last)
{
	u64 expected = 0;

	for (u32 i = 0; i < INDICES; i++) {
		if (index_of(i) < first || index_of(i) > last || !model[i])
			continue;
		model[i] = NULL;
		expected++;
	}
	visited = 0;
	radix_remove(&tree, first, last, visit, NULL);
	UNIT_CHECK(visited == expected);
}

static void insert(u32 place)
{
	fail_countdown = unit_random(16) == 0 ? 1 + unit_random(6) : 0;
	int error = radix_insert(&tree, index_of(place), &things[place]);
	bool failed = error == -ENOMEM;

	fail_countdown = 0;
	UNIT_CHECK(failed || error == (model[place] ? -EEXIST : 0));
	if (error == 0)
		model[place] = &things[place];
}

static void random_ranges(void)
{
	for (int round = 0; round < 300; round++) {
		u32 count = unit_random(600);
		for (u32 i = 0; i < count; i++)
			insert(unit_random(INDICES));
		u64 one = index_of(unit_random(INDICES)), other = index_of(unit_random(INDICES));
		remove_range(MIN(one, other), unit_random(8) == 0 ? MIN(one, other) : MAX(one, other));
		if (round % 10 == 0)
			check();
		if (round % 50 == 49) {
			remove_range(0, UINT64_MAX);
			UNIT_CHECK(objects == 0 && tree.height == 0);
		}
	}
	remove_range(0, UINT64_MAX);
	UNIT_CHECK(objects == 0 && tree.root == NULL && tree.height == 0);
	check();
}

static void only_the_first(void)
{
	UNIT_CHECK(radix_insert(&tree, 0, &things[0]) == 0);
	UNIT_CHECK(objects == 0);
	model[0] = &things[0];
	remove_range(1, UINT64_MAX);
	check();
	remove_range(0, 0);
	check();
}

int main(void)
{
	UNIT_CASE(only_the_first);
	UNIT_CASE(random_ranges);
	return unit_done();
}
