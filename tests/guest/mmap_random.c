/* mmap, munmap and mprotect at random in a window of addresses, against a model of every page: its
 * rights, its contents, and what /proc/self/maps says of it. */
#include "mapping.h"

#define PAGES	96
#define STEPS	4000

static char *window;
static struct {
	bool mapped;
	int rights;
	char value;		/* in every byte that has been looked at */
} model[PAGES];

static unsigned long state = 88172645463325252ul;

static size_t below(size_t bound)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state % bound;
}

static void set(size_t at, size_t count, bool mapped, int rights)
{
	for (size_t i = at; i < at + count; i++) {
		model[i].mapped = mapped;
		model[i].rights = rights;
		model[i].value = 0;
	}
}

static int any_rights(void)
{
	static const int rights[] = { RW, RW, PROT_READ, PROT_NONE };

	return rights[below(4)];
}

static void step_map(size_t at, size_t count)
{
	int rights = any_rights();

	CHECK_EQ(mmap(window + at * PAGE, count * PAGE, rights, PRIVATE | MAP_FIXED, -1, 0),
		window + at * PAGE);
	set(at, count, true, rights);
}

static void step_map_if_free(size_t at, size_t count)
{
	int rights = any_rights();
	bool there = false;

	for (size_t i = at; i < at + count; i++)
		there |= model[i].mapped;
	if (there) {
		CHECK_ERRNO(mmap(window + at * PAGE, count * PAGE, rights,
				    PRIVATE | MAP_FIXED_NOREPLACE, -1, 0),
			EEXIST);
		return;
	}
	CHECK_EQ(
		mmap(window + at * PAGE, count * PAGE, rights, PRIVATE, -1, 0), window + at * PAGE);
	set(at, count, true, rights);
}

static void step_unmap(size_t at, size_t count)
{
	CHECK_EQ(munmap(window + at * PAGE, count * PAGE), 0);
	set(at, count, false, 0);
}

static void step_protect(size_t at, size_t count)
{
	int rights = any_rights();
	size_t done = at;

	while (done < at + count && model[done].mapped)
		model[done++].rights = rights;
	if (done == at + count)
		CHECK_EQ(mprotect(window + at * PAGE, count * PAGE, rights), 0);
	else
		CHECK_ERRNO(mprotect(window + at * PAGE, count * PAGE, rights), ENOMEM);
}

static void step_touch(size_t at, size_t count)
{
	for (size_t i = at; i < at + count; i++) {
		volatile char *byte = window + i * PAGE + below(PAGE);

		if (!model[i].mapped || model[i].rights == PROT_NONE)
			continue;
		CHECK(window[i * PAGE] == model[i].value &&
			window[(i + 1) * PAGE - 1] == model[i].value);
		if (model[i].rights != RW)
			continue;
		model[i].value = (char)below(256);
		*byte = model[i].value;
		window[i * PAGE] = window[(i + 1) * PAGE - 1] = model[i].value;
	}
}

static const char *model_rights(size_t at)
{
	if (!model[at].mapped)
		return "";
	return model[at].rights == RW ? "rw-p" : model[at].rights == PROT_READ ? "r--p" : "---p";
}

static void check_maps(void)
{
	const char *text = mapping_text;
	const char *seen[PAGES];
	char rights[PAGES][5];
	struct mapping mapping;

	for (size_t i = 0; i < PAGES; i++)
		seen[i] = "";
	mappings_read();
	while (mapping_next(&text, &mapping)) {
		for (size_t i = 0; i < PAGES; i++) {
			unsigned long address = (unsigned long)window + i * PAGE;

			if (mapping.start <= address && address < mapping.end)
				seen[i] = strcpy(rights[i], mapping.rights);
		}
	}
	for (size_t i = 0; i < PAGES; i++)
		CHECK_STR(seen[i], model_rights(i));
}

int main(void)
{
	static void (*const steps[])(size_t at, size_t count) = {
		step_map,
		step_map_if_free,
		step_unmap,
		step_protect,
		step_protect,
		step_touch,
		step_touch,
	};

	window = free_place(PAGES);
	for (int i = 0; i < STEPS; i++) {
		size_t at = below(PAGES), most = PAGES - at;

		steps[below(sizeof(steps) / sizeof(*steps))](at, 1 + below(most < 20 ? most : 20));
		if (i % 40 == 0)
			check_maps();
	}
	step_touch(0, PAGES);
	CHECK_EQ(munmap(window, PAGES * PAGE), 0);
	PASS();
}
