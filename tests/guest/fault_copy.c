/* Faults that the kernel takes while it copies for a call: pages that are not there yet, pages to
 * be copied first, a stack that has to grow; and memory that the call may not touch, which is
 * EFAULT. */
#include "mapping.h"

static int ends[2];

static void send(size_t size, char value)
{
	static char bytes[4 * PAGE];

	memset(bytes, value, size);
	CHECK_EQ(write(ends[1], bytes, size), size);
}

static void check(const char *bytes, size_t size, char value)
{
	for (size_t i = 0; i < size; i++)
		CHECK_EQ(bytes[i], value);
}

static char *copied;

static void copy_on_write(void)
{
	send(2 * PAGE, 33);
	CHECK_EQ(read(ends[0], copied + 100, 2 * PAGE), 2 * PAGE);
	check(copied + 100, 2 * PAGE, 33);
	check(copied, 100, 11);
}

static void deep_in_the_stack(void)
{
	struct mapping stack;
	char here, *below;

	CHECK(mapping_at(&here, &stack));
	below = (char *)stack.start - 100 * PAGE;
	send(PAGE, 44);
	CHECK_EQ(read(ends[0], below, PAGE), PAGE);
	check(below, PAGE, 44);
}

int main(void)
{
	char *fresh = map_pages(4), *barrier = map_pages(3);

	CHECK_EQ(pipe(ends), 0);
	send(3 * PAGE, 22);
	CHECK_EQ(read(ends[0], fresh + 50, 3 * PAGE), 3 * PAGE);
	check(fresh + 50, 3 * PAGE, 22);
	check(fresh, 50, 0);

	copied = map_pages(4);
	memset(copied, 11, 4 * PAGE);
	CHECK_EXIT(copy_on_write, 0);
	check(copied, 4 * PAGE, 11);
	CHECK_EXIT(deep_in_the_stack, 0);

	/* Not there, not writable, not readable. */
	CHECK_EQ(munmap(barrier + 2 * PAGE, PAGE), 0);
	CHECK_EQ(mprotect(barrier + PAGE, PAGE, PROT_READ), 0);
	send(16, 1);
	CHECK_ERRNO(read(ends[0], barrier + PAGE, 16), EFAULT);
	CHECK_ERRNO(read(ends[0], barrier + 2 * PAGE, 16), EFAULT);
	CHECK_EQ(read(ends[0], barrier, 16), 16);
	CHECK_EQ(write(ends[1], barrier + PAGE, 16), 16);
	CHECK_EQ(read(ends[0], barrier, 16), 16);
	CHECK_EQ(mprotect(barrier + PAGE, PAGE, PROT_NONE), 0);
	CHECK_ERRNO(write(ends[1], barrier + PAGE, 16), EFAULT);
	CHECK_ERRNO(write(ends[1], barrier + 2 * PAGE, 16), EFAULT);
	PASS();
}
