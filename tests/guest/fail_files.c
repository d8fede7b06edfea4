/* Each allocation of the calls on files fails in turn: ENOMEM (or
 * ENOSPC of a tmpfs, as on Linux), and nothing has been done.
 * guest-only: Linux has /proc/self/fail-nth only where it was built for it. */
#include "fail_nth.h"

#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>

static char other[256], folder[256];
static int fd, ends[2];

/* 0, or errno. */
static int result(long value)
{
	return value < 0 ? errno : 0;
}

static int run_open(void)
{
	fd = open("/tmp", O_RDONLY | O_DIRECTORY);
	return result(fd);
}

static void undo_open(void)
{
	CHECK_EQ(close(fd), 0);
}

static int run_create(void)
{
	fd = open(folder, O_WRONLY | O_CREAT | O_EXCL, 0600);
	int error = result(fd);

	if (error)
		CHECK_ERRNO(unlink(folder), ENOENT);
	return error;
}

static void undo_create(void)
{
	undo_open();
	CHECK_EQ(unlink(folder), 0);
}

static int run_mkdir(void)
{
	int error = result(mkdir(folder, 0700));

	if (error)
		CHECK_ERRNO(rmdir(folder), ENOENT);
	return error;
}

static void undo_mkdir(void)
{
	CHECK_EQ(rmdir(folder), 0);
}

static int run_unlink(void)
{
	return result(unlink(other));
}

static void undo_unlink(void)
{
	close(open(other, O_WRONLY | O_CREAT | O_EXCL, 0600));
}

static int run_pipe(void)
{
	return result(pipe(ends));
}

static void undo_pipe(void)
{
	CHECK_EQ(close(ends[0]), 0);
	CHECK_EQ(close(ends[1]), 0);
}

static int run_stat(void)
{
	struct stat status;

	return result(stat("/tmp/../tmp/.", &status));
}

static void undo_nothing(void)
{
}

static int run_chdir(void)
{
	return result(chdir("/tmp"));
}

static int run_memfd(void)
{
	fd = memfd_create("fails", 0);
	return result(fd);
}

/* A page in a second node of the tree. */
static int run_allocate(void)
{
	int error = run_memfd();

	if (error)
		return error;
	error = result(fallocate(fd, 0, 100 * 4096, 2 * 4096));
	if (error)
		undo_open();
	return error;
}

static int run_list(void)
{
	char buffer[1024];

	CHECK_EQ(lseek(fd, 0, SEEK_SET), 0);
	return result(syscall(SYS_getdents64, fd, buffer, sizeof(buffer)));
}

static int run_proc(void)
{
	char text[64];
	int proc = open("/proc/self/maps", O_RDONLY), error = result(proc);

	if (!error) {
		error = result(read(proc, text, sizeof(text)));
		CHECK_EQ(close(proc), 0);
	}
	return error;
}

/* The file is made anew: the pages of this one are not given back before. */
static void undo_write(void)
{
	CHECK_EQ(close(fd), 0);
	fd = open(other, O_RDWR | O_TRUNC);
	CHECK(fd >= 0);
}

/* A page, and one so far behind it that the file's tree grows: what could be written is there. */
static int run_write(void)
{
	static const char text[5000] = "text";
	char back[2];
	long got;

	CHECK_EQ(lseek(fd, 0, SEEK_SET), 0);
	got = write(fd, text, sizeof(text));
	if (got != sizeof(text)) {
		int error = got < 0 ? errno : ENOMEM;

		CHECK(got == -1 || got == 4096);
		CHECK_EQ(lseek(fd, 0, SEEK_END), got < 0 ? 0 : got);
		undo_write();
		return error;
	}
	CHECK_EQ(lseek(fd, 1l << 40, SEEK_SET), 1l << 40);
	if (write(fd, "b", 1) == 1)
		return 0;
	int error = errno;
	CHECK_EQ(lseek(fd, 0, SEEK_END), sizeof(text));
	CHECK_EQ(lseek(fd, 0, SEEK_SET), 0);
	CHECK_EQ(read(fd, back, 2), 2);
	CHECK(back[0] == 't' && back[1] == 'e');
	undo_write();
	return error;
}

static int run_pipe_write(void)
{
	static const char text[8192] = "text";
	static char back[8192];
	int error = run_pipe();
	long got;

	if (error)
		return error;
	got = write(ends[1], text, sizeof(text));
	if (got < 0) {
		error = errno;
		undo_pipe();
		return error;
	}
	CHECK_EQ(got, sizeof(text));
	CHECK_EQ(read(ends[0], back, sizeof(back)), got);
	return 0;
}

/* PIPE_BUF bytes that lie in two pages of the pipe come whole or not at all. */
static int run_pipe_atomic(void)
{
	static const char text[4096];
	int error = run_pipe();
	long got;

	if (error)
		return error;
	got = write(ends[1], text, 3000);
	if (got > 0) {
		CHECK_EQ(got, 3000);
		got = write(ends[1], text, sizeof(text));
	}
	if (got > 0) {
		CHECK_EQ(got, sizeof(text));
		return 0;
	}
	error = errno;
	undo_pipe();
	return error;
}

int main(void)
{
	static const struct fail_case cases[] = {
		{ "open", run_open, undo_open, -1 },
		{ "create", run_create, undo_create, ENOSPC },
		{ "mkdir", run_mkdir, undo_mkdir, ENOSPC },
		{ "unlink", run_unlink, undo_unlink, -1 },
		{ "pipe", run_pipe, undo_pipe, -1 },
		{ "stat", run_stat, undo_nothing, -1 },
		{ "chdir", run_chdir, undo_nothing, -1 },
		{ "read /proc", run_proc, undo_nothing, -1 },
		{ "memfd_create", run_memfd, undo_open, -1 },
		{ "fallocate", run_allocate, undo_open, ENOSPC },
	};
	static const struct fail_case writing = { "write", run_write, undo_write, ENOSPC };
	static const struct fail_case pipe_writing = { "write to a pipe", run_pipe_write,
		undo_pipe, 0 };	/* the page that failed is asked for again */
	static const struct fail_case pipe_atomic = { "write PIPE_BUF bytes to a pipe",
		run_pipe_atomic, undo_pipe, -1 };
	static const struct fail_case listing = { "getdents64", run_list, undo_nothing, -1 };

	fail_init();
	strcpy(other, scratch_path("there"));
	strcpy(folder, scratch_path("folder"));
	undo_unlink();
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		fail_each(&cases[i]);
	fd = open(other, O_RDWR | O_TRUNC);
	CHECK(fd >= 0);
	fail_each(&writing);
	CHECK_EQ(close(fd), 0);
	CHECK_EQ(unlink(other), 0);
	fail_each(&pipe_writing);
	fail_each(&pipe_atomic);
	fd = open("/tmp", O_RDONLY | O_DIRECTORY);
	CHECK(fd >= 0);
	fail_each(&listing);
	CHECK_EQ(close(fd), 0);
	PASS();
}
