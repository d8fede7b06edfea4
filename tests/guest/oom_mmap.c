/* Memory runs out: a process that touches more than there is dies by SIGKILL, one after the other,
 * and each time all of it comes back and everybody else goes on.
 *
 * guest-only: it takes all memory of the machine. */
#include "frames.h"
#include "mapping.h"

/* In one piece that overcommit lets pass, or in many. */
static void touch_more_than_all(size_t piece)
{
	size_t most = (free_frames() + 10000) * PAGE;

	for (size_t done = 0; done < most; done += piece) {
		char *memory = mmap(NULL, piece, RW, PRIVATE | MAP_NORESERVE, -1, 0);

		CHECK(memory != MAP_FAILED);
		for (size_t at = 0; at < piece; at += PAGE)
			memory[at] = 1;
	}
}

static void in_one_piece(void)
{
	touch_more_than_all((free_frames() + 10000) * PAGE);
}

static void in_many_pieces(void)
{
	touch_more_than_all(MIB);
}

/* The call that finds no memory fails; the process dies at its own next step, if not before. */
static void in_the_kernel(void)
{
	size_t most = (free_frames() + 10000) * PAGE;
	char *memory = mmap(NULL, most, RW, PRIVATE | MAP_NORESERVE, -1, 0);
	int zero = open("/dev/zero", O_RDONLY);

	CHECK(memory != MAP_FAILED && zero >= 0);
	for (size_t at = 0; at < most; at += MIB) {
		if (read(zero, memory + at, MIB) != (ssize_t)MIB) {
			for (; at < most; at += PAGE)
				memory[at] = 1;
		}
	}
}

int main(void)
{
	unsigned long before = free_frames();
	char *mine = map_pages(100);

	memset(mine, 7, 100 * PAGE);
	CHECK_SIGNAL(in_one_piece, SIGKILL);
	CHECK_SIGNAL(in_many_pieces, SIGKILL);
	CHECK_SIGNAL(in_the_kernel, SIGKILL);
	for (size_t i = 0; i < 100 * PAGE; i++)
		CHECK_EQ(mine[i], 7);
	CHECK_EQ(munmap(mine, 100 * PAGE), 0);
	CHECK(free_frames() + 64 > before);
	PASS();
}
