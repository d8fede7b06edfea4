/* A file is run or written, not both: ETXTBSY on either side. */
#include "scratch.h"

#include <sys/mman.h>

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

/* What a mapping may write to is written as long as that is there, whoever has it. */
static void mapped(void)
{
	int fd = open("copy", O_RDWR), status;
	char *first = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);

	CHECK(fd >= 0 && first != MAP_FAILED);
	CHECK_EQ(close(fd), 0);
	CHECK_EQ(run("./copy", "child"), ETXTBSY);
	CHECK_EQ(mprotect(first, 4096, PROT_READ), 0);	/* it may be given back */
	CHECK_EQ(run("./copy", "child"), ETXTBSY);
	pid_t child = fork();
	if (child == 0)
		for (;;)
			pause();
	CHECK_EQ(munmap(first, 4096), 0);
	CHECK_EQ(run("./copy", "child"), ETXTBSY);
	CHECK_EQ(kill(child, SIGKILL), 0);
	CHECK_EQ(waitpid(child, &status, 0), child);
	CHECK_EQ(run("./copy", "child"), 42);

	/* Who may only read it, or has copies of its own, is nobody's concern. */
	fd = open("copy", O_RDONLY);
	CHECK(mmap(NULL, 4096, PROT_READ, MAP_SHARED, fd, 0) != MAP_FAILED);
	CHECK(mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0) != MAP_FAILED);
	CHECK_EQ(close(fd), 0);
	CHECK_EQ(run("./copy", "child"), 42);
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
	mapped();
	free((void *)self);
	CHECK_EQ(unlink("copy"), 0);
	scratch_leave();
	PASS();
}
