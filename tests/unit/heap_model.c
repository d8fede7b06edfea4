// unit: sources libc/malloc/malloc.c libc/malloc/small.c libc/malloc/span.c
// unit: sources libc/malloc/info.c libc/malloc/glue.c
// unit: sources libc/pthread/lock.c tests/bench/heap/lock.c
// unit: flags -D_GNU_SOURCE -idirafter libc/include -iquote libc/internal -D__write=write
// unit: flags -D__mmap=hooked_mmap -D__munmap=hooked_munmap
// unit: flags -D__mremap=hooked_mremap -D__madvise=madvise
// unit: flags -Dmalloc=heap_malloc -Dfree=heap_free -Dcalloc=heap_calloc -Drealloc=heap_realloc
// unit: flags -Dreallocarray=heap_reallocarray -Dmalloc_usable_size=heap_usable_size
// unit: flags -Daligned_alloc=heap_aligned_alloc -Dposix_memalign=heap_posix_memalign
// unit: flags -Dmemalign=heap_memalign -Dmalloc_stats=heap_stats libs -pthread
/* The heap beside the host's own, under names of its own, over the host's mmap. Random calls are
 * held against a model: contents, alignment, every statistic after every call, and the
 * invariants of spans and slots. mmap and munmap can be made to fail at the n-th call. Misuse runs
 * in children, which have to abort with the right words. */
#include <errno.h>
#include <malloc.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <synos/heap.h>
#include <unistd.h>

#include "libc/malloc/small.h"
#include "malloc_fork.h"

/* The hooks: the call that fails, counted down to 0 (which lets all pass), and whether those
 * after it fail too. */
static long map_fails, unmap_fails, map_calls;
static int fails_go_on, may_fail, no_reserve;	/* the last: no addresses to spare */
static size_t mapped, map_most;	/* the last: if not 0, no more at once */
static char *map_upwards;	/* where the next spans go, above them those after them */

static int must_fail(long *countdown)
{
	if (*countdown == 1)
		*countdown = fails_go_on ? 1 : 0;
	else if (!*countdown || --*countdown)
		return 0;
	return 1;
}

void *hooked_mmap(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	void *got;

	map_calls++;
	if ((map_fails && must_fail(&map_fails)) || (no_reserve && flags & MAP_NORESERVE) ||
	    (map_most && mapped + length > map_most)) {
		errno = ENOMEM;
		return MAP_FAILED;
	}
	/* A leaf of the table may go anywhere, not between two spans. */
	if (map_upwards && length >= HEAP_STEP_LEAST && length != sizeof __heap_no_leaf) {
		got = mmap(map_upwards, length, protection, flags | MAP_FIXED, fd, offset);
		map_upwards += length;
	} else {
		got = mmap(address, length, protection, flags, fd, offset);
	}
	if (got != MAP_FAILED)
		mapped += length;
	return got;
}

int hooked_munmap(void *address, size_t length)
{
	if (unmap_fails && must_fail(&unmap_fails)) {
		errno = ENOMEM;
		return -1;
	}
	mapped -= length;
	return munmap(address, length);
}

void *hooked_mremap(void *address, size_t old, size_t length, int flags, void *to)
{
	map_calls++;
	if (map_fails && must_fail(&map_fails)) {
		/* The kernel may have unmapped it by then. */
		if (map_calls % 3) {
			munmap(to, length);
			mapped -= length;
		}
		errno = map_calls % 2 ? EFAULT : ENOMEM;
		return MAP_FAILED;
	}
	return mremap(address, old, length, flags, to);
}

static void check_failed(int line, const char *what)
{
	fprintf(stderr, "heap_model.c:%d: %s\n", line, what);
	_exit(1);
}

#define CHECK(condition) ((condition) ? (void)0 : check_failed(__LINE__, #condition))

static uint64_t random_state;

static uint32_t random_below(uint32_t n)
{
	random_state ^= random_state << 13;
	random_state ^= random_state >> 7;
	random_state ^= random_state << 17;
	return (uint32_t)((random_state >> 32) * n >> 32);
}

/* Mostly small, sometimes up to two large blocks' worth. */
static size_t random_size(void)
{
	return random_below(2u << random_below(20));
}

/* The model. */
#define PLACES	400

struct place {
	unsigned char *p;
	size_t size, usable;
	unsigned char seed;
};

static struct place places[PLACES];
static struct allocation_stats model;
static size_t mapped_most;	/* by the heap */

static void place_fill(struct place *s)
{
	s->seed = (unsigned char)random_below(256);
	for (size_t i = 0; i < s->size; i++)
		s->p[i] = (unsigned char)(s->seed + i * 7);
}

static void place_check(const struct place *s, size_t size)
{
	for (size_t i = 0; i < size; i++)
		CHECK(s->p[i] == (unsigned char)(s->seed + i * 7));
}

static void model_more(size_t bytes)
{
	model.bytes_allocated += bytes;
	model.current_usage += bytes;
	if (model.current_usage > model.peak_usage)
		model.peak_usage = model.current_usage;
}

static void model_less(size_t bytes)
{
	model.bytes_freed += bytes;
	model.current_usage -= bytes;
}

/* Bytes of the table. */
static size_t leaves(void)
{
	size_t count = 0;

	for (size_t i = 0; i < LEAVES; i++)
		count += __heap_leaves[i] != 0;
	return count * sizeof __heap_no_leaf;
}

