/* What a signal does to each call that waits, by the table of signal(7): without a handler the call goes on, also after a stop
 * (but for sigtimedwait); with one it is EINTR, or with SA_RESTART goes on if it is of that class. */
#define _GNU_SOURCE
#include "proc_stat.h"

#include <poll.h>
#include <stdbool.h>
#include <sys/mman.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>

#define INTERRUPTED	70	/* exit codes of the child that calls: EINTR, */
#define FINISHED	0	/* success, */
#define OTHER		71	/* anything else */
#define FOREVER		1000000

static int ends[2], full[2], handled[2];	/* pipes: an empty one, one without room, what the handler tells */
static int *word;				/* shared */
static char fifo[256];
static pid_t grandchild;

static void fill(int fd)
{
	char bytes[4096] = "";

	CHECK_EQ(fcntl(fd, F_SETFL, O_NONBLOCK), 0);
	while (write(fd, bytes, sizeof(bytes)) > 0)
		;
	CHECK_EQ(fcntl(fd, F_SETFL, 0), 0);
}

/* The calls; what ends them from outside follows each, where something can. */

static char byte;
static struct timespec long_time = { FOREVER, 0 };

static long call_read(void) { return read(ends[0], &byte, 1); }
static void end_read(void) { CHECK_EQ(write(ends[1], "x", 1), 1); }

static long call_write(void) { return write(full[1], &byte, 1); }
static void end_write(void)
{
	char bytes[4096];

	CHECK_EQ(read(full[0], bytes, sizeof(bytes)), sizeof(bytes));
}

static long call_open_read(void) { return open(fifo, O_RDONLY); }
static void end_open_read(void) { CHECK(open(fifo, O_WRONLY) >= 0); }
static long call_open_write(void) { return open(fifo, O_WRONLY); }
static void end_open_write(void) { CHECK(open(fifo, O_RDONLY) >= 0); }

static long call_wait4(void) { return wait4(grandchild, NULL, 0, NULL); }
static long call_waitid(void) { return waitid(P_PID, grandchild, NULL, WEXITED); }

static long call_futex(void) { return syscall(SYS_futex, word, 0, 0, NULL, NULL, 0); }
static long call_futex_timed(void) { return syscall(SYS_futex, word, 0, 0, &long_time, NULL, 0); }
static void end_futex(void) { CHECK_EQ(syscall(SYS_futex, word, 1, 1, NULL, NULL, 0), 1); }

static long poll_for(int timeout)
{
	struct pollfd fd = { ends[0], POLLIN, 0 };

	return poll(&fd, 1, timeout);
}

static long call_poll(void) { return poll_for(-1); }
static long call_poll_timed(void) { return poll_for(FOREVER); }

static long call_ppoll(void)
{
	struct pollfd fd = { ends[0], POLLIN, 0 };
	sigset_t none;

	sigemptyset(&none);
	return ppoll(&fd, 1, &long_time, &none);
}

static long call_select(void)
{
	struct timeval time = { FOREVER, 0 };
	fd_set set;

	FD_ZERO(&set);
	FD_SET(ends[0], &set);
	return select(ends[0] + 1, &set, NULL, NULL, &time);
}

static long call_pselect(void)
{
	fd_set set;

	FD_ZERO(&set);
	FD_SET(ends[0], &set);
	return pselect(ends[0] + 1, &set, NULL, NULL, NULL, NULL);
}

static long call_nanosleep(void) { return nanosleep(&long_time, NULL); }
static long call_clock_nanosleep(void)
{
	errno = clock_nanosleep(CLOCK_MONOTONIC, 0, &long_time, NULL);
	return -1;
}

static long call_sleep_until(void)
{
	struct timespec time;

	CHECK_EQ(clock_gettime(CLOCK_MONOTONIC, &time), 0);
	time.tv_sec += FOREVER;
	errno = clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, NULL);
	return -1;
}

static long call_pause(void) { return pause(); }

static long call_sigsuspend(void)
{
	sigset_t none;

	sigemptyset(&none);
	return sigsuspend(&none);
}

static long call_sigtimedwait(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	return sigtimedwait(&set, NULL, &long_time);
}

