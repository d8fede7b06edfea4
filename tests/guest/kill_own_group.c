/* A process is always in some group: a signal to its own reaches it, also while its parent moves it from one to another
 * that begins and ends with it. */
#include <sys/mman.h>

#include "thread.h"

#define ROUNDS	300000

static volatile int *shared;

int main(void)
{
	int status;

	shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	CHECK(shared != MAP_FAILED);
	CHECK_EQ(setpgid(0, 0), 0);
	pid_t child = fork();

	CHECK(child >= 0);
	if (child == 0) {
		for (int i = 0; i < ROUNDS; i++) {
			int error = kill(0, 0);

			if (error) {
				shared[1] = errno;
				break;
			}
		}
		shared[0] = 1;
		_exit(0);
	}
	while (!shared[0]) {
		CHECK_EQ(setpgid(child, child), 0);
		CHECK_EQ(setpgid(child, getpid()), 0);
	}
	CHECK_EQ(waitpid(child, &status, 0), child);
	CHECK_EQ(shared[1], 0);
	PASS();
}