static void model_agrees(void)
{
	struct allocation_stats s = get_allocation_stats();

	CHECK(s.total_allocations == model.total_allocations);
	CHECK(s.total_deallocations == model.total_deallocations);
	CHECK(s.bytes_allocated == model.bytes_allocated);
	CHECK(s.bytes_freed == model.bytes_freed);
	/* Free blocks of current slots count as in use for it, and an eighth of each other slot may. */
	mapped_most = __heap_mapped > mapped_most ? __heap_mapped : mapped_most;
	CHECK(s.peak_usage >= model.peak_usage);
	CHECK(s.peak_usage <= model.peak_usage + BINS * GRANULE + mapped_most / 8);
	CHECK(s.current_usage == model.current_usage);
	CHECK(get_heap_usage_percent() ==
	      (__heap_mapped ? model.current_usage * 100 / __heap_mapped : 0));
}

static void place_made(struct place *s, void *p, size_t size, size_t alignment)
{
	s->p = p;
	s->size = size;
	CHECK((uintptr_t)p % alignment == 0);
	s->usable = malloc_usable_size(p);
	CHECK(s->usable >= size);
	model.total_allocations++;
	model_more(s->usable);
	place_fill(s);
}

static void place_allocate(struct place *s)
{
	size_t size = random_size(), alignment = 16;
	void *p = NULL;

	switch (random_below(4)) {
	case 0:
		p = calloc(1, size);
		for (size_t i = 0; p && i < size; i++)
			CHECK(!((char *)p)[i]);
		break;
	case 1:
		alignment = (size_t)16 << random_below(random_below(8) ? 6 : 16);
		errno = posix_memalign(&p, alignment, size);
		CHECK(!errno == !!p);
		break;
	default:
		p = malloc(size);
	}
	if (p)
		place_made(s, p, size, alignment);
	else
		CHECK(may_fail && errno == ENOMEM);
}

static void place_free(struct place *s)
{
	place_check(s, s->size);
	errno = 12345;
	free(s->p);
	CHECK(errno == 12345);
	s->p = NULL;
	model.total_deallocations++;
	model_less(s->usable);
}

static void place_resize(struct place *s)
{
	size_t size = 1 + (random_below(3) ? s->size + random_below(200) : random_size()), usable;
	void *p;

	errno = 0;
	p = realloc(s->p, size);

	if (!p) {
		CHECK(may_fail && errno == ENOMEM);
		place_check(s, s->size);
		return;
	}
	usable = malloc_usable_size(p);
	CHECK(usable >= size && !errno);
	if (p != s->p) {
		model.total_allocations++;
		model.total_deallocations++;
		model_more(usable);
		model_less(s->usable);
	} else if (usable > s->usable) {
		model_more(usable - s->usable);
	} else {
		model_less(s->usable - usable);
	}
	s->p = p;
	place_check(s, s->size < size ? s->size : size);
	s->size = size;
	s->usable = usable;
	place_fill(s);
}

/* The equations of small.h, for slot s of a thread that is not in the heap. */
static void slot_agrees(const struct span *s)
{
	struct object *lists[] = { s->head, s->foreign };
	size_t listed = 0;

	for (int i = 0; i < 2; i++)
		for (struct object *b = lists[i]; b != BIN_END; b = object_next(b), listed++) {
			CHECK(span_of(b) == s && slot_has(s, b) && listed < s->carved);
			CHECK(b->stamp == object_stamp(b, s->owner));
		}
	CHECK(slot_used(s) + listed == s->carved);
	CHECK(s->carved <= s->capacity && s->capacity * s->size <= GRANULE);
}

/* The equations of span.h. */
static void spans_agree(void)
{
	char *next = NULL, *free_end = NULL;
	struct span *s;

	for (; (s = __heap_span_from(next)); next = s->base + s->bytes) {
		CHECK(s->base >= next && span_of(s->base) == s && s->bytes % GRANULE == 0);
		if (s->kind >= SLOT_CURRENT) {
			CHECK(s->bytes == GRANULE);
			slot_agrees(s);
			continue;
		}
		if (s->kind == SPAN_LARGE) {
			CHECK(s->usable <= s->bytes);
			continue;
		}
		CHECK(s->kind == SPAN_FREE && s->base != free_end && s->dirty <= s->bytes);
		free_end = s->base + s->bytes;
		CHECK(span_of(free_end - 1)->kind == SPAN_FREE && span_of(free_end - 1)->base == s->base);
		/* Each byte of the first page, some of the others. */
		for (size_t at = s->dirty, n = 0; at < s->bytes; n++) {
			CHECK(!s->base[at]);
			at += n < 4096 ? 1 : 509;
		}
	}
	CHECK(mapped == __heap_mapped + leaves() || may_fail);
}

/* The walk meets every block of the model once, and what is in use adds up. */
static int walk_count(const struct heap_block *block, void *argument)
{
	size_t *sums = argument;

	sums[0] += block->used != 0;
	sums[1] += block->used ? block->bytes : 0;
	return 0;
}

static void walk_agrees(void)
{
	size_t sums[2] = { 0, 0 }, counts[HEAP_HISTOGRAM], all = 0;

	CHECK(heap_walk(walk_count, sums) == 0);
	CHECK(sums[0] == model.total_allocations - model.total_deallocations);
	CHECK(sums[1] == model.current_usage);
	heap_histogram(counts);
	for (int i = 0; i < HEAP_HISTOGRAM; i++)
		all += counts[i];
	CHECK(all == sums[0]);
}

static void random_step(void)
{
	struct place *s = &places[random_below(PLACES)];

	if (!s->p)
		place_allocate(s);
	else if (random_below(3))
		place_free(s);
	else
		place_resize(s);
	model_agrees();
	if (s->p && random_below(256) == 0) {
		spans_agree();
		walk_agrees();
	}
}

static void all_free(void)
{
	for (int i = 0; i < PLACES; i++)
		if (places[i].p)
			place_free(&places[i]);
	model_agrees();
	spans_agree();
	CHECK(model.current_usage == 0);
}

