/* A limit holds from when it is set, also if somebody looks at the process in that moment, or forks or execs in another
 * thread. */
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>

#include "thread.h"

#define ROUNDS	3000
#define SIZE	(64ul << 20)

static volatile int over;
static struct thread lookers[2];

static void look(void *argument)
{
	const char *path = argument;
	char text[512];

	while (!over) {
		int fd = syscall(SYS_open, path, O_RDONLY);

		if (fd < 0)
			continue;
		while (syscall(SYS_read, fd, text, sizeof(text)) > 0)
			;
		syscall(SYS_close, fd);
	}
}

static int can_map(void)
{
	void *memory = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (memory == MAP_FAILED)
		return 0;
	CHECK_EQ(munmap(memory, SIZE), 0);
	return 1;
}

int main(void)
{
	struct rlimit limit;

	CHECK_EQ(getrlimit(RLIMIT_DATA, &limit), 0);
	const rlim_t all = limit.rlim_max;
	CHECK(thread_start(&lookers[0], look, "/proc/self/maps") > 0);
	CHECK(thread_start(&lookers[1], look, "/proc/self/statm") > 0);
	for (int i = 0; i < ROUNDS; i++) {
		limit.rlim_cur = SIZE / 2;
		CHECK_EQ(setrlimit(RLIMIT_DATA, &limit), 0);
		CHECK_EQ(can_map(), 0);
		limit.rlim_cur = all;
		CHECK_EQ(setrlimit(RLIMIT_DATA, &limit), 0);
		CHECK_EQ(can_map(), 1);
	}
	over = 1;
	thread_join(&lookers[0]);
	thread_join(&lookers[1]);
	PASS();
}
