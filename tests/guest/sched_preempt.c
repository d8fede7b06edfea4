/* Programs that never let go of the CPU share it, with each other and with one that wakes up. */
#include "test.h"

#include <sys/mman.h>

#define TURNS	20	/* wake-ups between which each must have run */

static volatile unsigned long *rounds;	/* of each spinner */

static pid_t spinner(int which)
{
	pid_t child = fork();

	CHECK(child >= 0);
	if (child == 0)
		for (;;)
			rounds[which]++;
	return child;
}

/* Each wake-up of this process is a preemption of one of them; how long that takes, the machine may
 * choose. */
static void wait_for_turn(void)
{
	unsigned long first = rounds[0], second = rounds[1];

	while (rounds[0] == first || rounds[1] == second)
		usleep(20000);
}

int main(void)
{
	rounds = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	CHECK(rounds != MAP_FAILED);
	pid_t first = spinner(0), second = spinner(1);

	for (int i = 0; i < TURNS; i++)
		wait_for_turn();
	CHECK_EQ(kill(first, SIGKILL), 0);
	CHECK_EQ(kill(second, SIGKILL), 0);
	CHECK_EQ(waitpid(first, NULL, 0), first);
	CHECK_EQ(waitpid(second, NULL, 0), second);
	PASS();
}