static void test_random(void)
{
	for (int round = 0; round < 3; round++) {
		random_state = 88172645463325252u + (unsigned)round;
		for (int i = 0; i < 12000; i++)
			random_step();
		all_free();
		heap_trim();
		CHECK(__heap_mapped == 0 && mapped == leaves());
	}
}

/* A short run whose n-th mmap (and all later ones, if go_on) fails; whether there was an n-th. */
static int failing_run(long n, int go_on)
{
	long before = map_calls;

	random_state = 362436069362436069u;
	map_fails = n;
	fails_go_on = go_on;
	may_fail = 1;
	for (int i = 0; i < 200; i++)
		random_step();
	map_fails = 0;
	may_fail = 0;
	for (int i = 0; i < 200; i++)
		random_step();
	all_free();
	return map_calls - before >= n;
}

static void test_map_fails(void)
{
	for (int go_on = 0; go_on < 2; go_on++) {
		/* Up to the first run that has no n-th call. */
		for (long n = 1;; n++) {
			pid_t child = fork();
			int status;

			if (!child)
				_exit(failing_run(n, go_on) ? 0 : 77);
			CHECK(waitpid(child, &status, 0) == child);
			CHECK(WIFEXITED(status));
			if (WEXITSTATUS(status) == 77)
				break;
			CHECK(WEXITSTATUS(status) == 0);
		}
	}
}

static void test_unmap_fails(void)
{
	void *big;

	random_state = 123456789;
	may_fail = 1;
	for (int i = 0; i < 3000; i++) {
		unmap_fails = 1 + random_below(3);
		random_step();
	}
	fails_go_on = 1;
	unmap_fails = 1;
	big = malloc(1 << 20);
	CHECK(big);
	free(big);
	model = get_allocation_stats();
	for (int i = 0; i < 1000; i++)
		random_step();
	unmap_fails = 0;
	all_free();
}

/* What is left to try when the kernel gives nothing, or takes nothing back. */
static void test_last_resorts(void)
{
	static void *blocks[10000];
	void *volatile last = malloc(100), *volatile middle = malloc(5000);
	int count = 0;

	/* What is kept goes back before a block is refused. */
	free(last);
	free(middle);
	map_fails = 1;
	last = malloc(4 << 20);
	CHECK(last && __heap_mapped <= 6 << 20);

	/* Pages that cannot go back are used for others. */
	map_fails = unmap_fails = fails_go_on = 1;
	free(last);
	last = malloc(100000);
	CHECK(last);

	/* Slots take the spans that are left, one by one, and give them back. */
	while (count < 10000 && (blocks[count] = malloc(1000)))
		count++;
	CHECK(count > 1000 && count < 10000 && !malloc(3000));
	for (int i = 0; i < 640; i++)
		free(blocks[i]);
	CHECK(malloc(3000) && malloc(2 * GRANULE));
	spans_agree();
}

/* Where there is no room for a step beside the leaf of the table, there is for less. */
static void test_little_room(void)
{
	map_most = sizeof __heap_no_leaf + 4 * GRANULE;
	CHECK(malloc(100) && malloc(1000));
	CHECK(__heap_mapped <= 4 * GRANULE && !malloc(4 * GRANULE));
}

/* Blocks of many granules, freed in another order; then nothing is left but the table. */
static void test_spans(void)
{
	enum { MANY = 120 };
	static unsigned char *p[MANY];

	random_state = 5;
	for (size_t i = 0; i < MANY; i++) {
		p[i] = malloc(i % 10 ? (i % 10 << 20) - i : 3000);
		CHECK(p[i]);
		p[i][0] = (unsigned char)i;
	}
	for (int i = MANY - 1; i > 0; i--) {
		int j = (int)random_below((uint32_t)i + 1);
		unsigned char *swap = p[i];

		p[i] = p[j];
		p[j] = swap;
	}
	for (int i = 0; i < MANY; i++) {
		spans_agree();
		free(p[i]);
	}
	heap_trim();
	CHECK(__heap_mapped == 0 && mapped == leaves());
	CHECK(!__heap_span_from(NULL));
}

/* A large buffer that is needed again and again is not made of fresh pages each time; the memory of
 * one that was needed once goes back. */
static void again(size_t size)
{
	long before = 0;

	heap_trim();
	for (int i = 0; i < 10; i++) {
		char *buffer = malloc(size);

		CHECK(buffer);
		memset(buffer, i, size);
		free(buffer);
		if (i == 2)
			before = map_calls;
	}
	CHECK(map_calls == before && __heap_mapped >= size);
}

static void test_again(void)
{
	char *once = malloc(30 << 20);

	CHECK(once);
	free(once);
	CHECK(__heap_mapped == 0);
	again(1100 << 10);
	again(2 << 20);
	again((size_t)8 << 20);
	again((size_t)31 << 20);
}

/* A step that joins a span below it is clean, but what was below is not. */
static void test_joined(void)
{
	void *volatile kept = malloc(64 << 20);
	char *area = mmap(NULL, 64 << 20, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), *p, *q;

	CHECK(area != MAP_FAILED && kept);
	map_upwards = (char *)(((uintptr_t)area + HEAP_STEP_DEFAULT - 1) & -HEAP_STEP_DEFAULT);
	p = malloc(3 << 20);
	CHECK(p >= area && p < area + HEAP_STEP_DEFAULT);
	memset(p, 1, 3 << 20);
	free(p);
	q = calloc(1, 7 << 20);
	CHECK(q == p);
	spans_agree();
	for (int i = 0; i < 7 << 20; i += 61)
		CHECK(!q[i]);
}

