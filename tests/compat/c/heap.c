/* The C library's heap over brk, mmap and mremap: many sizes in random order, every byte checked. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SLOTS	512
#define ROUNDS	40000

static unsigned char *block[SLOTS];
static size_t size[SLOTS];
static unsigned seed = 1;

static unsigned next(unsigned limit)
{
	seed = seed * 1103515245 + 12345;
	return (seed >> 8) % limit;
}

static int holds(unsigned slot)
{
	for (size_t i = 0; i < size[slot]; i += 61)
		if (block[slot][i] != (unsigned char)(slot + i))
			return 0;
	return 1;
}

static void fill(unsigned slot)
{
	for (size_t i = 0; i < size[slot]; i += 61)
		block[slot][i] = slot + i;
}

static void churn(void)
{
	for (int round = 0; round < ROUNDS; round++) {
		unsigned slot = next(SLOTS);

		if (!holds(slot)) {
			printf("slot %u damaged in round %d\n", slot, round);
			exit(1);
		}
		if (block[slot] && next(2)) {
			free(block[slot]);
			block[slot] = NULL;
			size[slot] = 0;
		} else {
			size[slot] = next(50) ? next(2000) + 1 : next(300000) + 1;
			block[slot] = realloc(block[slot], size[slot]);
			fill(slot);
		}
	}
}

/* One block that grows until the library moves it between mappings. */
static void grow(void)
{
	size_t length = 1000;
	char *text = malloc(length);

	memset(text, 'a', length);
	for (; length < 20000000; length *= 3) {
		text = realloc(text, length * 3);
		memset(text + length, 'a', length * 2);
	}
	printf("grown to %zu, %zu of them right\n", length, strspn(text, "a") >= length - 1 ? length : 0);
	text = realloc(text, 100);
	printf("shrunk: %.5s\n", text);
	free(text);
}

int main(void)
{
	size_t total = 0;
	char *zeros = calloc(1000, 1000), *aligned = NULL;

	churn();
	for (unsigned slot = 0; slot < SLOTS; slot++) {
		total += size[slot];
		free(block[slot]);
	}
	printf("%zu bytes were allocated in the end\n", total);
	for (size_t i = 0; i < 1000000; i++)
		total += zeros[i];
	free(zeros);
	printf("%zu: calloc gives zeros\n", total);
	if (posix_memalign((void **)&aligned, 65536, 100) == 0)
		printf("aligned: %lu\n", (unsigned long)aligned % 65536);
	free(aligned);
	grow();
	return 0;
}
