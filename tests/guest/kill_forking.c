/* A signal to a group ends those too that are being forked meanwhile. */
#include "test.h"

#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#define SIZE	(16ul << 20)
#define ROUNDS	10

static volatile int *stop;

/* Has much to copy, so that others run while it forks. Ends by itself in time, should it be missed. */
static void fork_on(void)
{
	char *memory = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (memory == MAP_FAILED)
		_exit(1);
	for (size_t at = 0; at < SIZE; at += 4096)
		memory[at] = 1;
	for (int i = 0; i < 40; i++) {
		if (fork() != 0)
			continue;
		while (!*stop)
			usleep(1000);
		_exit(0);
	}
	while (!*stop)
		usleep(1000);
	_exit(0);
}

int main(void)
{
	CHECK_EQ(prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
	stop = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	CHECK(stop != MAP_FAILED);
	for (int round = 0; round < ROUNDS; round++) {
		int survivors = 0, status;

		*stop = 0;
		pid_t child = fork();
		CHECK(child >= 0);
		if (child == 0) {
			setpgid(0, 0);
			fork_on();
		}
		setpgid(child, child);
		usleep(15000 + 3000 * round);
		CHECK_EQ(kill(-child, SIGKILL), 0);
		usleep(20000);
		*stop = 1;
		while (wait(&status) > 0)
			survivors += !WIFSIGNALED(status);
		CHECK_EQ(survivors, 0);
	}
	PASS();
}