/* Data that is like a stamp, or might be, in a block that is not free. */
static void test_data(void)
{
	enum { KINDS = 10 };

	for (int i = 0; i < KINDS; i++) {
		uintptr_t *words = malloc(48), h = (uintptr_t)__heap_mine, p = (uintptr_t)words;
		uintptr_t data[KINDS] = { p, h, p + h, p - h, h - p, ~p, p ^ h, 8 * p, 8 * h, 8 * p + h };

		words[0] = words[1] = data[i];
		CHECK(malloc_usable_size(words) >= 48);
		free(words);
		CHECK(object_stamp((void *)words, __heap_mine) >> 47);
	}
}

/* Pairs of calls over many sizes in turn: no slot is given up, to be opened again at once. */
static void test_sizes_in_turn(void)
{
	for (int round = 0; round < 3; round++)
		for (size_t size = 16; size < 4000; size += 100) {
			char *volatile block = malloc(size);

			CHECK(block);
			free(block);
		}
	size_t current = 0;
	for each_span(s)
		current += s->kind == SLOT_CURRENT;
	CHECK(current > 20);
}

/* In the child of a fork, a slot may be left between the free that a look was due after and the look. */
static void test_look_missed(void)
{
	char *blocks[GRANULE / 1024 + 1], *volatile first;
	struct span *s;

	for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++)
		blocks[i] = malloc(1024);
	first = blocks[0];
	s = span_of(first);
	CHECK(s->kind == SLOT_FULL);
	s->balance += (size_t)s->left + 1;
	s->left = -1;
	free(first);
	CHECK(s->kind == SLOT_PARTIAL);
	spans_agree();
}

/* What realloc moves is aligned for mremap if it can be, and moved anyway. */
static void test_moved_unaligned(void)
{
	enum { AREA = 512 << 20, SIZE = 24 << 20 };
	char *area = mmap(NULL, AREA, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), *p, *q;

	CHECK(area != MAP_FAILED);
	map_upwards = (char *)(((uintptr_t)area | (HEAP_STEP_DEFAULT - 1)) + 1 + GRANULE);
	no_reserve = 1;		/* each attempt takes addresses of the area */
	p = malloc(SIZE);
	CHECK(p);
	memset(p, 7, SIZE);
	CHECK(malloc(100 << 10));	/* what follows p is in use */
	errno = 0;
	q = realloc(p, 2 * SIZE);
	CHECK(q && q != p && (uintptr_t)q % ((size_t)2 << 20) && !errno);
	for (int i = 0; i < SIZE; i += 61)
		CHECK(q[i] == 7);
	spans_agree();
}

/* Whatever of a move fails, and whatever the kernel has done by then. */
static void test_move_fails(void)
{
	enum { SIZE = 1 << 20 };

	for (int i = 0; i < 60; i++) {
		unsigned char *p = malloc(SIZE), *q;

		CHECK(p && malloc(100 << 10));
		memset(p, 7, SIZE);
		map_fails = 1 + i % 4;
		q = realloc(p, 5 * SIZE);
		map_fails = 0;
		if (!q)
			q = p;
		for (int k = 0; k < SIZE; k += 61)
			CHECK(q[k] == 7);
		free(q);
	}
	spans_agree();
}

#define LARGE	((size_t)256 << 10)

static void test_limits(void)
{
	/* Volatile, so that the compiler does not judge the calls. */
	static volatile size_t all = SIZE_MAX, root = (size_t)1 << 33, half = (size_t)1 << 63;
	static volatile size_t none, odd = 48, wide = (size_t)5 << 30;	/* two leaves of the table */
	void *p = malloc(100), *q, *large = calloc(1, LARGE);

	CHECK(!malloc(all) && errno == ENOMEM);
	errno = 0;
	CHECK(!malloc(half) && errno == ENOMEM);
	for (size_t less = 0; less < 64; less++) {
		CHECK(!malloc(all - less) && !calloc(1, all - less));
		CHECK(!malloc((size_t)PTRDIFF_MAX - less));
		CHECK(!realloc(p, all - less) && !aligned_alloc(64, all - less));
		CHECK(!realloc(large, all - less) && !realloc(large, (size_t)PTRDIFF_MAX - less));
	}
	CHECK(!calloc(root, root) && errno == ENOMEM);
	CHECK(!reallocarray(p, root, root) && errno == ENOMEM);
	CHECK(!aligned_alloc(half, 1) && errno == ENOMEM);
	CHECK(!aligned_alloc(half, all));
	CHECK(!aligned_alloc(odd, 48) && errno == EINVAL);
	CHECK(!aligned_alloc(none, 48) && errno == EINVAL);
	q = NULL;
	CHECK(posix_memalign(&q, 4, 8) == EINVAL && posix_memalign(&q, odd, 8) == EINVAL && !q);
	for (size_t alignment = 1; alignment <= (size_t)1 << 30; alignment *= 2) {
		q = aligned_alloc(alignment, 33);
		CHECK(q && (uintptr_t)q % alignment == 0);
		memset(q, 1, 33);
		free(q);
	}
	q = malloc(wide);
	if (q) {
		((char *)q)[0] = ((char *)q)[wide - 1] = 1;
		q = realloc(q, wide + wide / 2);
		CHECK(!q || (((char *)q)[0] == 1 && ((char *)q)[wide - 1] == 1));
		free(q);
	}
	CHECK(malloc_usable_size(large) >= LARGE && !((char *)large)[LARGE - 1]);
	CHECK(malloc_usable_size(NULL) == 0);
	CHECK(!realloc(p, 0));
	CHECK(realloc(NULL, 0));
}

static void expect_step(char *setting, size_t step)
{
	char *variables[] = { setting, NULL }, **saved = environ;

	environ = variables;
	CHECK(__heap_step() == step);
	environ = saved;
}

