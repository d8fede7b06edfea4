/* A fork that finds too little memory fails with ENOMEM and has changed nothing: the parent's
 * memory is whole and writable, and once there is memory again, fork works.
 *
 * guest-only: it takes nearly all memory of the machine. */
#include "frames.h"
#include "mapping.h"

#define TABLE	(2 * MIB)	/* what one page table maps */
#define TABLES	300

static char *sparse;

static void check_sparse(void)
{
	for (int i = 0; i < TABLES; i++)
		CHECK_EQ(sparse[i * TABLE], (char)i);
}

static void change_sparse(void)
{
	for (int i = 0; i < TABLES; i++)
		sparse[i * TABLE] = 99;
}

/* Memory of which only so many frames are left. */
static char *fill(size_t size, unsigned long leave)
{
	char *memory = mmap(NULL, size, RW, PRIVATE | MAP_NORESERVE, -1, 0);

	CHECK(memory != MAP_FAILED);
	for (size_t at = 0; at < size && free_frames() > leave; at += PAGE)
		memory[at] = 1;
	return memory;
}

/* A child that has copied all writes no page of its parent's; only whether fork works is asked. */
static int try_fork(void)
{
	int status;
	pid_t pid = fork();

	if (pid == 0)
		_exit(0);
	if (pid < 0)
		return errno;
	CHECK_EQ(waitpid(pid, &status, 0), pid);
	CHECK_EQ(status, 0);
	return 0;
}

int main(void)
{
	size_t size = (free_frames() + 1000) * PAGE;
	char *filler;

	sparse = mmap(NULL, TABLES * TABLE, RW, PRIVATE | MAP_NORESERVE, -1, 0);
	CHECK(sparse != MAP_FAILED);
	for (int i = 0; i < TABLES; i++)
		sparse[i * TABLE] = (char)i;
	CHECK_EXIT(change_sparse, 0);
	check_sparse();

	filler = fill(size, 200);
	for (int i = 0; i < 20; i++) {
		unsigned long before = free_frames();

		CHECK_EQ(try_fork(), ENOMEM);
		check_sparse();
		CHECK(free_frames() + 16 > before);
	}
	for (int i = 0; i < TABLES; i++)
		sparse[i * TABLE] = (char)i;
	CHECK_EQ(munmap(filler, size), 0);
	CHECK_EQ(try_fork(), 0);
	CHECK_EXIT(change_sparse, 0);
	check_sparse();
	PASS();
}
