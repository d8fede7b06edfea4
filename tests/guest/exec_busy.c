/* A file is run or written, not both: ETXTBSY on either side. */
#include "scratch.h"

static int run(const char *program, const char *argument)
{
	int status;
	pid_t child = fork();

	if (child == 0) {
		execl(program, program, argument, (char *)NULL);
		_exit(errno);
	}
	CHECK_EQ(waitpid(child, &status, 0), child);
	CHECK(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void copy_self(const char *from)
{
	static char buffer[65536];
	int in = open(from, O_RDONLY), out = open("copy", O_CREAT | O_WRONLY, 0755);
	ssize_t length;

	CHECK(in >= 0 && out >= 0);
	while ((length = read(in, buffer, sizeof(buffer))) > 0)
		CHECK_EQ(write(out, buffer, length), length);
	close(in);
	CHECK_EQ(run("./copy", "child"), ETXTBSY);	/* still open for writing */
	close(out);
}

int main(int argc, char **argv)
{
	if (argc > 1) {
		CHECK_ERRNO(open("copy", O_WRONLY), ETXTBSY);
		CHECK_ERRNO(open("copy", O_RDWR | O_TRUNC), ETXTBSY);
		CHECK_ERRNO(open("copy", O_RDONLY | O_TRUNC), ETXTBSY);
		CHECK_ERRNO(truncate("copy", 0), ETXTBSY);
		close(open("copy", O_RDONLY));
		CHECK_EQ(chmod("copy", 0700), 0);
		return 42;
	}
	const char *self = realpath(argv[0], NULL);
	scratch_enter();
	copy_self(self);
	CHECK_EQ(run("./copy", "child"), 42);
	int fd = open("copy", O_WRONLY);	/* nobody runs it any more */
	CHECK(fd >= 0);
	CHECK_EQ(run("./copy", "child"), ETXTBSY);
	close(fd);
	free((void *)self);
	CHECK_EQ(unlink("copy"), 0);
	scratch_leave();
	PASS();
}
