/* RLIMIT_FSIZE: no file grows beyond it, by whatever call; EFBIG, and SIGXFSZ for who does not ignore it. */
#define _GNU_SOURCE
#include "test.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/uio.h>

#define LIMIT 10000

static char bytes[2 * LIMIT], path[256];
static volatile int signals, code;
static volatile pid_t sender;

static void handler(int signal, siginfo_t *info, void *context)
{
	(void)signal;
	(void)context;
	signals++;
	code = info->si_code;
	sender = info->si_pid;
}

static void set_limit(rlim_t size)
{
	struct rlimit limit = { size, RLIM_INFINITY };

	CHECK_EQ(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static int open_file(int flags)
{
	int fd = open(path, O_RDWR | O_CREAT | flags, 0600);

	CHECK(fd >= 0);
	return fd;
}

static long size_of(int fd)
{
	struct stat stat;

	CHECK_EQ(fstat(fd, &stat), 0);
	return stat.st_size;
}

/* A call that is too much, with its signal. */
#define CHECK_TOO_MUCH(call)			\
	do {					\
		signals = 0;			\
		CHECK_ERRNO(call, EFBIG);	\
		CHECK_EQ(signals, 1);		\
	} while (0)

static void handled(void)
{
	struct sigaction action = { .sa_sigaction = handler, .sa_flags = SA_SIGINFO };
	struct iovec two[2] = { { bytes, 10 }, { bytes, 10 } };
	int fd = open_file(O_TRUNC), ends[2];

	CHECK_EQ(sigaction(SIGXFSZ, &action, NULL), 0);
	CHECK_EQ(write(fd, bytes, 6000), 6000);
	/* What there is room for is written, without a signal. */
	CHECK_EQ(write(fd, bytes, 6000), LIMIT - 6000);
	CHECK_EQ(signals, 0);
	CHECK_TOO_MUCH(write(fd, bytes, 1));
	CHECK_EQ(code, SI_USER);
	CHECK_EQ(sender, getpid());
	CHECK_TOO_MUCH(writev(fd, two, 2));
	CHECK_TOO_MUCH(pwrite(fd, bytes, 1, LIMIT));
	CHECK_TOO_MUCH(pwrite(fd, bytes, 1, LIMIT * 1000l));
	CHECK_TOO_MUCH(ftruncate(fd, LIMIT + 1));
	CHECK_TOO_MUCH(truncate(path, LIMIT + 1));
	CHECK_EQ(size_of(fd), LIMIT);

	signals = 0;
	CHECK_EQ(write(fd, bytes, 0), 0);
	CHECK_EQ(pwrite(fd, bytes, 10, 0), 10);
	CHECK_EQ(pwrite(fd, bytes, 10, LIMIT - 5), 5);
	CHECK_EQ(ftruncate(fd, LIMIT), 0);
	CHECK_EQ(ftruncate(fd, 5), 0);
	CHECK_EQ(ftruncate(fd, LIMIT), 0);
	CHECK_EQ(signals, 0);

	int from = open("/proc/self/exe", O_RDONLY);
	CHECK(from >= 0);
	CHECK_EQ(ftruncate(fd, LIMIT - 100), 0);
	CHECK_EQ(lseek(fd, 0, SEEK_END), LIMIT - 100);
	CHECK_EQ(sendfile(fd, from, NULL, 5000), 100);
	CHECK_TOO_MUCH(sendfile(fd, from, NULL, 5000));

	int end = open_file(O_APPEND);
	CHECK_TOO_MUCH(write(end, bytes, 1));

	/* A pipe is no file that grows. */
	signals = 0;
	CHECK_EQ(pipe(ends), 0);
	set_limit(0);
	CHECK_EQ(write(ends[1], bytes, 100), 100);
	CHECK_EQ(signals, 0);
	CHECK_TOO_MUCH(pwrite(fd, bytes, 1, 0));
	/* What is too long already may become shorter. */
	CHECK_EQ(ftruncate(fd, 50), 0);
	CHECK_EQ(size_of(fd), 50);
	/* The limit can be lifted again, since the hard one is none. */
	set_limit(RLIM_INFINITY);
	CHECK_EQ(pwrite(fd, bytes, 1, 5 * LIMIT), 1);
}

static void ignored(void)
{
	int fd = open_file(O_TRUNC);

	signal(SIGXFSZ, SIG_IGN);
	CHECK_ERRNO(ftruncate(fd, LIMIT + 1), EFBIG);
	CHECK_ERRNO(pwrite(fd, bytes, 1, LIMIT), EFBIG);
}

static void deadly(void)
{
	pwrite(open_file(O_TRUNC), bytes, 1, LIMIT);
}

static void set_by_another(void)
{
	struct rlimit limit = { 100, 100 };
	int ends[2], fd = open_file(O_TRUNC), status;
	char c;

	CHECK_EQ(pipe(ends), 0);
	set_limit(RLIM_INFINITY);
	pid_t child = fork();
	if (child == 0) {
		signal(SIGXFSZ, SIG_IGN);
		CHECK_EQ(read(ends[0], &c, 1), 1);
		CHECK_EQ(write(fd, bytes, 1000), 100);
		_exit(0);
	}
	CHECK_EQ(prlimit(child, RLIMIT_FSIZE, &limit, NULL), 0);
	CHECK_EQ(write(ends[1], "x", 1), 1);
	CHECK_EQ(waitpid(child, &status, 0), child);
	CHECK_EQ(status, 0);
}

int main(void)
{
	snprintf(path, sizeof(path), "%s", scratch_path("file"));
	set_limit(LIMIT);
	/* Children have it from their parents. */
	CHECK_EXIT(handled, 0);
	CHECK_EXIT(ignored, 0);
	CHECK_SIGNAL(deadly, SIGXFSZ);
	CHECK_EXIT(set_by_another, 0);
	CHECK_EQ(unlink(path), 0);
	PASS();
}
