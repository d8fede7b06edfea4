/* ppoll and pselect: the mask holds exactly as long as the call, a signal that it lets through ends the call and is
 * handled, and the old mask is back in the handler's wake. */
#define _GNU_SOURCE
#include "test.h"

#include <poll.h>
#include <sys/select.h>
#include <sys/syscall.h>
#include <time.h>

static volatile int handled;
static int ends[2];
static sigset_t none, usr1;

static void handler(int signal)
{
	(void)signal;
	handled++;
}

static int blocked(void)
{
	sigset_t now;

	CHECK_EQ(sigprocmask(SIG_BLOCK, NULL, &now), 0);
	return sigismember(&now, SIGUSR1);
}

static int by_poll(const struct timespec *limit, const sigset_t *mask)
{
	struct pollfd asked = { .fd = ends[0], .events = POLLIN };

	return ppoll(&asked, 1, limit, mask);
}

static int by_select(const struct timespec *limit, const sigset_t *mask)
{
	fd_set set;

	FD_ZERO(&set);
	FD_SET(ends[0], &set);
	return pselect(ends[0] + 1, &set, NULL, NULL, limit, mask);
}

static void check(int (*wait_for)(const struct timespec *, const sigset_t *))
{
	const struct timespec zero = { 0 }, soon = { .tv_nsec = 20000000 }, long_time = { 20, 0 };
	char byte;

	/* Sent before and blocked: at once, also by a call that only looks. */
	for (const struct timespec *limit = &zero; limit; limit = limit == &zero ? &long_time : NULL) {
		handled = 0;
		CHECK_EQ(raise(SIGUSR1), 0);
		CHECK_EQ(wait_for(&zero, NULL), 0);
		CHECK_EQ(wait_for(&soon, &usr1), 0);
		CHECK_EQ(handled, 0);
		CHECK_ERRNO(wait_for(limit, &none), EINTR);
		CHECK_EQ(handled, 1);
		CHECK(blocked());
	}

	/* Sent while it waits. */
	pid_t child = fork();
	CHECK(child >= 0);
	if (child == 0) {
		usleep(30000);
		_exit(kill(getppid(), SIGUSR1) != 0);
	}
	CHECK_ERRNO(wait_for(NULL, &none), EINTR);
	CHECK_EQ(handled, 2);
	CHECK(blocked());
	CHECK_EQ(waitpid(child, NULL, 0), child);

	/* Something to read comes first: the signal stays where it is. */
	CHECK_EQ(write(ends[1], "x", 1), 1);
	CHECK_EQ(raise(SIGUSR1), 0);
	CHECK_EQ(wait_for(&long_time, &none), 1);
	CHECK(blocked());
	CHECK_EQ(handled, 2);
	CHECK_EQ(read(ends[0], &byte, 1), 1);
	CHECK_ERRNO(wait_for(&long_time, &none), EINTR);
	CHECK_EQ(handled, 3);
	CHECK_EQ(wait_for(&soon, &none), 0);
	CHECK(blocked());
}

int main(void)
{
	struct sigaction action = { .sa_handler = handler, .sa_flags = SA_RESTART };
	struct timespec limit = { 0, -1 };

	CHECK_EQ(pipe(ends), 0);
	sigemptyset(&none);
	sigemptyset(&usr1);
	sigaddset(&usr1, SIGUSR1);
	CHECK_EQ(sigaction(SIGUSR1, &action, NULL), 0);
	CHECK_EQ(sigprocmask(SIG_BLOCK, &usr1, NULL), 0);
	check(by_poll);
	check(by_select);
	CHECK_ERRNO(by_poll(&limit, NULL), EINVAL);
	CHECK_ERRNO(by_select(&limit, NULL), EINVAL);
	CHECK_ERRNO(by_poll(NULL, (void *)8), EFAULT);
	CHECK_ERRNO(by_select(NULL, (void *)8), EFAULT);
	CHECK_ERRNO(syscall(SYS_ppoll, NULL, 0, NULL, &none, 4), EINVAL);
	CHECK_ERRNO(syscall(SYS_ppoll, NULL, 0, 8, NULL, 8), EFAULT);
	CHECK_ERRNO(syscall(SYS_pselect6, -1, NULL, NULL, NULL, NULL, NULL), EINVAL);
	CHECK_ERRNO(syscall(SYS_pselect6, 0, NULL, NULL, NULL, NULL, 8), EFAULT);
	CHECK(blocked());
	PASS();
}
