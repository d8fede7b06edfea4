/* heapdemo: the heap at work. It fills a board of blocks, frees and resizes some, and after each
 * step draws the board and says what the heap counts. It prints no addresses, so that every run
 * prints the same.
 *
 *	heapdemo [BLOCKS]		(1 to 512, 256 unless given)
 *
 * SYNOS_HEAP_STEP=64M heapdemo    shows the same in a heap that grows by 64 MiB. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <synos/heap.h>
#include <unistd.h>

#include "output.h"

#define BOARD	512
#define COLUMNS	64
#define BAR	50

static struct {
	unsigned char *bytes;
	size_t size;
} board[BOARD];

static long blocks = 256;

static uint32_t random_below(uint32_t n)
{
	static uint32_t state = 2463534242u;

	state ^= state << 13;
	state ^= state >> 17;
	state ^= state << 5;
	return state % n;
}

/* Every block carries its own number in each byte. */
static void block_fill(int i)
{
	memset(board[i].bytes, i & 0xff, board[i].size);
}

static void block_check(int i, size_t size)
{
	for (size_t k = 0; k < size; k++) {
		if (board[i].bytes[k] != (i & 0xff)) {
			printf("block %d is damaged at byte %zu\n", i, k);
			exit(1);
		}
	}
}

static void block_resize(int i, size_t size)
{
	unsigned char *bytes = realloc(board[i].bytes, size);

	if (!bytes) {
		perror("heapdemo: realloc");
		exit(1);
	}
	board[i].bytes = bytes;
	block_check(i, board[i].size < size ? board[i].size : size);
	board[i].size = size;
	block_fill(i);
}

static void block_free(int i)
{
	block_check(i, board[i].size);
	free(board[i].bytes);
	board[i].bytes = NULL;
	board[i].size = 0;
}

/* One character for each block: the larger, the darker. */
static char block_picture(int i)
{
	static const struct {
		size_t below;
		char picture;
	} pictures[] = { { 1, ' ' }, { 64, '.' }, { 512, ':' }, { 4096, 'o' }, { 262144, 'O' } };

	for (size_t k = 0; k < sizeof(pictures) / sizeof(*pictures); k++)
		if (board[i].size < pictures[k].below)
			return pictures[k].picture;
	return '#';
}

/* A bar for each doubling of sizes: how many blocks of the heap are in use. */
static void sizes_draw(void)
{
	size_t counts[HEAP_HISTOGRAM];

	heap_histogram(counts);
	for (int i = 1; i < HEAP_HISTOGRAM; i++) {
		if (!counts[i])
			continue;
		printf("  %8zu ", (size_t)1 << i);
		for (size_t n = 0; n < counts[i] && n < BAR; n++)
			putchar('#');
		printf(" %zu\n", counts[i]);
	}
}

static void draw(const char *title)
{
	struct allocation_stats s = get_allocation_stats();
	unsigned percent = get_heap_usage_percent();

	printf("\n%s\n", title);
	for (int i = 0; i < blocks; i += COLUMNS) {
		printf("  |");
		for (int k = i; k < i + COLUMNS && k < blocks; k++)
			putchar(block_picture(k));
		printf("|\n");
	}
	printf("  heap [");
	for (unsigned i = 0; i < BAR; i++)
		putchar(i < percent * BAR / 100 ? '=' : '-');
	printf("] %u %% in use\n", percent);
	sizes_draw();
	printf("  %zu allocations, %zu deallocations\n", s.total_allocations,
	       s.total_deallocations);
	printf("  %zu bytes allocated, %zu freed\n", s.bytes_allocated, s.bytes_freed);
	printf("  %zu bytes in use, %zu at the peak\n", s.current_usage, s.peak_usage);
}

int main(int argc, char **argv)
{
	char *end = "";

	if (getopt(argc, argv, "") != -1)
		return 2;
	if (optind < argc)
		blocks = strtol(argv[optind], &end, 10);
	if (argc - optind > 1 || *end || blocks < 1 || blocks > BOARD) {
		fprintf(stderr, "usage: heapdemo [BLOCKS], which are 1 to %d\n", BOARD);
		return 2;
	}
	printf("A place is a block: ' ' none, '.' under 64 bytes, ':' under 512, 'o' under 4096,\n"
	       "'O' under 256 KiB, '#' from there on. The bars: how many blocks\n"
	       "are below each size\n");
	draw("Before the first allocation");

	for (int i = 0; i < blocks; i++)
		block_resize(i, 1 + random_below(32u << random_below(12)));
	draw("All allocated");

	for (int i = 0; i < blocks; i += 2)
		block_free(i);
	draw("Every second freed: holes");

	for (int i = 1; i < blocks; i += 4)
		block_resize(i, board[i].size * 2);
	draw("Half of the rest grown to twice their size");

	for (int i = 0; i < blocks; i += COLUMNS)
		block_resize(i, ((size_t)256 << 10) + random_below(1 << 18));
	draw("Some large blocks among them");

	for (int i = 0; i < blocks; i++)
		if (board[i].bytes)
			block_free(i);
	draw("All freed");
	return !output_written("heapdemo");
}
