/* Targets of symbolic links, and names, count to what files may hold: when that is used up, there is no
 * room for them either. guest-only: it takes half of the machine's memory. */
#include "scratch.h"

#define MOST	1000

static char name[256], target[4000];

static int make_symbolic(int i)
{
	snprintf(name, sizeof(name), "s%d", i);
	return symlink(target, name);
}

static int make_name(int i)
{
	snprintf(name, sizeof(name), "%0200d", i);
	return link("file", name);
}

/* How many there is room for. */
static int make_all(int (*make)(int i))
{
	int made = 0;

	while (made < MOST && make(made) == 0)
		made++;
	return made;
}

static void remove_all(int made, const char *form)
{
	while (made-- > 0) {
		snprintf(name, sizeof(name), form, made);
		CHECK_EQ(unlink(name), 0);
	}
}

int main(void)
{
	static char block[65536];

	scratch_enter();
	memset(target, 'x', sizeof(target) - 1);
	int fd = open("file", O_CREAT | O_RDWR, 0600);
	CHECK(fd >= 0);
	while (write(fd, block, sizeof(block)) > 0)
		;
	CHECK_EQ(errno, ENOSPC);
	/* The last page is not counted by the byte. */
	int links = make_all(make_symbolic);
	CHECK(links < 10);
	CHECK_EQ(errno, ENOSPC);
	int names = make_all(make_name);
	CHECK(names < 100);
	CHECK_EQ(errno, ENOSPC);

	CHECK_EQ(ftruncate(fd, 0), 0);
	CHECK_EQ(make_symbolic(MOST), 0);
	CHECK_EQ(unlink(name), 0);
	CHECK_EQ(make_name(MOST), 0);
	CHECK_EQ(unlink(name), 0);
	remove_all(links, "s%d");
	remove_all(names, "%0200d");
	CHECK_EQ(close(fd), 0);
	CHECK_EQ(unlink("file"), 0);
	scratch_leave();
	PASS();
}
