/* Aligned blocks: every power of two, at many sizes; what is not one is refused; they are blocks
 * as all others. */
#include <stdint.h>

#include "heap_calls.h"
#include "test.h"

static void alignment_works(size_t alignment)
{
	static const size_t sizes[] = { 0, 1, 48, 1000, 5000, 300000 };
	void *p[6];

	for (int i = 0; i < 6; i++) {
		if (alignment >= sizeof(void *))
			CHECK_EQ(posix_memalign(&p[i], alignment, sizes[i]), 0);
		else
			p[i] = memalign(alignment, sizes[i]);
		CHECK(p[i] != NULL);
		CHECK_EQ((uintptr_t)p[i] % alignment, 0);
		CHECK_EQ((uintptr_t)p[i] % 16, 0);
		CHECK(malloc_usable_size(p[i]) >= sizes[i]);
		memset(p[i], i, sizes[i]);
	}
	for (int i = 0; i < 6; i++) {
		for (size_t k = 0; k < sizes[i]; k += 13)
			CHECK_EQ(((char *)p[i])[k], i);
		free(p[i]);
	}
}

int main(void)
{
	static volatile size_t none, odd = 48;
	void *p = "as it was", *was = p, *grown;

	for (size_t alignment = 1; alignment <= (size_t)1 << 30; alignment *= 2)
		alignment_works(alignment);
	CHECK_ERRNO(aligned_alloc(none, 48), EINVAL);
	CHECK_ERRNO(aligned_alloc(odd, 48), EINVAL);
	CHECK_ERRNO(memalign(odd, 48), EINVAL);

	/* posix_memalign says the error, leaves errno, and does not touch the pointer. */
	errno = 77;
	CHECK_EQ(posix_memalign(&p, none, 8), EINVAL);
	CHECK_EQ(posix_memalign(&p, odd, 8), EINVAL);
	CHECK_EQ(posix_memalign(&p, sizeof(void *) / 2, 8), EINVAL);
	CHECK_EQ(posix_memalign(&p, 64, (size_t)1 << 50), ENOMEM);
	CHECK_EQ(errno, 77);
	CHECK_EQ(p, was);

	grown = aligned_alloc(256, 100);
	CHECK(grown != NULL);
	memset(grown, 'g', 100);
	grown = realloc(grown, 100000);
	CHECK(grown != NULL);
	for (int i = 0; i < 100; i++)
		CHECK_EQ(((char *)grown)[i], 'g');
	free(grown);
	PASS();
}
