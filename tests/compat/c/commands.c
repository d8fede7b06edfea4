/* What the C library does with the shell: system and popen. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>

int main(void)
{
	char line[100];
	FILE *pipe;
	int status;

	setvbuf(stdout, NULL, _IONBF, 0);
	printf("a shell: %d\n", system(NULL) != 0);
	status = system("echo from the shell; exit 7");
	printf("its status: %d\n", WEXITSTATUS(status));
	status = system("kill -9 $$");
	printf("its end: %d %d\n", WIFSIGNALED(status), WTERMSIG(status));
	pipe = popen("echo one; echo two", "r");
	while (fgets(line, sizeof(line), pipe))
		printf("read: %s", line);
	printf("closed: %d\n", pclose(pipe));
	pipe = popen("cat; exit 3", "w");
	fputs("written to a command\n", pipe);
	printf("closed: %d\n", WEXITSTATUS(pclose(pipe)));
	return 0;
}