static const struct row {
	const char *name;
	long (*call)(void);
	void (*end)(void);	/* NULL: nothing but a signal ends it */
	bool restarts;		/* with SA_RESTART */
	bool stop_ends;		/* a stop ends it */
} rows[] = {
	{ "read", call_read, end_read, true, false },
	{ "write", call_write, end_write, true, false },
	{ "open to read", call_open_read, end_open_read, true, false },
	{ "open to write", call_open_write, end_open_write, true, false },
	{ "wait4", call_wait4, end_read, true, false },
	{ "waitid", call_waitid, end_read, true, false },
	{ "futex", call_futex, end_futex, true, false },
	{ "futex with time", call_futex_timed, end_futex, false, false },
	{ "poll", call_poll, end_read, false, false },
	{ "poll with time", call_poll_timed, end_read, false, false },
	{ "ppoll", call_ppoll, end_read, false, false },
	{ "select", call_select, end_read, false, false },
	{ "pselect", call_pselect, end_read, false, false },
	{ "nanosleep", call_nanosleep, NULL, false, false },
	{ "clock_nanosleep", call_clock_nanosleep, NULL, false, false },
	{ "sleep until", call_sleep_until, NULL, false, false },
	{ "pause", call_pause, NULL, false, false },
	{ "sigsuspend", call_sigsuspend, NULL, false, false },
	{ "sigtimedwait", call_sigtimedwait, NULL, false, true },
};

enum kind { HANDLER, HANDLER_RESTARTS, HARMLESS, STOP, KINDS };

static const char *const kinds[] = { "a handler", "a handler with SA_RESTART", "a harmless signal", "a stop" };

static void handler(int signal)
{
	(void)signal;
	if (write(handled[1], "h", 1) != 1)
		_exit(OTHER);
}

static void caller(const struct row *row, enum kind kind)
{
	struct sigaction action = { .sa_handler = handler, .sa_flags = kind == HANDLER ? 0 : SA_RESTART };

	sigaction(SIGUSR1, &action, NULL);
	if (row->call == call_wait4 || row->call == call_waitid) {
		grandchild = fork();
		if (grandchild == 0) {
			close(ends[1]);
			_exit(read(ends[0], &byte, 1) != 1);
		}
	}
	long result = row->call();
	_exit(result >= 0 ? FINISHED : errno == EINTR ? INTERRUPTED : OTHER);
}

/* Waits until the child is in its call; or has ended, which the caller finds out. */
static void settle(pid_t child)
{
	char state;

	while ((state = proc_stat(child).state) != 'S' && state != 'Z')
		sched_yield();
}

static void disturb(pid_t child, enum kind kind)
{
	int status;
	char c;

	switch (kind) {
	case HARMLESS:
		CHECK_EQ(kill(child, SIGWINCH), 0);
		break;
	case STOP:
		CHECK_EQ(kill(child, SIGSTOP), 0);
		CHECK_EQ(waitpid(child, &status, WUNTRACED), child);
		CHECK(WIFSTOPPED(status));
		CHECK_EQ(kill(child, SIGCONT), 0);
		break;
	default:
		CHECK_EQ(kill(child, SIGUSR1), 0);
		CHECK_EQ(read(handled[0], &c, 1), 1);
		break;
	}
}

static void try_row(const struct row *row, enum kind kind)
{
	bool ends_it = kind == HANDLER || (kind == HANDLER_RESTARTS && !row->restarts) || (kind == STOP && row->stop_ends);
	int status, expected = ends_it ? INTERRUPTED << 8 : row->end ? FINISHED << 8 : SIGKILL;
	pid_t child = fork();

	CHECK(child >= 0);
	if (child == 0)
		caller(row, kind);
	settle(child);
	disturb(child, kind);
	if (!ends_it) {
		settle(child);
		if (row->end)
			row->end();
		else
			CHECK_EQ(kill(child, SIGKILL), 0);
	}
	CHECK_EQ(waitpid(child, &status, 0), child);
	if (status != expected)
		test_fail(__FILE__, __LINE__, "%s after %s: status 0x%x, not 0x%x", row->name, kinds[kind], status, expected);
}

/* Each attempt has pipes and children of its own. */
static void try_alone(const struct row *row, enum kind kind)
{
	pid_t child = fork();
	int status;

	CHECK(child >= 0);
	if (child == 0) {
		CHECK_EQ(pipe(ends), 0);
		CHECK_EQ(pipe(full), 0);
		CHECK_EQ(pipe(handled), 0);
		fill(full[1]);
		try_row(row, kind);
		_exit(0);
	}
	CHECK_EQ(waitpid(child, &status, 0), child);
	if (status != 0)
		exit(1);
}

int main(void)
{
	snprintf(fifo, sizeof(fifo), "%s", scratch_path("file"));
	int fd = open(fifo, O_CREAT | O_RDWR, 0600);
	CHECK(fd >= 0);
	CHECK_EQ(ftruncate(fd, 4096), 0);
	word = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	CHECK(word != MAP_FAILED);
	CHECK_EQ(unlink(fifo), 0);
	CHECK_EQ(mkfifo(fifo, 0600), 0);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		for (enum kind kind = 0; kind < KINDS; kind++)
			try_alone(&rows[i], kind);
	CHECK_EQ(unlink(fifo), 0);
	PASS();
}
