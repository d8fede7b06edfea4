/* RLIMIT_AS, RLIMIT_DATA and RLIMIT_STACK: mmap, brk and the stack stop there. */
#define _GNU_SOURCE
#include "test.h"

#include <sys/mman.h>
#include <sys/resource.h>

#define MIB (1ul << 20)

static void set(int resource, rlim_t soft)
{
	struct rlimit limit;

	CHECK_EQ(getrlimit(resource, &limit), 0);
	limit.rlim_cur = soft;
	CHECK_EQ(setrlimit(resource, &limit), 0);
}

static void *map(size_t size)
{
	return mmap(NULL, size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

static void address_space(void)
{
	set(RLIMIT_AS, 100 * MIB);
	char *first = map(60 * MIB);
	CHECK(first != MAP_FAILED);
	CHECK_ERRNO(map(60 * MIB), ENOMEM);
	CHECK(map(10 * MIB) != MAP_FAILED);
	CHECK_ERRNO(sbrk(60 * MIB), ENOMEM);
	CHECK_ERRNO(mremap(first, 60 * MIB, 120 * MIB, MREMAP_MAYMOVE), ENOMEM);
	CHECK_EQ(munmap(first, 60 * MIB), 0);
	CHECK(map(60 * MIB) != MAP_FAILED);
}

static void heap(void)
{
	set(RLIMIT_DATA, 8 * MIB);
	CHECK(sbrk(2 * MIB) != (void *)-1);
	CHECK_ERRNO(sbrk(8 * MIB), ENOMEM);
	CHECK(sbrk(2 * MIB) != (void *)-1);
}

/* A mapping that takes the place of others needs only what it has more. */
static void replaced(void)
{
	int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, writable = PROT_READ | PROT_WRITE;

	set(RLIMIT_AS, 100 * MIB);
	char *pages = map(60 * MIB);
	CHECK(pages != MAP_FAILED);
	CHECK(mmap(pages, 60 * MIB, PROT_READ, flags, -1, 0) == pages);
	CHECK_ERRNO(mmap(pages + 40 * MIB, 70 * MIB, PROT_READ, flags, -1, 0), ENOMEM);
	CHECK(mmap(pages + 40 * MIB, 50 * MIB, PROT_READ, flags, -1, 0) == pages + 40 * MIB);

	set(RLIMIT_DATA, 16 * MIB);
	CHECK(mmap(pages, 10 * MIB, writable, flags, -1, 0) == pages);
	CHECK(mmap(pages, 10 * MIB, writable, flags, -1, 0) == pages);
}

/* Private memory that can be written counts as data, however it came to be so. */
static void data(void)
{
	int writable = PROT_READ | PROT_WRITE, private = MAP_PRIVATE | MAP_ANONYMOUS;

	set(RLIMIT_DATA, 8 * MIB);
	char *reserved = map(20 * MIB);
	CHECK(reserved != MAP_FAILED);
	CHECK(mmap(NULL, 20 * MIB, writable, MAP_SHARED | MAP_ANONYMOUS, -1, 0) != MAP_FAILED);
	CHECK_ERRNO(mmap(NULL, 9 * MIB, writable, private, -1, 0), ENOMEM);
	char *first = mmap(NULL, 4 * MIB, writable, private, -1, 0);
	CHECK(first != MAP_FAILED);
	CHECK_ERRNO(mmap(NULL, 5 * MIB, writable, private, -1, 0), ENOMEM);
	CHECK_ERRNO(mprotect(reserved, 5 * MIB, writable), ENOMEM);
	CHECK_ERRNO(mremap(first, 4 * MIB, 9 * MIB, MREMAP_MAYMOVE), ENOMEM);
	CHECK_ERRNO(sbrk(5 * MIB), ENOMEM);
	CHECK_EQ(mprotect(reserved, 2 * MIB, writable), 0);
	CHECK_ERRNO(mprotect(reserved + 2 * MIB, 2 * MIB, writable), ENOMEM);
	CHECK_EQ(mprotect(first, 4 * MIB, PROT_READ), 0);
	CHECK_EQ(mprotect(reserved + 2 * MIB, 2 * MIB, writable), 0);
	CHECK_EQ(munmap(reserved, 4 * MIB), 0);
	CHECK(mmap(NULL, 7 * MIB, writable, private, -1, 0) != MAP_FAILED);
}

static volatile char top = 1;

/* Each call has a frame of its own, since the next one reads it. */
__attribute__((noinline)) static int deep(unsigned long bytes, volatile char *above)
{
	volatile char frame[4096];

	frame[0] = *above;
	return bytes < sizeof(frame) ? frame[0] : deep(bytes - sizeof(frame), frame);
}

static void shallow_stack(void)
{
	set(RLIMIT_STACK, 1 * MIB);
	CHECK(deep(MIB / 2, &top) > 0);
	deep(2 * MIB, &top);
}

static void deep_stack(void)
{
	CHECK(deep(3 * MIB, &top) > 0);
}

/* A limit that comes while a child uses the space too. */
static void limited_by_child(void)
{
	struct rlimit limit = { 100 * MIB, RLIM_INFINITY };
	pid_t self = getpid(), child = vfork();
	int status;

	CHECK(child >= 0);
	if (child == 0)
		_exit(prlimit(self, RLIMIT_AS, &limit, NULL) != 0);
	CHECK_EQ(waitpid(child, &status, 0), child);
	CHECK_EQ(status, 0);
	CHECK_ERRNO(map(120 * MIB), ENOMEM);
}

int main(int argc, char **argv)
{
	if (argc > 1 && strcmp(argv[1], "deep") == 0)
		_exit(deep(3 * MIB, &top) <= 0);
	CHECK_EXIT(address_space, 0);
	CHECK_EXIT(replaced, 0);
	CHECK_EXIT(limited_by_child, 0);
	CHECK_EXIT(heap, 0);
	CHECK_EXIT(data, 0);
	CHECK_SIGNAL(shallow_stack, SIGSEGV);
	CHECK_EXIT(deep_stack, 0);

	/* The limit goes with exec. */
	pid_t child = fork();
	CHECK(child >= 0);
	if (child == 0) {
		set(RLIMIT_STACK, 1 * MIB);
		execl("/proc/self/exe", "limit_memory", "deep", (char *)NULL);
		execl(argv[0], "limit_memory", "deep", (char *)NULL);
		_exit(9);
	}
	int status;
	CHECK_EQ(waitpid(child, &status, 0), child);
	CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGSEGV);
	PASS();
}
