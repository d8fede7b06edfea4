/* Page tables count when memory runs out: who has taken it all by reading a page here and there in a
 * huge range, and so has next to no page of its own, ends for it, and not who holds more pages.
 * guest-only: it takes all memory of the machine. */
#include "frames.h"
#include "mapping.h"

#define TABLE	(2 * MIB)	/* what one page table maps */
#define LEAVE	600		/* frames */
#define OWN	(16 * MIB)

static void take_tables(int ready)
{
	size_t tables = free_frames();
	volatile char *place =
		mmap(NULL, tables * TABLE, PROT_READ, PRIVATE | MAP_NORESERVE, -1, 0);

	CHECK(place != MAP_FAILED);
	for (size_t i = 0; i < tables && (i % 64 || free_frames() > LEAVE); i++)
		CHECK_EQ(place[i * TABLE], 0);
	CHECK_EQ(write(ready, "r", 1), 1);
	for (;;)
		pause();
}

int main(void)
{
	char *own = map_pages(OWN / PAGE), *more = map_pages(OWN / PAGE), byte;
	int ready[2], status;

	CHECK_EQ(pipe(ready), 0);
	pid_t hog = fork();
	CHECK(hog >= 0);
	if (hog == 0)
		take_tables(ready[1]);
	memset(own, 1, OWN);
	CHECK_EQ(read(ready[0], &byte, 1), 1);
	memset(more, 1, OWN);
	CHECK_EQ(waitpid(hog, &status, 0), hog);
	CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
	for (size_t at = 0; at < OWN; at += PAGE)
		CHECK(own[at] == 1 && more[at] == 1);
	PASS();
}
