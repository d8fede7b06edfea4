/* What a file loses is gone from mappings too: SIGBUS behind the new end, zeros in its last page, private copies as well;
 * and the file can grow back. */
#include "scratch.h"

#include <sys/mman.h>

static volatile char *shared, *private;

static void touch_shared(void)
{
	(void)shared[4096];
}

static void touch_private(void)
{
	(void)private[8192];
}

int main(void)
{
	static char page[4096];

	scratch_enter();
	int fd = open("f", O_CREAT | O_RDWR, 0600);
	memset(page, 'x', sizeof(page));
	for (int i = 0; i < 3; i++)
		CHECK_EQ(write(fd, page, sizeof(page)), sizeof(page));
	shared = mmap(NULL, 3 * 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	private = mmap(NULL, 3 * 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
	CHECK(shared != MAP_FAILED && private != MAP_FAILED);
	CHECK_EQ(shared[4096], 'x');
	private[8192] = 'p';
	CHECK_EQ(ftruncate(fd, 100), 0);
	CHECK_SIGNAL(touch_shared, SIGBUS);
	CHECK_SIGNAL(touch_private, SIGBUS);
	CHECK_EQ(shared[99], 'x');
	CHECK_EQ(shared[100], 0);
	CHECK_EQ(ftruncate(fd, 3 * 4096), 0);
	CHECK_EQ(shared[4096], 0);
	CHECK_EQ(private[8192], 0);
	shared[4096] = 'y';
	CHECK_EQ(lseek(fd, 4096, SEEK_SET), 4096);
	CHECK_EQ(read(fd, page, 1), 1);
	CHECK_EQ(page[0], 'y');
	close(fd);
	CHECK_EQ(unlink("f"), 0);
	scratch_leave();
	PASS();
}