static void test_step(void)
{
	expect_step("OTHER=1", HEAP_STEP_DEFAULT);
	expect_step("SYNOS_HEAP_STEP=64M", (size_t)64 << 20);
	expect_step("SYNOS_HEAP_STEP=2048K", (size_t)2 << 20);
	expect_step("SYNOS_HEAP_STEP=1g", (size_t)1 << 30);
	expect_step("SYNOS_HEAP_STEP=3000001", 3000001);
	expect_step("SYNOS_HEAP_STEP=0", HEAP_STEP_LEAST);
	expect_step("SYNOS_HEAP_STEP=99999999999999999999G", HEAP_STEP_MOST);
	expect_step("SYNOS_HEAP_STEP=", HEAP_STEP_DEFAULT);
	expect_step("SYNOS_HEAP_STEP=M", HEAP_STEP_DEFAULT);
	expect_step("SYNOS_HEAP_STEP=-5M", HEAP_STEP_DEFAULT);
	expect_step("SYNOS_HEAP_STEP=5MB", HEAP_STEP_DEFAULT);
}

/* Misuse. Each function must end its process by SIGABRT after one line with these words. The
 * pointers are volatile so that the compiler does not see through them. */
static char *volatile p, *volatile q;
static char filler[256];

static void two(size_t size)
{
	p = malloc(size);
	q = malloc(size);
	memset(p, 'p', size);
	memset(q, 'q', size);
}
static void small_twice(void) { two(40); free(p); free(p); }
static void small_twice_apart(void) { two(40); free(p); free(q); free(p); }
static void merged_twice(void) { p = malloc(5000); q = malloc(5000); free(p); free(p); }
static void swallowed_twice(void) { p = malloc(5000); q = malloc(5000); free(p); free(q); free(q); }
static void large_swallowed_twice(void)
{
	char *behind;

	p = malloc(20000);
	q = malloc(20000);
	behind = malloc(20000);
	if (q != p + GRANULE || behind != q + GRANULE)
		_exit(0);
	free(p);
	free(q);
	free(q);
}
static void large_twice(void) { p = malloc(8 << 20); free(p); free(p); }
static void small_interior(void) { two(40); free(p + 16); }
static void small_misaligned(void) { two(40); free(p + 1); }
static void small_not_yet(void) { two(40); free(p + 48 * 1000); }
static void small_in_bin(void) { two(40); free(q + 48); }
static void descriptors(void) { two(40); free((char *)span_of(p)); }
static void interior(void) { two(2000); free(p + 16); }
static void interior_large(void) { p = malloc(1 << 20); free(p + 4096); }
static void interior_far(void) { p = malloc(1 << 20); free(p + 3 * GRANULE); }
static void misaligned(void) { two(2000); free(p + 1); }
static void misaligned_large(void) { p = malloc(1 << 20); q = p; free(p + 8); }
static void on_stack(void) { char here[64]; two(40); p = here; free(p + (-(uintptr_t)p & 15)); }
static void in_data(void) { static _Alignas(16) char here[64]; two(40); p = here; free(p); }
static void wild(void) { two(40); free((void *)0x1000); }
static void wilder(void) { two(40); free((void *)-(uintptr_t)64); }
static void first_call(void) { p = filler; free(p + (-(uintptr_t)p & 15)); }
static void free_span(void) { two(2000); free((char *)((uintptr_t)p & -GRANULE) + GRANULE); }
static void not_a_slot_yet(void) { two(2000); free(p + 400000); }
static void unmapped(void) { p = malloc(8 << 20); free(p); heap_trim(); free(p); }

/* Blocks of another thread's, which wait to be put into their slot. */
static void *allocates_100(void *blocks)
{
	for (int i = 0; i < 100; i++)
		((void **)blocks)[i] = malloc(100);
	return NULL;
}
static void kept_back(uintptr_t link, uintptr_t stamp, bool twice)
{
	static void *blocks[100];
	pthread_t thread;
	struct object *b;

	p = malloc(1);
	pthread_create(&thread, NULL, allocates_100, blocks);
	pthread_join(thread, NULL);
	b = blocks[0];
	free(b);
	b->link ^= link;
	b->stamp ^= stamp;
	if (twice)		/* a thread that found it in use at the same moment */
		free(b);
	for (int i = 1; i < 100; i++)
		free(blocks[i]);
}
static void kept_link(void) { kept_back(1, 0, false); }
static void kept_stamp(void) { kept_back(0, 1, false); }
static void kept_twice(void) { kept_back(0, 1, true); }

/* Sizes with a fence: in a slot, in a span, grown in a span. */
static void overrun(size_t size, size_t by)
{
	two(size);
	memset(p + malloc_usable_size(p), 'x', by);
	free(p);
}
static void overrun_least(void) { overrun(1025, 1); }
static void overrun_by_one(void) { overrun(2000, 1); }
static void overrun_by_more(void) { overrun(16000, 300); }
static void overrun_span(void) { overrun(20000, 1); }
static void overrun_span_most(void) { overrun((128 << 10) - 40, 9); }
static void overrun_resized(void) { two(20000); p[malloc_usable_size(p)] ^= 1; p = realloc(p, 21000); }
static void overrun_grown(void) { two(20000); p = realloc(p, 21000); p[malloc_usable_size(p)] ^= 1; free(p); }
static void overrun_told(void) { two(3000); p[malloc_usable_size(p)] ^= 1; malloc_usable_size(p); }
static void underrun(void) { two(2000); memset(q > p ? q - 8 : p - 8, 0, 8); free(q > p ? p : q); }

static void link_written(void) { two(40); free(p); memset(p, 'x', 8); }
static void link_zeroed(void) { two(40); free(p); memset(p, 0, 8); }
static void link_part(void) { two(40); free(p); p[4] ^= 1; }
static void link_first_byte(void) { two(40); free(p); p[0]++; }
static void link_last_bit(void) { two(40); free(p); p[7] ^= (char)128; }
static void link_overrun(void) { two(40); free(q); memset(p, 'x', 49); }
static void link_copied(void) { two(40); malloc(40); free(p); free(q); memcpy(q, filler, 8); }

