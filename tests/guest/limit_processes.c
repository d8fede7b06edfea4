/* RLIMIT_NPROC: a user's processes, which user 0 may have any number of. On Linux it needs to be run by root. */
#include "test.h"

#include <sys/resource.h>

/* Children that live until the pipe is closed. */
static void make(int count, const int none[2])
{
	for (int i = 0; i < count; i++) {
		pid_t child = fork();

		CHECK(child >= 0);
		if (child == 0) {
			char byte;

			close(none[1]);
			_exit(read(none[0], &byte, 1));
		}
	}
}

static void end(int count, const int none[2])
{
	close(none[0]);
	close(none[1]);
	while (count-- > 0)
		CHECK(wait(NULL) > 0);
}

static void limited(void)
{
	struct rlimit limit = { 5, 5 };
	int none[2];

	CHECK_EQ(setrlimit(RLIMIT_NPROC, &limit), 0);
	CHECK_EQ(pipe(none), 0);
	make(8, none);
	end(8, none);

	CHECK_EQ(setuid(43210), 0);
	CHECK_EQ(pipe(none), 0);
	make(4, none);
	CHECK_ERRNO(fork(), EAGAIN);
	end(4, none);
	CHECK_EQ(pipe(none), 0);
	make(1, none);
	end(1, none);
}

int main(void)
{
	if (geteuid() != 0)
		PASS();
	CHECK_EXIT(limited, 0);
	PASS();
}
