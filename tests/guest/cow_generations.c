/* Six generations with two children each: every process writes its own page and its own mark into a
 * common one, checks what its ancestors wrote, and sees nothing of its siblings and children. */
#include "mapping.h"

#define DEPTH	6

static char *pages;

static void generation(int depth)
{
	int status;

	memset(pages + depth * PAGE, depth + 1, PAGE);
	for (int child = 0; depth + 1 < DEPTH && child < 2; child++) {
		pid_t pid = fork();

		CHECK(pid >= 0);
		if (pid == 0) {
			pages[DEPTH * PAGE + depth] = (char)(child + 1);
			generation(depth + 1);
			_exit(0);
		}
		CHECK_EQ(waitpid(pid, &status, 0), pid);
		CHECK_EQ(status, 0);
		CHECK_EQ(pages[DEPTH * PAGE + depth], 0);
	}
	for (int i = 0; i < DEPTH; i++)
		for (size_t byte = 0; byte < PAGE; byte += 256)
			CHECK_EQ(pages[i * PAGE + byte], i <= depth ? i + 1 : 0);
	for (int i = 0; i < DEPTH; i++)
		CHECK_EQ(pages[DEPTH * PAGE + i] != 0, i < depth);
}

int main(void)
{
	pages = map_pages(DEPTH + 1);
	generation(0);
	PASS();
}
