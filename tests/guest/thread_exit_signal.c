/* A thread that has been waited for takes no signal of the process any more: one that all others block
 * waits, though the thread that ended did not block it. */
#include "thread.h"

#define ROUNDS	8000
#define SPINS	1000	/* by which its end is seen sooner than by a wake-up, if there is another CPU */

static struct thread thread;
static sigset_t set;

static void unblock(void *unused)
{
	(void)unused;
	if (sigprocmask(SIG_UNBLOCK, &set, NULL) != 0)
		_exit(97);
}

int main(void)
{
	int signal;

	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	CHECK_EQ(sigprocmask(SIG_BLOCK, &set, NULL), 0);
	for (int i = 0; i < ROUNDS; i++) {
		CHECK(thread_start(&thread, unblock, NULL) > 0);
		for (int spins = 0; thread.tid != 0 && spins < SPINS; spins++)
			;
		thread_join(&thread);
		CHECK_EQ(kill(getpid(), SIGUSR1), 0);
		CHECK_EQ(sigwait(&set, &signal), 0);
		CHECK_EQ(signal, SIGUSR1);
	}
	PASS();
}
