/* process_vm_readv and process_vm_writev: another process's memory, its private pages, pages it has not
 * touched, pages it may not write; what cannot be copied, and who may not. */
#include "mapping.h"

#include <signal.h>
#include <sys/uio.h>
#include <sys/wait.h>

#define PAGES	4

static struct {
	char *area;	/* PAGES pages of 1, one never touched, one only readable, one of no rights */
	char *odd;	/* a page that can only be written, one that can only be run */
	int fork_value;
} world = { .fork_value = 7 };

static ssize_t read_at(pid_t pid, void *to, const void *from, size_t size)
{
	struct iovec local = { to, size }, remote = { (void *)from, size };

	return process_vm_readv(pid, &local, 1, &remote, 1, 0);
}

static ssize_t write_at(pid_t pid, const void *from, void *to, size_t size)
{
	struct iovec local = { (void *)from, size }, remote = { to, size };

	return process_vm_writev(pid, &local, 1, &remote, 1, 0);
}

static void copies(pid_t child)
{
	static char block[8 * PAGE];
	char *end = world.area + PAGES * PAGE;
	int value = 0;

	/* The child's copy, not the page that both had after fork. */
	CHECK_EQ(read_at(child, &value, &world.fork_value, sizeof(value)), sizeof(value));
	CHECK_EQ(value, 8);
	CHECK_EQ(world.fork_value, 7);
	value = 9;
	CHECK_EQ(write_at(child, &value, &world.fork_value, sizeof(value)), sizeof(value));
	CHECK_EQ(world.fork_value, 7);

	CHECK_EQ(read_at(child, block, world.area + 100, 3 * PAGE), 3 * PAGE);
	for (size_t i = 0; i < 3 * PAGE; i++)
		CHECK_EQ(block[i], 1);
	/* What it has not touched reads as zeros, and can be written. */
	CHECK_EQ(read_at(child, block, end, PAGE), PAGE);
	CHECK_EQ(block[0] | block[PAGE - 1], 0);
	CHECK_EQ(write_at(child, "abc", end + PAGE - 3, 3), 3);
	CHECK_EQ(read_at(child, block, end + PAGE - 3, 3), 3);
	CHECK_EQ(memcmp(block, "abc", 3), 0);
	/* As far as it goes. */
	CHECK_EQ(read_at(child, block, end, 3 * PAGE), 2 * PAGE);
	CHECK_EQ(write_at(child, block, end, 3 * PAGE), PAGE);
	CHECK_ERRNO(write_at(child, block, end + PAGE, 1), EFAULT);
	CHECK_ERRNO(read_at(child, block, end + 2 * PAGE, 1), EFAULT);
	CHECK_ERRNO(read_at(child, block, (void *)-4096, 8), EFAULT);
	CHECK_EQ(write_at(child, "abc", world.odd, 3), 3);
	CHECK_ERRNO(read_at(child, block, world.odd, 3), EFAULT);
	CHECK_ERRNO(write_at(child, "abc", world.odd + PAGE, 3), EFAULT);
	CHECK_ERRNO(read_at(child, block, world.odd + PAGE, 3), EFAULT);
	CHECK_ERRNO(read_at(child, world.area + 6 * PAGE, world.area, 8), EFAULT);
}

/* Ranges of different lengths on both sides. */
static void ranges(pid_t child)
{
	char one[10] = "", two[10] = "";
	struct iovec local[3] = { { one, 3 }, { NULL, 0 }, { two, 5 } };
	struct iovec remote[3] = { { world.area, 2 }, { world.area + PAGE - 1, 4 }, { world.area, 0 } };
	struct iovec bad[2] = { { one, 1 }, { (void *)8, 8 } };

	CHECK_EQ(write_at(child, "0123456789", world.area + PAGE - 2, 10), 10);
	CHECK_EQ(process_vm_readv(child, local, 3, remote, 3, 0), 6);
	CHECK_EQ(memcmp(one, "\1\1" "1", 3), 0);
	CHECK_EQ(memcmp(two, "234\0\0", 5), 0);
	memcpy(one, "xyz", 3);
	CHECK_EQ(process_vm_writev(child, local, 3, remote, 3, 0), 6);
	CHECK_EQ(read_at(child, two, world.area + PAGE - 1, 4), 4);
	CHECK_EQ(memcmp(two, "z234", 4), 0);
	/* The second range is none. */
	CHECK_EQ(process_vm_readv(child, bad, 2, remote, 3, 0), 1);
	bad[0].iov_base = world.area;
	CHECK_EQ(process_vm_readv(child, local, 1, bad, 2, 0), 1);
}

