/* /proc/slabinfo says exactly how many objects of a cache are in use, those not that wait for their next
 * use, and how many slabs hold them. guest-only: the caches are SynOS's own. */
#include "test.h"

#include <fcntl.h>

#define PIPES	100

struct cache {
	unsigned long active, objects, size, per_slab, pages, limit, slabs, most;
};

static struct cache read_cache(const char *name)
{
	char line[256], word[64];
	struct cache cache = { 0 };
	FILE *file = fopen("/proc/slabinfo", "r");
	int found = 0;

	CHECK(file != NULL);
	while (!found && fgets(line, sizeof(line), file)) {
		int fields = sscanf(line,
			"%63s %lu %lu %lu %lu %lu : tunables %lu %*u %*u : slabdata %lu %*u %*u : most %lu",
			word, &cache.active, &cache.objects, &cache.size, &cache.per_slab, &cache.pages,
			&cache.limit, &cache.slabs, &cache.most);

		found = fields == 9 && strcmp(word, name) == 0;
	}
	CHECK(found);
	CHECK_EQ(fclose(file), 0);
	CHECK(cache.active <= cache.objects && cache.active <= cache.most);
	CHECK_EQ(cache.objects, cache.slabs * cache.per_slab);
	CHECK(cache.per_slab * cache.size <= cache.pages * 4096);
	CHECK(cache.limit >= 2 && cache.limit < PIPES);
	return cache;
}

int main(void)
{
	int ends[PIPES][2];

	CHECK_EQ(pipe(ends[0]), 0);
	struct cache before = read_cache("pipe_cache");
	for (int i = 1; i < PIPES; i++) {
		CHECK_EQ(pipe(ends[i]), 0);
		CHECK_EQ(read_cache("pipe_cache").active, before.active + i);
	}
	struct cache most = read_cache("pipe_cache");
	CHECK(most.slabs > before.slabs);
	for (int i = PIPES - 1; i > 0; i--) {
		close(ends[i][0]);
		close(ends[i][1]);
		CHECK_EQ(read_cache("pipe_cache").active, before.active + i - 1);
	}
	struct cache after = read_cache("pipe_cache");
	CHECK(after.slabs < most.slabs && after.most >= before.active + PIPES - 1);
	PASS();
}
