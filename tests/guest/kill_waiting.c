/* A signal ends a process wherever it is: running, or waiting for a pipe, for time, for a child. */
#include "test.h"

static int ends[2];

static void say_ready(void)
{
	CHECK_EQ(write(ends[1], "r", 1), 1);
}

static void spin(void)
{
	say_ready();
	for (volatile unsigned long i = 0;; i++)
		;
}

static void sleep_long(void)
{
	say_ready();
	sleep(1000);
}

static void wait_for_child(void)
{
	int hold[2];
	char byte;

	CHECK_EQ(pipe(hold), 0);
	if (fork() == 0) {
		/* Ends with its parent, which has the other end. */
		close(hold[1]);
		_exit(read(hold[0], &byte, 1));
	}
	close(hold[0]);
	say_ready();
	wait(NULL);
}

static void read_pipe(void)
{
	int pipe_ends[2];
	char byte;

	CHECK_EQ(pipe(pipe_ends), 0);
	say_ready();
	CHECK_EQ(read(pipe_ends[0], &byte, 1), 1);
}

static void fill_pipe(void)
{
	static char page[4096];
	int pipe_ends[2];

	CHECK_EQ(pipe(pipe_ends), 0);
	for (int i = 0; i < 16; i++)
		CHECK_EQ(write(pipe_ends[1], page, sizeof(page)), sizeof(page));
	say_ready();
	for (;;)
		CHECK(write(pipe_ends[1], page, sizeof(page)) > 0);
}

int main(void)
{
	static void (*const victims[])(void) = {
		spin, sleep_long, wait_for_child, read_pipe, fill_pipe};
	int status;
	char byte;

	CHECK_EQ(pipe(ends), 0);
	for (size_t i = 0; i < 2 * sizeof(victims) / sizeof(victims[0]); i++) {
		int signal = i % 2 ? SIGKILL : SIGTERM;
		pid_t child = fork();
		CHECK(child >= 0);
		if (child == 0) {
			victims[i / 2]();
			_exit(1);
		}
		CHECK_EQ(read(ends[0], &byte, 1), 1);
		usleep(3000);
		CHECK_EQ(kill(child, signal), 0);
		CHECK_EQ(waitpid(child, &status, 0), child);
		CHECK(WIFSIGNALED(status));
		CHECK_EQ(WTERMSIG(status), signal);
	}
	PASS();
}
