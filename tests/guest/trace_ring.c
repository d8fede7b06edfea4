/* /dev/trace by itself: who joins and leaves, what a reader gets, that a full ring makes the traced
 * wait, that they can be killed then, and go on when nobody reads any more.
 *
 * guest-only: it is not on Linux */
#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>

#include "fail_nth.h"
#include "proc_stat.h"

#include <abi/trace.h>

static int trace;
static unsigned long lost, ends; /* as count_calls saw them */
static char buffer[65536] __attribute__((aligned(8)));

static void trace_new(void)
{
	trace = open("/dev/trace", O_RDWR | O_CLOEXEC);
	CHECK(trace >= 0);
}

/* A child that is traced and does this. */
static pid_t traced(void (*function)(void))
{
	pid_t child = fork();

	CHECK(child >= 0);
	if (child == 0) {
		CHECK_EQ(ioctl(trace, ABI_TRACE_ATTACH), 0);
		function();
		_exit(0);
	}
	return child;
}

static int end_of(pid_t child)
{
	int status;

	CHECK_EQ(waitpid(child, &status, 0), child);
	return status;
}

/* Reads to the end: how many calls of that number there were. */
static unsigned long count_calls(unsigned number)
{
	unsigned long count = 0;
	long size;

	lost = ends = 0;
	while ((size = read(trace, buffer, sizeof(buffer))) > 0) {
		for (long place = 0; place < size;) {
			const struct abi_trace_record *record = (void *)(buffer + place);
			count += record->kind != ABI_TRACE_END && record->number == number;
			lost += record->lost;
			ends += record->kind == ABI_TRACE_END;
			place += record->size;
		}
	}
	CHECK_EQ(size, 0);
	return count;
}

/* The descriptor would keep the trace open. */
static void many_calls(void)
{
	close(trace);
	for (int i = 0; i < 5000; i++)
		syscall(SYS_getppid);
}

static void check_told(void (*function)(void), unsigned long calls, unsigned long processes)
{
	trace_new();
	pid_t child = traced(function);
	CHECK_EQ(count_calls(SYS_getppid), calls);
	CHECK_EQ(lost, 0);
	CHECK_EQ(ends, processes);
	CHECK_EQ(end_of(child), 0);
	CHECK_EQ(read(trace, buffer, sizeof(buffer)), 0);
	close(trace);
}

/* Grandchildren are traced, also when their parent has ended. */
static void forks(void)
{
	for (int i = 0; i < 3; i++)
		if (fork() == 0) {
			many_calls();
			_exit(0);
		}
}

/* The one who waits for room ends when killed, and when the reader goes it goes on. */
static void check_full(void)
{
	trace_new();
	pid_t child = traced(many_calls);
	proc_await(child, 'D');
	CHECK_EQ(kill(child, SIGKILL), 0);
	CHECK_EQ(end_of(child), SIGKILL);
	CHECK(count_calls(SYS_getppid) < 5000);
	CHECK_EQ(lost, 1); /* what waited */
	CHECK_EQ(ends, 1);
	close(trace);

	trace_new();
	child = traced(many_calls);
	proc_await(child, 'D');
	close(trace);
	CHECK_EQ(end_of(child), 0);
}

static void attach_again(void)
{
	CHECK_ERRNO(ioctl(trace, ABI_TRACE_ATTACH), EBUSY);
	int other = open("/dev/trace", O_RDWR);
	CHECK_ERRNO(ioctl(other, ABI_TRACE_ATTACH), EBUSY);
}

static void bad_paths(void)
{
	static char path[5000];

	memset(path, 'a', sizeof(path) - 1);
	syscall(SYS_rmdir, 8);
	syscall(SYS_rmdir, 0xffffffff80000000ul);
	syscall(SYS_rmdir, path);
	syscall(SYS_write, -1, 0x10, -1l);
	syscall(0xffffffffu, 1, 2, 3, 4, 5, 6);
}

static void check_errors(void)
{
	trace_new();
	CHECK_ERRNO(ioctl(trace, ABI_TRACE_ATTACH + 1), ENOTTY);
	CHECK_ERRNO(write(trace, "", 1), EINVAL);
	CHECK_ERRNO(lseek(trace, 0, SEEK_SET), ESPIPE);
	CHECK_EQ(fcntl(trace, F_SETFL, O_NONBLOCK), 0);
	CHECK_ERRNO(read(trace, buffer, sizeof(buffer)), EAGAIN);
	CHECK_EQ(fcntl(trace, F_SETFL, 0), 0);
	pid_t child = traced(attach_again);
	CHECK_EQ(end_of(child), 0);
	CHECK_ERRNO(read(trace, buffer, sizeof(struct abi_trace_record) - 1), EINVAL);
	CHECK_ERRNO(read(trace, (void *)0x10, sizeof(buffer)), EFAULT);
	CHECK(count_calls(SYS_exit_group) == 1);
	close(trace);

	trace_new();
	child = traced(bad_paths);
	CHECK_EQ(count_calls(SYS_rmdir), 3);
	CHECK_EQ(end_of(child), 0);
	close(trace);
}

/* Nothing is left behind by an allocation that fails. We trace ourselves; what nobody has read when
 * the trace is closed is gone. */
static int run_attach(void)
{
	int error = 0;

	trace = open("/dev/trace", O_RDWR | O_CLOEXEC);
	if (trace < 0)
		return errno;
	if (ioctl(trace, ABI_TRACE_ATTACH) < 0) {
		error = errno;
		close(trace);
	}
	return error;
}

static void undo_attach(void)
{
	close(trace);
}

int main(void)
{
	static const struct fail_case attaching = {"attach", run_attach, undo_attach, -1};

	check_told(many_calls, 5000, 1);
	check_told(forks, 15000, 4);
	check_full();
	check_errors();
	fail_init();
	fail_each(&attaching);
	PASS();
}
