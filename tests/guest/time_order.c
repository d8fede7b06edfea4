/* Sleepers wake in the order of their deadlines, whatever the order in which they went to sleep. */
#include "test.h"

#define SLEEPERS	8

int main(void)
{
	int ends[2];
	char order[SLEEPERS];

	CHECK_EQ(pipe(ends), 0);
	for (int i = 0; i < SLEEPERS; i++) {
		int rank = (i * 5 + 3) % SLEEPERS;
		pid_t child = fork();
		CHECK(child >= 0);
		if (child == 0) {
			char name = 'a' + rank;
			usleep(100000 + rank * 40000);
			_exit(write(ends[1], &name, 1) != 1);
		}
	}
	for (int i = 0; i < SLEEPERS; i++) {
		CHECK_EQ(read(ends[0], order + i, 1), 1);
		CHECK_EQ(order[i], 'a' + i);
	}
	while (wait(NULL) > 0)
		;
	PASS();
}
