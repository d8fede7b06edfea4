// unit: sources libc/stdlib/qsort.c libc/stdlib/bsearch.c flags -Ilibc/internal -D_GNU_SOURCE
// unit: flags -Dqsort=libc_qsort -Dqsort_r=libc_qsort_r -Dbsearch=libc_bsearch
/* qsort and bsearch: sorted, nothing lost, for all small sizes of elements and arrays, and never
 * more comparisons than 2 n log n, whatever the order was before. */
#include "unit.h"

#include <stdlib.h>
#include <string.h>

static unsigned long comparisons;

static int compare_bytes(const void *left, const void *right)
{
	comparisons++;
	return *(const unsigned char *)left - *(const unsigned char *)right;
}

static int compare_ints(const void *left, const void *right)
{
	int l = *(const int *)left, r = *(const int *)right;

	comparisons++;
	return (l > r) - (l < r);
}

static int compare_down(const void *left, const void *right, void *context)
{
	++*(int *)context;
	return compare_ints(right, left);
}

/* The first byte is the key; the others must stay with it. */
static void sizes(void)
{
	for (size_t size = 1; size < 200; size += size < 20 ? 1 : 37) {
		for (size_t count = 0; count < 40; count++) {
			unsigned char *array = malloc(size * count + 1);
			unsigned long sum = 0, sorted_sum = 0;

			for (size_t i = 0; i < count; i++) {
				memset(array + i * size, (int)unit_random(10), size);
				sum += array[i * size];
			}
			qsort(array, count, size, compare_bytes);
			for (size_t i = 0; i < count; i++) {
				sorted_sum += array[i * size];
				for (size_t j = 1; j < size; j++)
					UNIT_CHECK(array[i * size + j] == array[i * size]);
				UNIT_CHECK(i == 0 || array[i * size - size] <= array[i * size]);
			}
			UNIT_CHECK(sum == sorted_sum);
			free(array);
		}
	}
}

static void sort_ints(int *array, size_t count, const char *what)
{
	unsigned long limit = 0;

	for (size_t n = count; n > 0; n /= 2)
		limit += 2 * count;
	comparisons = 0;
	qsort(array, count, sizeof(*array), compare_ints);
	if (comparisons > limit)
		unit_fail("%s: %lu comparisons for %zu", what, comparisons, count);
	for (size_t i = 1; i < count; i++)
		UNIT_CHECK(array[i - 1] <= array[i]);
}

static void orders(void)
{
	enum { COUNT = 50000 };
	static int array[COUNT];

	for (int i = 0; i < COUNT; i++)
		array[i] = i;
	sort_ints(array, COUNT, "sorted");
	for (int i = 0; i < COUNT; i++)
		array[i] = -i;
	sort_ints(array, COUNT, "reversed");
	for (int i = 0; i < COUNT; i++)
		array[i] = 5;
	sort_ints(array, COUNT, "equal");
	for (int i = 0; i < COUNT; i++)
		array[i] = i < COUNT / 2 ? i : COUNT - i;
	sort_ints(array, COUNT, "up and down");
	for (int i = 0; i < COUNT; i++)
		array[i] = (int)unit_random(1ul << 32);
	sort_ints(array, COUNT, "random");
	for (int i = 0; i < COUNT; i++)
		array[i] = (int)unit_random(4);
	sort_ints(array, COUNT, "few values");
}

static void context(void)
{
	int array[] = { 3, 1, 2, 5, 4 }, calls = 0;

	qsort_r(array, 5, sizeof(*array), compare_down, &calls);
	for (int i = 0; i < 5; i++)
		UNIT_CHECK(array[i] == 5 - i);
	UNIT_CHECK(calls > 0);
}

static void searches(void)
{
	int array[100];

	for (int i = 0; i < 100; i++)
		array[i] = 2 * i;
	for (size_t count = 0; count <= 100; count++) {
		for (int key = -1; key < 201; key++) {
			int *found = bsearch(&key, array, count, sizeof(*array), compare_ints);
			int *expected = key >= 0 && key % 2 == 0 && key / 2 < (int)count
				? array + key / 2
				: NULL;

			UNIT_CHECK(found == expected);
		}
	}
}

int main(void)
{
	UNIT_CASE(sizes);
	UNIT_CASE(orders);
	UNIT_CASE(context);
	UNIT_CASE(searches);
	return unit_done();
}
