/* poll and select on pipes and files. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/select.h>
#include <sys/wait.h>
#include <unistd.h>

static void ask(const char *what, int fd, short events, int limit)
{
	struct pollfd row = { .fd = fd, .events = events };
	int count = poll(&row, 1, limit);

	printf("%s: %d, %#x\n", what, count, (unsigned)row.revents);
}

int main(void)
{
	struct timeval limit = { 0, 20000 };
	int ends[2], count;
	fd_set set;
	char text[10];

	setvbuf(stdout, NULL, _IOLBF, 0);
	pipe(ends);
	ask("nothing yet", ends[0], POLLIN, 20);
	ask("room", ends[1], POLLOUT, 0);
	write(ends[1], "abc", 3);
	ask("something", ends[0], POLLIN, -1);
	FD_ZERO(&set);
	FD_SET(ends[0], &set);
	count = select(ends[0] + 1, &set, NULL, NULL, &limit);
	printf("select: %d %d\n", count, FD_ISSET(ends[0], &set));
	read(ends[0], text, sizeof(text));
	count = select(ends[0] + 1, &set, NULL, NULL, &limit);
	printf("select in vain: %d %d\n", count, FD_ISSET(ends[0], &set));
	if (fork() == 0) {
		usleep(30000);
		write(ends[1], "x", 1);
		_exit(0);
	}
	ask("from a child", ends[0], POLLIN, 1000000);
	wait(NULL);
	read(ends[0], text, 1);
	close(ends[1]);
	ask("hung up", ends[0], POLLIN, -1);
	ask("closed", ends[1], POLLIN, -1);
	ask("no descriptor", -1, POLLIN, 0);
	return 0;
}