static void errors(pid_t child)
{
	char byte = 0;
	struct iovec one = { &byte, 1 }, none = { &byte, 0 }, huge = { &byte, -1 };

	CHECK_ERRNO(process_vm_readv(child, &one, 1, &one, 1, 1), EINVAL);
	CHECK_ERRNO(process_vm_readv(child, &one, 1025, &one, 1, 0), EINVAL);
	CHECK_ERRNO(process_vm_readv(child, &one, 1, &one, 1025, 0), EINVAL);
	CHECK_ERRNO(process_vm_readv(child, &huge, 1, &one, 1, 0), EINVAL);
	CHECK_ERRNO(process_vm_readv(child, &one, 1, &huge, 1, 0), EINVAL);
	CHECK_ERRNO(process_vm_readv(child, &one, 1, (void *)8, 1, 0), EFAULT);
	CHECK_ERRNO(process_vm_readv(child, (void *)8, 1, &one, 1, 0), EFAULT);
	CHECK_ERRNO(process_vm_readv(0x7ffffff0, &one, 1, &one, 1, 0), ESRCH);
	CHECK_ERRNO(process_vm_readv(0, &one, 1, &one, 1, 0), ESRCH);
	CHECK_ERRNO(process_vm_readv(-child, &one, 1, &one, 1, 0), ESRCH);
	/* Nothing to copy: nothing is looked at. */
	CHECK_EQ(process_vm_readv(0x7ffffff0, &none, 1, (void *)8, 1025, 0), 0);
	CHECK_EQ(process_vm_readv(0x7ffffff0, &one, 1, &none, 1, 0), 0);
	CHECK_EQ(process_vm_readv(0x7ffffff0, &one, 0, &one, 1, 0), 0);
	CHECK_EQ(process_vm_readv(0x7ffffff0, &one, 1, &one, 0, 0), 0);
	/* What Linux sees of it is none. */
	CHECK_EQ(process_vm_readv(0x7ffffff0, &one, 1ul << 32, &one, 1, 0), 0);
	CHECK_ERRNO(process_vm_readv(child, &one, 1, &one, 1ul << 32, 0), EINVAL);
}

/* Another user may not; nor, by his real IDs, who has borrowed the rights of that user; nor that user
 * himself, since the child has been another's and may know of him. */
static void rights(pid_t child)
{
	char byte = 0;

	if (getuid() != 0)
		return;
	static const int ids[3][2] = { { 1001, 1001 }, { 1001, 1000 }, { 1000, 1000 } };

	for (int i = 0; i < 3; i++) {
		pid_t other = fork();

		if (other == 0) {
			CHECK_EQ(setresuid(ids[i][0], ids[i][1], ids[i][0]), 0);
			CHECK_ERRNO(read_at(child, &byte, world.area, 1), EPERM);
			CHECK_ERRNO(write_at(child, &byte, world.area, 1), EPERM);
			CHECK_EQ(read_at(getpid(), &byte, world.area, 1), 1);
			_exit(0);
		}
		int status;
		CHECK_EQ(waitpid(other, &status, 0), other);
		CHECK_EQ(status, 0);
	}
}

/* A page of a file that both map is one page. */
static void shared(pid_t child, char *page)
{
	CHECK_EQ(write_at(child, "shared", page, 7), 7);
	CHECK_STR(page, "shared");
}

static void child_main(const int *go)
{
	char byte;

	world.fork_value = 8;
	memset(world.area, 1, PAGES * PAGE);
	if (getuid() == 0)
		CHECK_EQ(setresuid(1000, 1000, 1000), 0);
	CHECK_EQ(write(go[1], "r", 1), 1);
	CHECK_EQ(read(go[2], &byte, 1), 1);
	_exit(world.fork_value == 9 ? 0 : 1);
}

int main(void)
{
	int ready[2], end[2], status;
	char byte, *page = mmap(NULL, PAGE, RW, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	world.area = map_pages(PAGES + 3);
	CHECK(page != MAP_FAILED);
	world.odd = map_pages(2);
	CHECK_EQ(mprotect(world.odd, PAGE, PROT_WRITE), 0);
	CHECK_EQ(mprotect(world.odd + PAGE, PAGE, PROT_EXEC), 0);
	CHECK_EQ(mprotect(world.area + (PAGES + 1) * PAGE, PAGE, PROT_READ), 0);
	CHECK_EQ(mprotect(world.area + (PAGES + 2) * PAGE, PAGE, PROT_NONE), 0);
	CHECK_EQ(pipe(ready), 0);
	CHECK_EQ(pipe(end), 0);
	pid_t child = fork();
	CHECK(child >= 0);
	if (child == 0)
		child_main((int[]){ 0, ready[1], end[0] });
	CHECK_EQ(read(ready[0], &byte, 1), 1);
	copies(child);
	ranges(child);
	errors(child);
	rights(child);
	shared(child, page);
	CHECK_EQ(write(end[1], "e", 1), 1);
	/* A process that has ended has no memory. */
	CHECK_EQ(waitid(P_PID, child, &(siginfo_t){ 0 }, WEXITED | WNOWAIT), 0);
	CHECK_ERRNO(read_at(child, &byte, world.area, 1), ESRCH);
	CHECK_EQ(waitpid(child, &status, 0), child);
	CHECK_EQ(status, 0);
	PASS();
}
