/* PR_SET_CHILD_SUBREAPER: the orphans among the descendants come to the process that asked for
 * them, dead ones too. */
#include "test.h"
#include <sys/prctl.h>

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

int main(void)
{
	int status, on = 0, seen = 0;

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
