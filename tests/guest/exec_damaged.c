/* Programs whose headers are wrong are refused or die of it; the machine goes on.
 * guest-only: such programs are not let loose on the host. */
#include "test.h"
#include <fcntl.h>

#define HEAD	1024

static char head[HEAD];
static char path[256];

static unsigned random_below(unsigned bound)
{
	static unsigned long seed = 88172645463325252ul;

	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return seed % bound;
}

static void run_damaged(void)
{
	char *arguments[] = { path, "child", NULL }, *environment[] = { NULL };
	char damaged[HEAD];
	int fd, status;
	pid_t child;

	memcpy(damaged, head, HEAD);
	for (unsigned i = 1 + random_below(4); i > 0; i--)
		damaged[random_below(400)] = random_below(256);
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0755);
	CHECK(fd >= 0);
	CHECK_EQ(write(fd, damaged, HEAD), HEAD);
	close(fd);
	child = fork();
	CHECK(child >= 0);
	if (child == 0) {
		execve(path, arguments, environment);
		_exit(errno != ENOEXEC && errno != ENOMEM);
	}
	CHECK_EQ(waitpid(child, &status, 0), child);
	CHECK(WIFSIGNALED(status) || WEXITSTATUS(status) == 0);
}

int main(int argc, char **argv)
{
	int fd = open(argv[0], O_RDONLY);

	if (argc > 1)
		return 0;
	CHECK(fd >= 0);
	CHECK_EQ(read(fd, head, HEAD), HEAD);
	strcpy(path, scratch_path("damaged"));
	for (int i = 0; i < 200; i++)
		run_damaged();
	CHECK_EQ(unlink(path), 0);
	PASS();
}