/* Allocates until what was freed comes out again. */
static void until_found(void (*damage)(void))
{
	damage();
	for (int i = 0; i < 5000; i++)
		if (!malloc(40))
			break;
}
static void link_written_found(void) { until_found(link_written); }
static void link_zeroed_found(void) { until_found(link_zeroed); }
static void link_part_found(void) { until_found(link_part); }
static void link_first_byte_found(void) { until_found(link_first_byte); }
static void link_last_bit_found(void) { until_found(link_last_bit); }
static void link_overrun_found(void) { until_found(link_overrun); }
static void link_copied_found(void) { until_found(link_copied); }
static void middle_link(void)
{
	two(5000);
	free(p);
	p[3] ^= 1;
	for (int i = 0; i < 100; i++)
		if (!malloc(5000))
			break;
}
static void realloc_twice(void) { two(40); free(p); p = realloc(p, 100); }
static void realloc_interior(void) { two(40); p = realloc(p + 16, 100); }
static void realloc_wild(void) { two(40); p = realloc((void *)0x1000, 100); }
static void usable_twice(void) { two(40); free(p); malloc_usable_size(p); }
static void usable_wild(void) { two(40); malloc_usable_size((void *)0x1000); }

static const struct misuse {
	void (*commit)(void);
	const char *name, *words;
} misuses[] = {
#define MISUSE(function, words) { function, #function, words }
	MISUSE(small_twice, "double free"),
	MISUSE(small_twice_apart, "double free"),
	MISUSE(merged_twice, "double free"),
	MISUSE(swallowed_twice, "double free"),
	MISUSE(large_swallowed_twice, "double free"),
	MISUSE(large_twice, "double free"),
	MISUSE(small_interior, "interior pointer"),
	MISUSE(small_misaligned, "misaligned"),
	MISUSE(small_not_yet, "interior pointer"),
	MISUSE(small_in_bin, "double free"),
	MISUSE(descriptors, "invalid pointer"),
	MISUSE(interior, "interior pointer"),
	MISUSE(interior_large, "interior pointer"),
	MISUSE(interior_far, "invalid pointer"),
	MISUSE(misaligned, "misaligned"),
	MISUSE(misaligned_large, "misaligned"),
	MISUSE(on_stack, "invalid pointer"),
	MISUSE(in_data, "invalid pointer"),
	MISUSE(wild, "invalid pointer"),
	MISUSE(wilder, "invalid pointer"),
	MISUSE(first_call, "invalid pointer"),
	MISUSE(free_span, "double free"),
	MISUSE(not_a_slot_yet, "invalid pointer"),
	MISUSE(unmapped, "double free"),
	MISUSE(overrun_least, "overrun"),
	MISUSE(overrun_by_one, "overrun"),
	MISUSE(overrun_by_more, "overrun"),
	MISUSE(overrun_span, "overrun"),
	MISUSE(overrun_span_most, "overrun"),
	MISUSE(overrun_resized, "overrun"),
	MISUSE(overrun_grown, "overrun"),
	MISUSE(overrun_told, "overrun"),
	MISUSE(underrun, "overrun"),
	MISUSE(link_written_found, "overwritten"),
	MISUSE(link_zeroed_found, "overwritten"),
	MISUSE(link_part_found, "overwritten"),
	MISUSE(link_first_byte_found, "overwritten"),
	MISUSE(link_last_bit_found, "overwritten"),
	MISUSE(link_overrun_found, "overwritten"),
	MISUSE(link_copied_found, "overwritten"),
	MISUSE(middle_link, "overwritten"),
	MISUSE(kept_link, "overwritten"),
	MISUSE(kept_stamp, "overwritten"),
	MISUSE(kept_twice, "overwritten"),
	MISUSE(realloc_twice, "double free"),
	MISUSE(realloc_interior, "interior pointer"),
	MISUSE(realloc_wild, "invalid pointer"),
	MISUSE(usable_twice, "double free"),
	MISUSE(usable_wild, "invalid pointer"),
};

/* What the child says on standard error, and its status. */
static int child_says(void (*function)(void), char *text, size_t size)
{
	int ends[2], status;
	size_t length = 0;
	ssize_t got;
	pid_t child;

	CHECK(!pipe(ends));
	child = fork();
	CHECK(child >= 0);
	if (!child) {
		dup2(ends[1], STDERR_FILENO);
		signal(SIGABRT, SIG_DFL);
		function();
		_exit(0);
	}
	close(ends[1]);
	while (length + 1 < size && (got = read(ends[0], text + length, size - 1 - length)) > 0)
		length += (size_t)got;
	text[length] = '\0';
	close(ends[0]);
	CHECK(waitpid(child, &status, 0) == child);
	return status;
}

static void test_misuse(void)
{
	for (size_t i = 0; i < sizeof misuses / sizeof *misuses; i++) {
		char text[1000];
		int status = child_says(misuses[i].commit, text, sizeof text);

		if (!WIFSIGNALED(status) || WTERMSIG(status) != SIGABRT ||
		    strncmp(text, "malloc: ", 8) || !strstr(text, misuses[i].words) ||
		    !strstr(text, ": 0x") || strchr(text, '\n') != strrchr(text, '\n')) {
			fprintf(stderr, "%s: status %x, says: %s\n", misuses[i].name,
				(unsigned)status, text);
			_exit(1);
		}
	}
}

/* Threads share the heap, and one of them forks. */
#define THREADS	4

