/* qsort and bsearch: sorted, a permutation, and fast also for inputs that break naive quicksorts. */
#include "test.h"

#define COUNT 20000

static unsigned long compares;

static int compare(const void *a, const void *b)
{
	int x = *(const int *)a, y = *(const int *)b;

	compares++;
	return (x > y) - (x < y);
}

static void check(int (*value)(int))
{
	static int numbers[COUNT];
	long before = 0, after = 0;
	int key;

	for (int i = 0; i < COUNT; i++)
		before += numbers[i] = value(i);
	compares = 0;
	qsort(numbers, COUNT, sizeof(numbers[0]), compare);
	CHECK(compares < 40ul * COUNT);
	for (int i = 0; i < COUNT; i++) {
		CHECK(i == 0 || numbers[i - 1] <= numbers[i]);
		after += numbers[i];
	}
	CHECK_EQ(before, after);
	key = numbers[COUNT / 3];
	CHECK_EQ(*(int *)bsearch(&key, numbers, COUNT, sizeof(numbers[0]), compare), key);
	key = numbers[COUNT - 1] + 1;
	CHECK(bsearch(&key, numbers, COUNT, sizeof(numbers[0]), compare) == NULL);
}

static int rising(int i)
{
	return i;
}

static int falling(int i)
{
	return -i;
}

static int equal(int i)
{
	return (void)i, 5;
}

static int organ_pipe(int i)
{
	return i < COUNT / 2 ? i : COUNT - i;
}

static int scattered(int i)
{
	return (int)((unsigned)i * 2654435761u >> 8);
}

int main(void)
{
	check(rising);
	check(falling);
	check(equal);
	check(organ_pipe);
	check(scattered);
	qsort(&compares, 0, 4, compare);
	PASS();
}
