/* Each allocation of the calls on memory, and of the page faults, fails in turn: the call gives
 * ENOMEM and has done nothing, the fault is served all the same.
 * guest-only: Linux has /proc/self/fail-nth only where it was built for it. */
#include "fail_nth.h"

#include <sys/mman.h>
#include <sys/syscall.h>

#define PAGE	4096ul
#define RW	(PROT_READ | PROT_WRITE)
#define PRIVATE	(MAP_PRIVATE | MAP_ANONYMOUS)
#define FAR	(1ul << 39)	/* what a whole top-level entry maps */
#define TABLE	(2ul << 20)

static char *place, *area;
static int fd;

static int result(void *mapping)
{
	return mapping == MAP_FAILED ? errno : 0;
}

static int run_map(void)
{
	void *got = mmap(place, TABLE, RW, PRIVATE | MAP_FIXED_NOREPLACE, -1, 0);

	return result(got);
}

/* A fixed mapping over parts of others: all or nothing. */
static int run_map_over(void)
{
	void *got = mmap(area + PAGE, PAGE, PROT_READ, PRIVATE | MAP_FIXED, -1, 0);

	if (got == MAP_FAILED) {
		int error = errno;

		memset(area, 1, 3 * PAGE);
		return error;
	}
	return 0;
}

static void undo_map_over(void)
{
	CHECK_EQ(munmap(area, 3 * PAGE), 0);
	CHECK(mmap(area, 3 * PAGE, RW, PRIVATE | MAP_FIXED, -1, 0) == area);
	memset(area, 2, 3 * PAGE);
}

static int run_map_file(void)
{
	return result(mmap(place, TABLE, PROT_READ, MAP_PRIVATE | MAP_FIXED_NOREPLACE, fd, 0));
}

static int run_map_shared(void)
{
	return result(mmap(place, TABLE, RW, MAP_SHARED | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0));
}

static void undo_map(void)
{
	CHECK_EQ(munmap(place, TABLE), 0);
}

static int run_protect(void)
{
	if (mprotect(area + PAGE, PAGE, PROT_READ) == 0)
		return 0;
	/* None of the three may have changed. */
	int error = errno;
	memset(area, 3, 3 * PAGE);
	return error;
}

static void undo_protect(void)
{
	CHECK_EQ(mprotect(area, 3 * PAGE, RW), 0);
	CHECK_EQ(area[PAGE], area[0]);
}

static int run_unmap(void)
{
	if (munmap(area + PAGE, PAGE) == 0)
		return 0;
	int error = errno;
	memset(area, 4, 3 * PAGE);
	return error;
}

/* The middle of three pages moves and becomes longer: two cuts, an area, page tables. */
static int run_move(void)
{
	char *got = mremap(area + PAGE, PAGE, 2 * PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, place);

	if (got == MAP_FAILED) {
		int error = errno;

		CHECK_EQ(area[PAGE], 2);
		memset(area, 2, 3 * PAGE);
		return error;
	}
	CHECK_EQ(got[0], 2);
	return 0;
}

static void undo_move(void)
{
	CHECK_EQ(munmap(place, TABLE), 0);
	undo_map_over();
}

static int run_lock(void)
{
	return mlock(area + PAGE, PAGE) == 0 ? 0 : errno;
}

/* What could not be made present is locked all the same, as on Linux. */
static void undo_lock(void)
{
	CHECK_EQ(munlock(area, 3 * PAGE), 0);
}

static int run_advise(void)
{
	return madvise(area + PAGE, PAGE, MADV_DONTFORK) == 0 ? 0 : errno;
}

static void undo_advise(void)
{
	CHECK_EQ(madvise(area, 3 * PAGE, MADV_DOFORK), 0);
}

static long heap_end;

static int run_brk(void)
{
	long wanted = heap_end + 4 * TABLE;
	long got = syscall(SYS_brk, wanted);

	CHECK(got == wanted || got == heap_end);
	return got == wanted ? 0 : ENOMEM;
}

static void undo_brk(void)
{
	CHECK_EQ(syscall(SYS_brk, heap_end), heap_end);
}

