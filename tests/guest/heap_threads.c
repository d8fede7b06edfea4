/* Eight threads allocate, resize and free at random, each block with contents of its own, some of
 * them freed by another thread than allocated them; threads end with blocks live, which others
 * check and free; and one thread forks in the middle of it all. time-limit: 120
 *
 *	heap_threads [ROUNDS]	(calls of each thread in thousands, 100 unless given) */
#include <pthread.h>
#include <stdint.h>
#include <synos/heap.h>

#include "heap_calls.h"
#include "test.h"

#define THREADS	8
#define OWN	64
#define SHARED	256

static unsigned char *shared[SHARED];	/* blocks that whoever comes by takes over; atomic */
static int rounds = 100;
static volatile int ended;

/* A block begins with its size; its bytes follow from it. */
static void block_check(unsigned char *b)
{
	uint32_t size;

	if (!b)
		return;
	memcpy(&size, b, sizeof(size));
	for (uint32_t i = sizeof(size); i < size; i += 1 + i / 8)
		CHECK_EQ(b[i], (unsigned char)(size + i));
}

static unsigned char *block_fill(unsigned char *b, uint32_t size)
{
	CHECK(b != NULL);
	CHECK(malloc_usable_size(b) >= size);
	memcpy(b, &size, sizeof(size));
	for (uint32_t i = sizeof(size); i < size; i += 1 + i / 8)
		b[i] = (unsigned char)(size + i);
	return b;
}

static uint32_t random_next(uint64_t *state)
{
	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*state >> 33);
}

static uint32_t random_size(uint64_t *state)
{
	uint32_t bits = random_next(state) % 64;

	return 4 + random_next(state) % (bits ? 16u << bits % 8 : 400000);
}

static void step(unsigned char **own, uint64_t *state)
{
	unsigned char **b = &own[random_next(state) % OWN];

	block_check(*b);
	switch (random_next(state) % 4) {
	case 0:
		*b = __atomic_exchange_n(&shared[random_next(state) % SHARED], *b, __ATOMIC_ACQ_REL);
		break;
	case 1: {
		uint32_t size = random_size(state);

		*b = block_fill(realloc(*b, size), size);
		break;
	}
	default:
		free(*b);
		*b = NULL;
		if (random_next(state) % 2) {
			uint32_t size = random_size(state);

			*b = block_fill(malloc(size), size);
		}
	}
}

static void *churn(void *seed)
{
	unsigned char *own[OWN] = { NULL };
	uint64_t state = (uintptr_t)seed * 0x9e3779b97f4a7c15;

	for (int i = 0; i < rounds * 1000; i++)
		step(own, &state);
	/* What is its own at the end, it leaves to others. */
	for (int i = 0; i < OWN; i++) {
		own[i] = __atomic_exchange_n(&shared[(i * 4 + (uintptr_t)seed) % SHARED], own[i],
					     __ATOMIC_ACQ_REL);
		block_check(own[i]);
		free(own[i]);
	}
	__atomic_add_fetch(&ended, 1, __ATOMIC_RELEASE);
	return NULL;
}

/* In the child, which has one thread, the heap works on, with the blocks of all. */
static void child(void)
{
	unsigned char *own[OWN] = { NULL };
	uint64_t state = 99;

	for (int i = 0; i < 2000; i++)
		step(own, &state);
	for (int i = 0; i < SHARED; i++) {
		block_check(shared[i]);
		free(shared[i]);
	}
}

int main(int argc, char **argv)
{
	struct allocation_stats stats;
	pthread_t threads[THREADS];

	if (argc > 1)
		rounds = atoi(argv[1]);
	for (uintptr_t i = 0; i < THREADS; i++)
		CHECK_EQ(pthread_create(&threads[i], NULL, churn, (void *)(i + 1)), 0);
	do {
		CHECK_EXIT(child, 0);
	} while (__atomic_load_n(&ended, __ATOMIC_ACQUIRE) < THREADS);
	for (int i = 0; i < THREADS; i++)
		CHECK_EQ(pthread_join(threads[i], NULL), 0);
	for (int i = 0; i < SHARED; i++) {
		block_check(shared[i]);
		free(shared[i]);
	}
	stats = get_allocation_stats();
	CHECK_EQ(stats.current_usage, stats.bytes_allocated - stats.bytes_freed);
	CHECK(stats.peak_usage >= stats.current_usage);
	/* The thread library may keep some. */
	CHECK(stats.total_allocations - stats.total_deallocations < 100);
	PASS();
}
