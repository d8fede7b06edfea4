/* Each new program has its stack, its heap, its mappings and its random bytes elsewhere; a child of
 * fork has them where its parent has. */
#include "test.h"
#include <stddef.h>
#include <sys/auxv.h>
#include <sys/mman.h>

#define RUNS	12

struct layout {
	unsigned long stack, heap, mapping, bytes;
};

static struct layout layout_now(void)
{
	struct layout layout;
	void *mapping = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	CHECK(mapping != MAP_FAILED);
	CHECK_EQ(munmap(mapping, 4096), 0);
	layout.stack = (unsigned long)&layout >> 12;	/* whole pages, not what argv shifts */
	layout.heap = (unsigned long)sbrk(0) >> 12;
	layout.mapping = (unsigned long)mapping >> 12;
	layout.bytes = *(unsigned long *)getauxval(AT_RANDOM);
	return layout;
}

static struct layout layout_of_run(const char *program)
{
	struct layout layout;
	int ends[2];
	char text[16];

	CHECK_EQ(pipe(ends), 0);
	snprintf(text, sizeof(text), "%d", ends[1]);
	pid_t child = fork();
	CHECK(child >= 0);
	if (child == 0) {
		execl(program, program, text, (char *)NULL);
		_exit(111);
	}
	CHECK_EQ(close(ends[1]), 0);
	CHECK_EQ(read(ends[0], &layout, sizeof(layout)), sizeof(layout));
	CHECK_EQ(close(ends[0]), 0);
	CHECK_EQ(waitpid(child, NULL, 0), child);
	return layout;
}

/* Of that many runs hardly two have one of these the same: each is one of 2^13 places at least. */
static void check_different(const struct layout *layouts, size_t offset)
{
	int equal = 0;

	for (int i = 0; i < RUNS; i++)
		for (int j = 0; j < i; j++)
			equal += memcmp((char *)&layouts[i] + offset, (char *)&layouts[j] + offset,
				sizeof(long)) == 0;
	CHECK(equal <= 2);
}

static struct layout parent;

static void check_same(void)
{
	struct layout child = layout_now();

	CHECK_EQ(child.heap, parent.heap);
	CHECK_EQ(child.mapping, parent.mapping);
}

int main(int argc, char **argv)
{
	struct layout layouts[RUNS];

	if (argc > 1) {
		layouts[0] = layout_now();
		return write(atoi(argv[1]), layouts, sizeof(layouts[0])) != sizeof(layouts[0]);
	}
	for (int i = 0; i < RUNS; i++)
		layouts[i] = layout_of_run(argv[0]);
	check_different(layouts, offsetof(struct layout, stack));
	check_different(layouts, offsetof(struct layout, heap));
	check_different(layouts, offsetof(struct layout, mapping));
	check_different(layouts, offsetof(struct layout, bytes));
	parent = layout_now();
	CHECK_EXIT(check_same, 0);
	PASS();
}