/* Page faults, in a child: what it touches is mapped already. A fault that finds no frame when there
 * is memory is tried again. */
static void (*touch)(void);

static int run_touch(void)
{
	int status;
	pid_t child;
	char armed[24] = "";

	/* The child is to count, not fork: what was set for this process is set again there. */
	CHECK_EQ(lseek(fail_fd, 0, SEEK_SET), 0);
	CHECK(read(fail_fd, armed, sizeof(armed) - 1) > 0);
	unsigned n = strtoul(armed, NULL, 10);
	fail_set(0);
	child = fork();
	CHECK(child >= 0);
	if (child == 0) {
		int ended;

		fail_set(n);
		touch();
		ended = n && fail_happened() ? 2 : 0;
		fail_set(0);
		_exit(ended);
	}
	CHECK_EQ(waitpid(child, &status, 0), child);
	CHECK(WIFEXITED(status));
	if (WEXITSTATUS(status) == 2)
		return 0;
	CHECK_EQ(WEXITSTATUS(status), 0);
	/* Not reached: what is read as "left" here says so. */
	fail_set(n);
	return 0;
}

static void touch_fresh(void)
{
	for (size_t i = 0; i < 3; i++)
		place[i * FAR / 4] = 1;
}

static void touch_copy(void)
{
	memset(area, 5, 3 * PAGE);
}

static void touch_file(void)
{
	char *file = mmap(NULL, PAGE, RW, MAP_PRIVATE, fd, 0);

	if (file == MAP_FAILED) {
		fail_set(0);
		_exit(2);	/* the call said so */
	}
	file[0]++;
}

static void touch_stack(void)
{
	volatile char deep[64 * PAGE];	/* deeper than anything has been yet */

	for (size_t i = sizeof(deep); i > 0; i -= PAGE)
		deep[i - 1] = 1;
}

static void nothing(void)
{
}

static void faults(void)
{
	static const struct {
		const char *name;
		void (*touch)(void);
	} kinds[] = {
		{ "fault on fresh memory", touch_fresh },
		{ "fault on a copy", touch_copy },
		{ "fault on a file", touch_file },
		{ "fault on the stack", touch_stack },
	};

	CHECK(mmap(place, FAR, RW, PRIVATE | MAP_NORESERVE | MAP_FIXED, -1, 0) == place);
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		struct fail_case operation = { kinds[i].name, run_touch, nothing, 0 };

		touch = kinds[i].touch;
		fail_each(&operation);
	}
	CHECK_EQ(munmap(place, FAR), 0);
}

int main(void)
{
	static const struct fail_case cases[] = {
		{ "mmap", run_map, undo_map, -1 },
		{ "mmap over others", run_map_over, undo_map_over, -1 },
		{ "mmap of a file", run_map_file, undo_map, -1 },
		{ "mmap shared", run_map_shared, undo_map, -1 },
		{ "mprotect", run_protect, undo_protect, -1 },
		{ "munmap", run_unmap, undo_map_over, -1 },
		{ "mremap", run_move, undo_move, -1 },
		{ "brk", run_brk, undo_brk, -1 },
		{ "mlock", run_lock, undo_lock, EAGAIN },
		{ "madvise", run_advise, undo_advise, -1 },
	};
	const char *path = scratch_path("mapped");

	fail_init();
	fd = open(path, O_RDWR | O_CREAT | O_EXCL, 0600);
	CHECK_EQ(write(fd, "x", 1), 1);
	CHECK_EQ(unlink(path), 0);
	heap_end = syscall(SYS_brk, 0);
	area = mmap(NULL, 3 * PAGE, RW, PRIVATE, -1, 0);
	place = mmap(NULL, FAR, PROT_NONE, PRIVATE | MAP_NORESERVE, -1, 0);
	CHECK(area != MAP_FAILED && place != MAP_FAILED);
	memset(area, 2, 3 * PAGE);
	CHECK_EQ(munmap(place, FAR), 0);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		fail_each(&cases[i]);
	faults();
	PASS();
}