static void *churn(void *seed)
{
	unsigned char *blocks[64] = { NULL };
	uint32_t x = (uint32_t)(uintptr_t)seed * 2654435761u + 1;

	for (int i = 0; i < 30000; i++) {
		unsigned n = (x = x * 1664525 + 1013904223) >> 26, size = (x >> 8) % 3000 + 4;
		unsigned char *b = blocks[n];

		if (b)
			CHECK(b[0] == n && b[1] == (unsigned char)(uintptr_t)seed);
		free(b);
		b = blocks[n] = malloc(size);
		CHECK(b);
		b[0] = (unsigned char)n;
		b[1] = (unsigned char)(uintptr_t)seed;
	}
	for (int i = 0; i < 64; i++)
		free(blocks[i]);
	__malloc_thread_exit();
	return NULL;
}

static void test_threads(void)
{
	pthread_t threads[THREADS];
	struct allocation_stats before = get_allocation_stats(), after;

	for (uintptr_t i = 0; i < THREADS; i++)
		CHECK(!pthread_create(&threads[i], NULL, churn, (void *)i));
	for (int i = 0; i < 20; i++) {
		int status;
		pid_t child;

		heap_lock();
		child = fork();
		if (!child)
			__malloc_in_child();
		heap_unlock();
		if (!child) {
			churn((void *)77);
			_exit(0);
		}
		CHECK(waitpid(child, &status, 0) == child && status == 0);
	}
	for (int i = 0; i < THREADS; i++)
		CHECK(!pthread_join(threads[i], NULL));
	after = get_allocation_stats();
	CHECK(after.current_usage == before.current_usage);
	CHECK(after.total_allocations - before.total_allocations == THREADS * 30000);
}

/* How many there are; each is as it should be. */
static size_t slots(void)
{
	size_t count = 0;

	for each_span(span)
		if (span->kind >= SLOT_CURRENT) {
			slot_agrees(span);
			count++;
		}
	return count;
}

/* Blocks that another thread frees: they are counted soon, and given back. */
#define QUEUE	256
#define FOREIGN	((size_t)16000)

static _Atomic(void *) queue[QUEUE];

static void *frees_foreign(void *argument)
{
	size_t count = *(size_t *)argument;

	for (size_t i = 0; i < count; i++) {
		void *b;

		while (!(b = atomic_exchange(&queue[i % QUEUE], NULL)))
			sched_yield();
		free(b);
	}
	__malloc_thread_exit();
	return NULL;
}

static void hand_over(void *b, size_t i)
{
	void *none = NULL;

	while (!atomic_compare_exchange_strong(&queue[i % QUEUE], &none, b)) {
		none = NULL;
		sched_yield();
	}
}

static void test_foreign(void)
{
	static void *blocks[4000];
	pthread_t thread;
	size_t count = 100000;

	CHECK(!pthread_create(&thread, NULL, frees_foreign, &count));
	for (size_t i = 0; i < count; i++) {
		struct allocation_stats s;

		hand_over(malloc(FOREIGN), i);
		s = get_allocation_stats();
		CHECK(s.current_usage < 2 * QUEUE * FOREIGN);
		CHECK(s.peak_usage < 3 * QUEUE * FOREIGN);
	}
	CHECK(!pthread_join(thread, NULL));
	CHECK(get_allocation_stats().current_usage == 0);

	/* What waits for its owner goes back with the rest. */
	count = sizeof blocks / sizeof *blocks;
	CHECK(!pthread_create(&thread, NULL, frees_foreign, &count));
	for (size_t i = 0; i < count; i++) {
		blocks[i] = malloc(FOREIGN);
		CHECK(blocks[i]);
	}
	for (size_t i = 0; i < count; i++)
		hand_over(blocks[i], i);
	CHECK(!pthread_join(thread, NULL));
	CHECK(slots() < count);
	heap_trim();
	CHECK(__heap_mapped == 0);
}

#define SHARED	5000

struct part {
	void **blocks;
	size_t from, step;
};

static void part_free(const struct part *part)
{
	for (size_t i = part->from; i < SHARED; i += part->step)
		free(part->blocks[i]);
}

static void *frees_part(void *part)
{
	part_free(part);
	__malloc_thread_exit();
	return NULL;
}

static void frees_elsewhere(struct part *part)
{
	pthread_t thread;

	CHECK(!pthread_create(&thread, NULL, frees_part, part));
	CHECK(!pthread_join(thread, NULL));
}

/* A slot goes back with its last block, whoever frees that, and whatever its owner does then. */
static void test_last_block(void)
{
	static const size_t sizes[] = { 16, 1000, 3000, 16000 };
	static void *blocks[SHARED];
	void *volatile own = malloc(1);

	for (size_t i = 0; i < sizeof sizes / sizeof *sizes * 3; i++) {
		struct part all = { blocks, 0, 1 }, even = { blocks, 0, 2 }, odd = { blocks, 1, 2 };

		heap_trim();
		for (size_t k = 0; k < SHARED; k++)
			CHECK((blocks[k] = malloc(sizes[i / 3])));
		switch (i % 3) {
		case 0:
			frees_elsewhere(&all);
			break;
		case 1:
			frees_elsewhere(&odd);
			CHECK(slots() >= 2);
			part_free(&even);
			break;
		default:
			part_free(&even);
			CHECK(slots() >= 2);
			frees_elsewhere(&odd);
		}
		CHECK(slots() <= 2);	/* the current ones */
		CHECK(get_allocation_stats().current_usage == 16);
	}
	free(own);
	heap_trim();
	CHECK(__heap_mapped == 0);
}

#define ORPHANS	5000

static void *leaves_blocks(void *argument)
{
	void **blocks = argument;

	for (size_t i = 0; i < ORPHANS; i++)
		CHECK((blocks[i] = malloc(1000)));
	__malloc_thread_exit();
	return NULL;
}

