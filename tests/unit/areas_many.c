// unit: sources kernel/lib/rbtree.c flags -Ikernel
/* vm/areas.c with as many areas as a space may have: every operation takes a number of steps that
 * grows with the logarithm of their number. A step is an area that is looked at, counted where a
 * tree's node is turned into its area. */
#include "unit.h"

#include <stdlib.h>

#include "lib/types.h"

static u64 steps;
static inline char *count_step(char *address)
{
	steps++;
	return address;
}
#undef container_of
#define container_of(pointer, type, member) \
	((type *)count_step((char *)(pointer) - offsetof(type, member)))
#include "../../kernel/vm/areas.c"

#define MOST		65000u
#define OPERATIONS	3000
#define STEPS_FOR(height)	(14 * (height))

static struct rb_tree tree;
static struct area *areas[MOST];

static u32 log_of(u32 count)
{
	return 64 - __builtin_clzl(count);
}

static struct area *area_at(u64 start, u64 pages)
{
	struct area *area = calloc(1, sizeof(*area));

	area->start = start;
	area->end = start + pages * PAGE_SIZE;
	return area;
}

/* Two pages, every fourth: there are gaps of two pages everywhere, and larger ones nowhere but at the
 * end. */
static void fill(u32 count)
{
	areas_init(&tree);
	for (u32 i = 0; i < count; i++) {
		areas[i] = area_at((4ul * i + 4) * PAGE_SIZE, 2);
		areas_insert(&tree, areas[i]);
	}
}

static u64 most;

#define COUNTED(operation)				\
	do {						\
		steps = 0;				\
		operation;				\
		most = MAX(most, steps);		\
	} while (0)

static void operate(u32 count)
{
	u32 index = unit_random(count);
	struct area *area = areas[index], *upper = calloc(1, sizeof(*upper));
	u64 start = area->start, low, place;

	COUNTED(UNIT_CHECK(areas_find(&tree, start + PAGE_SIZE) == area));
	COUNTED(areas_split(&tree, area, start + PAGE_SIZE, upper));
	COUNTED(UNIT_CHECK(areas_continue(area, upper)));
	COUNTED(areas_join(&tree, area, upper));
	COUNTED(areas_resize(&tree, area, start, start + PAGE_SIZE));
	COUNTED(areas_resize(&tree, area, start, start + 2 * PAGE_SIZE));
	free(upper);

	/* A place of two pages below any limit is the gap below it; one of three is there only when an
	 * area is gone, wherever that was. */
	COUNTED(place = areas_find_gap(&tree, 0, start, 2 * PAGE_SIZE));
	UNIT_CHECK(place == start - 2 * PAGE_SIZE);
	low = areas[unit_random(index + 1)]->start;
	COUNTED(place = areas_find_gap(&tree, low, areas[count - 1]->end, 3 * PAGE_SIZE));
	UNIT_CHECK(place == AREAS_NO_GAP);
	COUNTED(areas_remove(&tree, area));
	COUNTED(place = areas_find_gap(&tree, low, areas[count - 1]->end, 3 * PAGE_SIZE));
	if (index + 1 < count && low <= start - 2 * PAGE_SIZE)
		UNIT_CHECK(place == start + PAGE_SIZE);
	COUNTED(areas_insert(&tree, area));
}

static void grows_slowly(void)
{
	for (u32 count = 65; count <= MOST; count *= 10) {
		most = 0;
		fill(count);
		for (int i = 0; i < OPERATIONS; i++)
			operate(count);
		printf("# %u areas: at most %lu steps\n", count, most);
		UNIT_CHECK(most <= STEPS_FOR(log_of(count)));
		for (u32 i = 0; i < count; i++)
			free(areas[i]);
	}
}

int main(void)
{
	UNIT_CASE(grows_slowly);
	return unit_done();
}
