/* What getrusage counts besides time, and the errors of getrusage and times. */
#include "test.h"

#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/times.h>

#define PAGES 1000

int main(void)
{
	struct rusage before, after;

	CHECK_EQ(getrusage(RUSAGE_SELF, &before), 0);
	char *memory = mmap(
		NULL, PAGES * 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	CHECK(memory != MAP_FAILED);
	madvise(memory, PAGES * 4096, 15);	/* Linux: no huge pages */
	for (int i = 0; i < PAGES; i++)
		memory[i * 4096] = 1;
	do {
		usleep(10000);		/* on a busy host some are over before they begin */
		CHECK_EQ(getrusage(RUSAGE_SELF, &after), 0);
	} while (after.ru_nvcsw - before.ru_nvcsw < 5);
	CHECK(after.ru_minflt - before.ru_minflt >= PAGES);
	CHECK(after.ru_minflt - before.ru_minflt < PAGES + 100);
	CHECK(after.ru_maxrss >= PAGES * 4 - 1000);
	CHECK(after.ru_nvcsw - before.ru_nvcsw < 100);

	/* The peak stays. */
	CHECK_EQ(munmap(memory, PAGES * 4096), 0);
	CHECK_EQ(getrusage(RUSAGE_SELF, &after), 0);
	CHECK(after.ru_maxrss >= PAGES * 4 - 1000);
	CHECK_EQ(getrusage(RUSAGE_THREAD, &after), 0);

	CHECK_ERRNO(getrusage(2, &after), EINVAL);
	CHECK_ERRNO(getrusage(-2, &after), EINVAL);
	CHECK_ERRNO(getrusage(RUSAGE_SELF, NULL), EFAULT);
	CHECK_ERRNO(getrusage(RUSAGE_CHILDREN, (void *)8), EFAULT);
	CHECK_ERRNO(times((void *)8), EFAULT);
	CHECK(times(NULL) > 0);
	PASS();
}
