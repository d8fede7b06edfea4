/* Which memory a futex may lie in that is not said to be private: what is shared, whatever its rights but
 * none, and private memory that can be written. A page of a file is one futex also where it is mapped
 * privately, until it is written there. */
#define _GNU_SOURCE
#include "mapping.h"

#include <sys/syscall.h>
#include <sys/wait.h>

#define WAIT	0
#define WAKE	1
#define REQUEUE	3
#define OWN	128	/* FUTEX_PRIVATE_FLAG */

static long futex(void *word, int op, int value, void *other)
{
	return syscall(SYS_futex, word, op, value, op == REQUEUE ? (void *)1 : NULL, other, 0);
}

/* error: 0 if it may lie there. */
static void check(void *word, int error)
{
	int good = 0;

	CHECK_EQ(futex(word, WAKE | OWN, 1, NULL), 0);
	if (error == 0) {
		CHECK_EQ(futex(word, WAKE, 1, NULL), 0);
		CHECK_ERRNO(futex(word, WAIT, 77, NULL), EAGAIN);
		CHECK_EQ(futex(word, REQUEUE, 0, &good), 0);
		CHECK_EQ(futex(&good, REQUEUE, 0, word), 0);
	} else {
		CHECK_ERRNO(futex(word, WAKE, 1, NULL), error);
		CHECK_ERRNO(futex(word, WAIT, 77, NULL), error);
		CHECK_ERRNO(futex(word, REQUEUE, 0, &good), error);
		CHECK_ERRNO(futex(&good, REQUEUE, 0, word), error);
	}
}

static char *map(int flags, int fd, int prot, int touch)
{
	char *place = mmap(NULL, 2 * PAGE, RW, flags, fd, 0);

	CHECK(place != MAP_FAILED);
	if (touch)
		place[8] = 1;
	CHECK_EQ(mprotect(place, PAGE, prot), 0);
	return place;
}

int main(void)
{
	int fd = memfd_create("futex", 0), status;

	CHECK(fd >= 0);
	CHECK_EQ(ftruncate(fd, PAGE), 0);
	char *file = map(MAP_SHARED, fd, PROT_READ, 0), *private = map(MAP_PRIVATE, fd, PROT_READ, 0);
	check(map(PRIVATE, -1, RW, 0), 0);
	check(map(PRIVATE, -1, PROT_READ, 0), EFAULT);
	check(map(PRIVATE, -1, PROT_READ, 1), EFAULT);
	check(map(PRIVATE, -1, PROT_NONE, 1), EFAULT);
	check(map(MAP_SHARED | MAP_ANONYMOUS, -1, PROT_READ, 0), 0);
	check(map(MAP_SHARED, fd, PROT_NONE, 0), EFAULT);
	check(map(MAP_PRIVATE, fd, RW, 0), 0);
	check(map(MAP_PRIVATE, fd, PROT_READ, 1), EFAULT);
	check(file, 0);
	check(private, 0);
	check(file + PAGE, EFAULT);	/* behind the end */

	pid_t child = fork();
	CHECK(child >= 0);
	if (child == 0)
		_exit(futex(private, WAIT, 0, NULL) == 0 ? 0 : 1);
	while (futex(file, WAKE, 1, NULL) == 0)
		usleep(1000);
	CHECK_EQ(waitpid(child, &status, 0), child);
	CHECK_EQ(status, 0);
	PASS();
}
