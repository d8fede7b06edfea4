/* qsort(3), qsort_r(3): a heap sort, so never worse than n log n comparisons whatever the input,
 * and without memory of its own. Each step sifts the bottom-up way: the hole left by the largest
 * element sinks to a leaf along the larger children, one comparison a level, and the displaced
 * element climbs from there, usually not far. */
#include <stdlib.h>

#include "alias.h"

typedef int (*comparison)(const void *, const void *, void *);

struct sort {
	char *array;
	size_t size;
	comparison compare;
	void *context;
};

static void swap(struct sort *sort, size_t i, size_t j)
{
	char *left = sort->array + i * sort->size, *right = sort->array + j * sort->size;
	size_t left_over = sort->size;

	for (; left_over >= sizeof(long); left_over -= sizeof(long)) {
		long part;

		__builtin_memcpy(&part, left, sizeof(part));
		__builtin_memcpy(left, right, sizeof(part));
		__builtin_memcpy(right, &part, sizeof(part));
		left += sizeof(part);
		right += sizeof(part);
	}
	for (; left_over > 0; left_over--) {
		char part = *left;

		*left++ = *right;
		*right++ = part;
	}
}

static int less(struct sort *sort, size_t i, size_t j)
{
	return sort->compare(sort->array + i * sort->size, sort->array + j * sort->size,
		       sort->context) < 0;
}

/* Restores the heap in [0, count) below root, whose children are heaps: no element is less than its
 * children. */
static void sift(struct sort *sort, size_t root, size_t count)
{
	size_t leaf = root;

	while (2 * leaf + 2 < count)
		leaf = less(sort, 2 * leaf + 1, 2 * leaf + 2) ? 2 * leaf + 2 : 2 * leaf + 1;
	if (2 * leaf + 2 == count)
		leaf = 2 * leaf + 1;

	/* Where on the path does the root's element belong? There, it changes places with each one
	 * above, in turn. */
	while (leaf > root && less(sort, leaf, root))
		leaf = (leaf - 1) / 2;
	for (; leaf > root; leaf = (leaf - 1) / 2)
		swap(sort, root, leaf);
}

void __qsort_r(void *array, size_t count, size_t size, comparison compare, void *context)
{
	struct sort sort = { array, size, compare, context };

	if (size == 0)
		return;
	for (size_t root = count / 2; root-- > 0;)
		sift(&sort, root, count);
	while (count > 1) {
		count--;
		swap(&sort, 0, count);
		sift(&sort, 0, count);
	}
}

weak_alias(__qsort_r, qsort_r);

static int compare_plainly(const void *left, const void *right, void *context)
{
	return ((int (*)(const void *, const void *))context)(left, right);
}

void qsort(void *array, size_t count, size_t size, int (*compare)(const void *, const void *))
{
	__qsort_r(array, count, size, compare_plainly, (void *)compare);
}
