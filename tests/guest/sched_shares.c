/* Programs on one CPU get shares of it by their nice values: each step is a factor of 1.25.
 * counted: shares are of time, which elsewhere goes by for whoever is on a CPU that the host has stopped */
#define _GNU_SOURCE
#include <sched.h>
#include <sys/mman.h>
#include <sys/resource.h>

#include "test.h"

#define SPINNERS	3
#define SECONDS		2
#define SLICES		(SECONDS * 100)	/* that there are in this time */

static const int nice_values[SPINNERS] = { -5, 0, 5 };
static const double shares[SPINNERS] = { 3.0518, 1, 1 / 3.0518 };	/* 1.25 to the 5th */
static volatile unsigned long *rounds;	/* what each has done */

static pid_t spinner(int which)
{
	pid_t child = fork();

	CHECK(child >= 0);
	if (child == 0) {
		CHECK_EQ(setpriority(PRIO_PROCESS, 0, nice_values[which]), 0);
		for (;;)
			rounds[which]++;
	}
	return child;
}

/* To a slice and a half: the machine counts instructions, so that no time passes but theirs. */
static void check_shares(void)
{
	double sum = 0, parts = 0, off;

	for (int i = 0; i < SPINNERS; i++)
		sum += rounds[i], parts += shares[i];
	for (int i = 0; i < SPINNERS; i++) {
		double due = sum * shares[i] / parts;

		off = rounds[i] - due;
		if (off > 1.5 * sum / SLICES || off < -1.5 * sum / SLICES)
			test_fail(__FILE__, __LINE__, "nice %d: %lu rounds, not %.0f", nice_values[i],
				rounds[i], due);
	}
}

int main(void)
{
	pid_t children[SPINNERS];
	cpu_set_t one;

	rounds = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	CHECK(rounds != MAP_FAILED);
	CPU_ZERO(&one);
	CPU_SET(sched_getcpu(), &one);
	CHECK_EQ(sched_setaffinity(0, sizeof(one), &one), 0);
	for (int i = 0; i < SPINNERS; i++)
		children[i] = spinner(i);
	sleep(SECONDS);
	for (int i = 0; i < SPINNERS; i++)
		CHECK_EQ(kill(children[i], SIGSTOP), 0);
	check_shares();
	for (int i = 0; i < SPINNERS; i++) {
		CHECK_EQ(kill(children[i], SIGKILL), 0);
		CHECK_EQ(waitpid(children[i], NULL, 0), children[i]);
	}
	PASS();
}
