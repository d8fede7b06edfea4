/* The environment: read, changed, handed to another program. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static int compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void list(const char *title)
{
	size_t count = 0;

	while (environ[count])
		count++;
	qsort(environ, count, sizeof(*environ), compare);
	printf("%s: %zu\n", title, count);
	for (size_t i = 0; i < count; i++)
		printf("  %s\n", environ[i]);
	fflush(stdout);
}

int main(int argc, char **argv)
{
	static char long_value[100000];

	if (argc > 1) {
		list("in the child");
		return 0;
	}
	unsetenv("PWD");
	list("at first");
	setenv("COLOUR", "red", 1);
	setenv("COLOUR", "blue", 0);
	putenv("SHAPE=round");
	unsetenv("HOME");
	list("changed");
	if (fork() == 0) {
		execl(argv[0], argv[0], "child", (char *)NULL);
		_exit(127);
	}
	wait(NULL);
	memset(long_value, 'x', sizeof(long_value) - 1);
	setenv("LONG", long_value, 1);
	printf("length of a long one: %zu\n", strlen(getenv("LONG")));
	printf("none: %d\n", getenv("HOME") == NULL);
	return 0;
}
