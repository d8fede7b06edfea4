/* The errors of mmap(2), and which comes first. */
#include "mapping.h"

static void lengths_and_offsets(void)
{
	CHECK_ERRNO(mmap(NULL, 0, RW, PRIVATE, -1, 0), EINVAL);
	CHECK_ERRNO(mmap(NULL, PAGE, RW, PRIVATE, -1, 1), EINVAL);
	CHECK_ERRNO(mmap(NULL, PAGE, RW, PRIVATE, -1, PAGE / 2), EINVAL);
	CHECK_ERRNO(mmap(NULL, -1ul, PROT_NONE, PRIVATE, -1, 0), ENOMEM);
	CHECK_ERRNO(mmap(NULL, -PAGE, PROT_NONE, PRIVATE, -1, 0), ENOMEM);
	CHECK_ERRNO(mmap(NULL, 1ul << 47, PROT_NONE, PRIVATE, -1, 0), ENOMEM);
	CHECK_ERRNO(mmap(NULL, 1ul << 63, PROT_NONE, PRIVATE, -1, 0), ENOMEM);
	CHECK_ERRNO(mmap(NULL, 0, RW, MAP_ANONYMOUS, -1, 0), EINVAL);
}

static void types(void)
{
	CHECK_ERRNO(mmap(NULL, PAGE, RW, MAP_ANONYMOUS, -1, 0), EINVAL);
	CHECK_ERRNO(mmap(NULL, PAGE, RW, MAP_ANONYMOUS | 0x0f, -1, 0), EINVAL);
	CHECK_ERRNO(mmap(NULL, PAGE, RW, MAP_ANONYMOUS | MAP_SHARED_VALIDATE, -1, 0), EINVAL);
	CHECK_ERRNO(
		mmap(NULL, PAGE, RW, MAP_ANONYMOUS | MAP_SHARED | MAP_GROWSDOWN, -1, 0), EINVAL);
	CHECK_ERRNO(mmap(NULL, PAGE, RW, 0, -1, 0), EBADF);
	CHECK_ERRNO(mmap(NULL, PAGE, RW, MAP_PRIVATE, -1, 0), EBADF);
	CHECK_ERRNO(mmap(NULL, PAGE, RW, MAP_SHARED, 1000, 0), EBADF);
}

static void fixed_places(void)
{
	char *place = free_place(4);

	CHECK_ERRNO(mmap(place + 1, PAGE, RW, PRIVATE | MAP_FIXED, -1, 0), EINVAL);
	CHECK_ERRNO(mmap(place + 1, PAGE, RW, PRIVATE | MAP_FIXED_NOREPLACE, -1, 0), EINVAL);
	CHECK_ERRNO(mmap((void *)0x7ffffffff000, PAGE, RW, PRIVATE | MAP_FIXED, -1, 0), ENOMEM);
	CHECK_ERRNO(mmap((void *)0x7fffffffe000, 2 * PAGE, RW, PRIVATE | MAP_FIXED, -1, 0), ENOMEM);
	CHECK_ERRNO(mmap((void *)0xffff800000000000, PAGE, RW, PRIVATE | MAP_FIXED, -1, 0), ENOMEM);
	CHECK_ERRNO(mmap((void *)-PAGE, PAGE, RW, PRIVATE | MAP_FIXED, -1, 0), ENOMEM);
	CHECK_ERRNO(
		mmap((void *)-PAGE, 2 * PAGE, RW, PRIVATE | MAP_FIXED_NOREPLACE, -1, 0), ENOMEM);
	CHECK_ERRNO(mmap((void *)0x800000000000, PAGE, RW, PRIVATE | MAP_FIXED, -1, 0), ENOMEM);
	CHECK_ERRNO(mmap(place, PAGE, RW, MAP_ANONYMOUS | MAP_FIXED, -1, 0), EINVAL);
}

/* What has failed has mapped nothing, and flags without a meaning do no harm. */
static void what_is_left(void)
{
	char *place = free_place(1);

	CHECK_ERRNO(mmap(place, PAGE, RW, MAP_ANONYMOUS | MAP_FIXED, -1, 0), EINVAL);
	CHECK_NOT_READABLE(place);
	place = mmap(NULL, 1, RW | 0xff0,
		PRIVATE | MAP_STACK | MAP_NORESERVE | MAP_DENYWRITE | MAP_EXECUTABLE, 77, 0);
	CHECK(place != MAP_FAILED && ((unsigned long)place & (PAGE - 1)) == 0);
	place[PAGE - 1] = 1;
	CHECK_EQ(munmap(place, 1), 0);
}

int main(void)
{
	lengths_and_offsets();
	types();
	fixed_places();
	what_is_left();
	PASS();
}
