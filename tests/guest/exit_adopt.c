/* PR_SET_CHILD_SUBREAPER: the orphans among the descendants come to the process that asked for
 * them, dead ones too. */
#include "test.h"
#include <fcntl.h>
#include <pthread.h>
#include <stdbool.h>
#include <sys/prctl.h>

#define WNOTHREAD	0x20000000	/* not every libc has its name */

static void middle(void)
{
	/* One that ends at once and is not waited for, and one that ends later. */
	if (fork() == 0)
		_exit(21);
	if (fork() == 0) {
		usleep(20000);
		_exit(22);
	}
	usleep(5000);
}

static bool leader_has_ended(void)
{
	char path[64], text[256] = "";

	snprintf(path, sizeof(path), "/proc/self/task/%d/stat", (int)getpid());
	int fd = open(path, O_RDONLY);
	CHECK(fd >= 0);
	CHECK(read(fd, text, sizeof(text) - 1) > 0);
	CHECK_EQ(close(fd), 0);
	return strstr(text, ") Z ") != NULL;
}

static void *adopt(void *unused)
{
	int status;

	(void)unused;
	while (!leader_has_ended())
		usleep(1000);
	pid_t child = fork();
	CHECK(child >= 0);
	if (child == 0) {
		if (fork() == 0)
			_exit(23);
		_exit(0);
	}
	CHECK_EQ(waitpid(child, &status, 0), child);
	CHECK(waitpid(-1, &status, WNOTHREAD) > 0);
	CHECK_EQ(WEXITSTATUS(status), 23);
	_exit(0);
}

/* They are children of a thread that is still there. */
static void without_leader(void)
{
	pthread_t thread;

	CHECK_EQ(prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
	CHECK_EQ(pthread_create(&thread, NULL, adopt, NULL), 0);
	pthread_exit(NULL);
}

int main(void)
{
	int status, on = 0, seen = 0;

	CHECK_EXIT(without_leader, 0);

	CHECK_EQ(prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
	CHECK_EQ(prctl(PR_GET_CHILD_SUBREAPER, &on), 0);
	CHECK_EQ(on, 1);
	CHECK_EXIT(middle, 0);
	while (wait(&status) > 0)
		seen += WEXITSTATUS(status);
	CHECK_EQ(errno, ECHILD);
	CHECK_EQ(seen, 43);
	PASS();
}
