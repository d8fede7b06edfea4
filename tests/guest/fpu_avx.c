/* AVX registers stay each program's own: over switches, over fork, over signals; and a new program,
 * and a handler, find none that another has filled. */
#include "avx.h"
#include "test.h"

#include <sched.h>
#include <sys/syscall.h>

#define ROUNDS 200

static struct ymm in, out;

static void check_same(void)
{
	CHECK_EQ(memcmp(&in, &out, sizeof(in)), 0);
}

static void take_turns(unsigned long seed)
{
	for (int round = 0; round < ROUNDS; round++) {
		ymm_fill(&in, seed * ROUNDS + round);
		CHECK_EQ(ymm_call(&in, &out, SYS_sched_yield, 0, 0), 0);
		check_same();
	}
}

static void check_turns(void)
{
	int status;

	for (unsigned long seed = 1; seed <= 4; seed++) {
		pid_t child = fork();
		CHECK(child >= 0);
		if (child == 0) {
			take_turns(seed);
			_exit(0);
		}
	}
	while (wait(&status) > 0)
		CHECK_EQ(status, 0);
}

static void check_fork(void)
{
	int status;

	ymm_fill(&in, 77);
	long child = ymm_call(&in, &out, SYS_fork, 0, 0);
	CHECK(child >= 0);
	check_same();
	if (child == 0)
		_exit(0);
	CHECK_EQ(waitpid(child, &status, 0), child);
	CHECK_EQ(status, 0);
}

static struct ymm seen, handlers_own;

/* The C library may have used the lower halves before it; nobody uses the upper ones. */
static void handler(int signal)
{
	(void)signal;
	__asm__ volatile("vextractf128 $1, %%ymm0, (%0)\n\tvextractf128 $1, %%ymm15, 16(%0)"
			 :
			 : "r"(&seen)
			 : "memory");
	ymm_fill(&handlers_own, 5);
	ymm_call(&handlers_own, &handlers_own, SYS_sched_yield, 0, 0);
}

static void check_signal(void)
{
	static const struct ymm none;

	signal(SIGUSR1, handler);
	ymm_fill(&in, 99);
	CHECK_EQ(ymm_call(&in, &out, SYS_kill, getpid(), SIGUSR1), 0);
	check_same();
	CHECK_EQ(memcmp(&seen, &none, sizeof(seen)), 0);
}

static void check_exec(char *self)
{
	static char *arguments[] = {NULL, "new", NULL};
	int status;

	arguments[0] = self;
	pid_t child = fork();
	CHECK(child >= 0);
	if (child == 0) {
		ymm_fill(&in, 3);
		ymm_call(&in, &out, SYS_execve, (long)self, (long)arguments);
		_exit(1);
	}
	CHECK_EQ(waitpid(child, &status, 0), child);
	CHECK_EQ(status, 0);
}

static void check_new(void)
{
	static const struct ymm none;

	__asm__ volatile("vextractf128 $1, %%ymm1, (%0)\n\tvextractf128 $1, %%ymm14, 16(%0)"
			 :
			 : "r"(&seen)
			 : "memory");
	CHECK_EQ(memcmp(&seen, &none, sizeof(seen)), 0);
}

int main(int argc, char **argv)
{
	if (!has_avx())
		PASS();
	if (argc > 1) {
		check_new();
		PASS();
	}
	check_turns();
	check_fork();
	check_signal();
	check_exec(argv[0]);
	PASS();
}
