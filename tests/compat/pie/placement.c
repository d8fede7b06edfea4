/* A static position-independent program relocates itself, and each run lies elsewhere. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *const words[] = { "text", "data", "constants" };
static int (*const functions[])(const char *) = { puts, atoi };
static __thread int of_thread = 7;
static int constructed;

__attribute__((constructor)) static void construct(void)
{
	constructed = 1;
}

/* Where main lies in another run of this program. */
static unsigned long place_of_other(void)
{
	unsigned long place = 0;
	int ends[2];

	if (pipe(ends) < 0)
		return 0;
	pid_t child = fork();
	if (child == 0) {
		dup2(ends[1], 1);
		execl("/proc/self/exe", "placement", "place", (char *)NULL);
		_exit(127);
	}
	close(ends[1]);
	if (read(ends[0], &place, sizeof(place)) != sizeof(place))
		place = 0;
	close(ends[0]);
	waitpid(child, NULL, 0);
	return place;
}

int main(int argc, char **argv)
{
	unsigned long here = (unsigned long)main, first, second;

	(void)argv;
	if (argc > 1)
		return write(1, &here, sizeof(here)) != sizeof(here);
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		functions[0](words[i]);
	printf("%d %d %d\n", functions[1]("42"), of_thread, constructed);
	first = place_of_other();
	second = place_of_other();
	printf("elsewhere: %d %d %d\n", here != first, here != second, first != second);
	printf("whole pages away: %d\n", ((here - first) & 4095) == 0);
	printf("base of an interpreter: %lu\n", getauxval(AT_BASE));
	printf("entry within 64 MiB of main: %d\n",
		labs((long)(getauxval(AT_ENTRY) - here)) < 64l << 20);
	return 0;
}