/* Blocks of a thread that has ended go back as they are freed; the last few with the next trim. */
static void test_orphans(void)
{
	static void *blocks[ORPHANS];
	pthread_t thread;
	void *volatile own = malloc(1);	/* so that this thread does not take over their heap */

	CHECK(!pthread_create(&thread, NULL, leaves_blocks, blocks));
	CHECK(!pthread_join(thread, NULL));
	for (size_t i = 0; i < ORPHANS; i++)
		free(blocks[i]);
	free(own);
	CHECK(get_allocation_stats().current_usage == 0);
	CHECK(get_allocation_stats().total_deallocations == ORPHANS + 1);
	CHECK(slots() <= 1);
	heap_trim();
	CHECK(__heap_mapped == 0);
}

static void *leaves_one(void *unused)
{
	CHECK(malloc(1000));
	__malloc_thread_exit();
	return unused;
}

/* Threads one after the other, each of which leaves a block, fill each other's slots. */
static void test_relay(void)
{
	enum { RELAY = 630 };
	void *volatile own = malloc(1);

	for (int i = 0; i < RELAY; i++) {
		pthread_t thread;

		CHECK(!pthread_create(&thread, NULL, leaves_one, NULL));
		CHECK(!pthread_join(thread, NULL));
	}
	CHECK(slots() <= 1 + RELAY / 64 + 1);
	free(own);
}

static void *frees_all(void *argument)
{
	for (void **block = argument; *block; block++)
		free(*block);
	__malloc_thread_exit();
	return argument;
}

/* A large span goes at once, also if what other threads freed comes with it. */
static void test_gone_at_once(void)
{
	static void *blocks[64 * 4 + 1];
	void *volatile stays = malloc(20 << 20), *volatile goes = malloc(64 << 20);
	pthread_t thread;

	CHECK(stays && goes);
	for (size_t i = 0; i < 64 * 4; i++)
		CHECK((blocks[i] = malloc(1000)));
	CHECK(!pthread_create(&thread, NULL, frees_all, blocks));
	CHECK(!pthread_join(thread, NULL));
	free(goes);
	CHECK(__heap_mapped < 40 << 20);
	free(stays);
}

static atomic_int over;

static void *idles(void *argument)
{
	void *volatile p = malloc(16);

	while (!over)
		usleep(1000);
	free(p);
	__malloc_thread_exit();
	return argument;
}

static void *produces(void *argument)
{
	for (size_t i = 0, count = *(size_t *)argument; i < count; i++)
		hand_over(malloc(16), i);
	over = 1;
	__malloc_thread_exit();
	return NULL;
}

static void *pairs(void *argument)
{
	while (!over) {
		void *volatile p = malloc(1024);

		free(p);
	}
	__malloc_thread_exit();
	return argument;
}

/* What is told while threads go on is possible, however many heaps there are to look at. */
static void test_snapshots(void)
{
	enum { IDLE = 60 };
	pthread_t threads[IDLE + 3];
	size_t count = 300000, freed = 0;

	for (int i = 0; i < IDLE; i++)
		CHECK(!pthread_create(&threads[i], NULL, idles, NULL));
	CHECK(!pthread_create(&threads[IDLE], NULL, produces, &count));
	CHECK(!pthread_create(&threads[IDLE + 1], NULL, frees_foreign, &count));
	CHECK(!pthread_create(&threads[IDLE + 2], NULL, pairs, NULL));
	while (!over) {
		struct allocation_stats s = get_allocation_stats();

		CHECK(s.total_allocations >= s.total_deallocations);
		CHECK(s.total_deallocations >= freed && s.current_usage <= __heap_mapped);
		freed = s.total_deallocations;
		CHECK(s.bytes_allocated >= s.bytes_freed && s.peak_usage >= s.current_usage);
	}
	for (int i = 0; i < IDLE + 3; i++)
		CHECK(!pthread_join(threads[i], NULL));
	CHECK(get_allocation_stats().current_usage == 0);
}

static const struct test {
	void (*run)(void);
	const char *name;
} tests[] = {
	{ test_random, "random calls against the model" },
	{ test_map_fails, "mmap fails at every call, and from every call on" },
	{ test_unmap_fails, "munmap fails" },
	{ test_last_resorts, "last resorts" },
	{ test_little_room, "little room" },
	{ test_again, "a large buffer again and again" },
	{ test_joined, "a step joins the span below" },
	{ test_data, "data like stamps" },
	{ test_sizes_in_turn, "sizes in turn" },
	{ test_look_missed, "a look that did not come" },
	{ test_moved_unaligned, "a move without alignment" },
	{ test_move_fails, "a move fails" },
	{ test_spans, "spans grow together, and go" },
	{ test_limits, "sizes and alignments at their limits" },
	{ test_step, "values of SYNOS_HEAP_STEP" },
	{ test_misuse, "misuse is told" },
	{ test_threads, "threads and fork" },
	{ test_snapshots, "statistics while threads go on" },
	{ test_foreign, "blocks that another thread frees" },
	{ test_last_block, "the last block of a slot" },
	{ test_orphans, "blocks of threads that have ended" },
	{ test_relay, "threads one after the other" },
	{ test_gone_at_once, "a large span goes at once" },
};

/* Each test in a process of its own, which begins with an untouched heap. */
int main(void)
{
	size_t count = sizeof tests / sizeof *tests;
	int failed = 0;

	printf("TAP version 13\n1..%zu\n", count);
	for (size_t i = 0; i < count; i++) {
		int status = -1;
		pid_t child;

		fflush(stdout);
		child = fork();
		if (!child) {
			alarm(120);
			tests[i].run();
			_exit(0);
		}
		waitpid(child, &status, 0);
		failed |= status != 0;
		printf("%sok %zu - heap: %s\n", status ? "not " : "", i + 1, tests[i].name);
	}
	return failed;
}
