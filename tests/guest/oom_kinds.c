/* A fork bomb; and memory run out by pipes, files, areas, page tables, the heap. Each ends with an
 * error, or with the death of who takes it; then all is back, and the machine answers.
 * guest-only: it takes all memory of the machine. */
#define _GNU_SOURCE
#include "frames.h"
#include "ledger.h"
#include "mapping.h"

#include <sys/prctl.h>
#include <synos/ai.h>

#define PROCESSES	400
#define TABLE		(2 * MIB)

/* Takes nearly all, so that what follows runs out soon. */
static void take_most(unsigned long leave)
{
	size_t size = free_frames() * PAGE;
	char *memory = mmap(NULL, size, RW, PRIVATE | MAP_NORESERVE, -1, 0);

	CHECK(memory != MAP_FAILED);
	for (size_t at = 0; at < size && free_frames() > leave; at += PAGE)
		memory[at] = 1;
}

static volatile struct {
	unsigned processes;
	pid_t group;
} *shared;

static void sleep_for_ever(void)
{
	for (;;)
		usleep(1000000);
}

/* Children, and children of theirs: bounded, and fewer than would leave no memory to who watches. They
 * wait for the end, which comes to all of them at once. */
static void bomb(void)
{
	int failed = 0;

	setpgid(0, 0);
	shared->group = getpid();
	while (!failed && shared->processes < PROCESSES) {
		pid_t child = fork();

		failed = child < 0 ? errno : 0;
		if (child != 0)
			continue;
		while (__atomic_fetch_add(&shared->processes, 1, __ATOMIC_RELAXED) % 3 && fork() == 0)
			;
		sleep_for_ever();
	}
	CHECK(failed == 0 || failed == ENOMEM || failed == EAGAIN);
	kill(0, SIGKILL);
}

/* Of as many descriptors as a process may have; there is less memory than they could hold. */
static void pipes(void)
{
	static char block[65536];
	int ends[2];
	ssize_t got = 0;

	memset(block, 1, sizeof(block));	/* a fault later would be fatal: */
	errno = 0;				/* these pages are its own now */
	take_most(2000);
	while (got >= 0 && pipe2(ends, O_NONBLOCK) == 0)
		got = write(ends[1], block, sizeof(block));
	CHECK_EQ(errno, ENOMEM);
}

static void files(void)
{
	static char block[65536];
	char path[256];
	ssize_t got;
	int fd;

	memset(block, 1, sizeof(block));	/* a fault later would be fatal: */
	errno = 0;				/* these pages are its own now */
	strcpy(path, scratch_path("full"));
	fd = open(path, O_RDWR | O_CREAT | O_EXCL, 0600);
	CHECK(fd >= 0);
	CHECK_EQ(unlink(path), 0);
	while ((got = write(fd, block, sizeof(block))) > 0)
		;
	CHECK(got == -1 && (errno == ENOSPC || errno == ENOMEM));
	/* What was written can be read, and the next page written when there is room. */
	CHECK_EQ(lseek(fd, 0, SEEK_SET), 0);
	CHECK_EQ(read(fd, block, sizeof(block)), sizeof(block));
}

/* A page each in places so far apart that each takes a table. */
static void tables(void)
{
	take_most(4000);
	for (int i = 0; i < 100; i++) {
		char *place = mmap(NULL, 512 * TABLE, RW, PRIVATE | MAP_NORESERVE, -1, 0);

		CHECK(place != MAP_FAILED);
		for (int j = 0; j < 512; j++)
			place[j * TABLE] = 1;
	}
}

/* As many areas as there is memory for: no page of theirs is ever touched. */
static void areas(void)
{
	size_t pages = 120000;
	char *place = mmap(NULL, pages * PAGE, PROT_NONE, PRIVATE | MAP_NORESERVE, -1, 0);

	CHECK(place != MAP_FAILED);
	take_most(700);
	errno = 0;
	for (size_t i = 1; i < pages && mprotect(place + i * PAGE, PAGE, PROT_READ) == 0; i += 2)
		;
	CHECK_EQ(errno, ENOMEM);
	CHECK(free_frames() < 700);
	CHECK_EQ(munmap(place, pages * PAGE), 0);
}

/* Blocks of all sizes, from the break and from mappings, each used. malloc need not say that there is no
 * more: it is promised more than there is. */
static void heap(void)
{
	take_most(8000);
	for (size_t size = 16;; size = size < 4 * MIB ? size * 2 : 16) {
		char *block = malloc(size), *broken = sbrk(size);

		CHECK(block != NULL && broken != (void *)-1);
		memset(block, 1, size);
		memset(broken, 1, size);
	}
}

static unsigned long used_frames(void)
{
	struct abi_ai_ledger ledger;

	CHECK_EQ(ai_query(ABI_AI_LEDGER, 0, &ledger, sizeof(ledger)), sizeof(ledger));
	return ledger.frames_used;
}

static void nothing(void)
{
}

/* There are processes, pipes and files again. */
static void check_machine(void)
{
	char text[8] = "";
	int ends[2];

	while (waitpid(-1, NULL, 0) > 0)
		;
	CHECK_EQ(pipe(ends), 0);
	CHECK_EQ(write(ends[1], "alive", 5), 5);
	CHECK_EQ(read(ends[0], text, sizeof(text)), 5);
	CHECK_STR(text, "alive");
	close(ends[0]);
	close(ends[1]);
	CHECK_EXIT(nothing, 0);
}

/* And all is back: to the frame, but what a dead process had comes a little later than its end is
 * known. */
static void check_frames(unsigned long before)
{
	check_machine();
	for (int tries = 0; used_frames() != before; tries++) {
		CHECK_EQ(tries < SETTLE_TRIES ? before : used_frames(), before);
		settle();
	}
}

int main(void)
{
	CHECK_EQ(prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
	shared = mmap(NULL, PAGE, RW, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	CHECK(shared != MAP_FAILED);
	shared->group = 0;
	check_machine();		/* the pages that this process itself needs */

	unsigned long before = used_frames();
	CHECK_SIGNAL(bomb, SIGKILL);
	kill(-shared->group, SIGKILL);
	CHECK(shared->processes > 100);
	check_frames(before);
	CHECK_EXIT(pipes, 0);
	check_frames(before);
	CHECK_EXIT(files, 0);
	check_frames(before);
	CHECK_EXIT(areas, 0);
	check_frames(before);
	CHECK_SIGNAL(heap, SIGKILL);
	check_frames(before);
	CHECK_SIGNAL(tables, SIGKILL);
	check_frames(before);
	PASS();
}
