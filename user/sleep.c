/* sleep: SECONDS, which may have a fraction. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	struct timespec time;
	char *end = NULL;
	double seconds;

	if (getopt(argc, argv, "") != -1)
		return 2;
	seconds = argc - optind == 1 ? strtod(argv[optind], &end) : -1;
	if (!(seconds >= 0 && seconds < 1e9) || *end || end == argv[optind]) {
		fprintf(stderr, "usage: sleep SECONDS\n");
		return 2;
	}
	time.tv_sec = (time_t)seconds;
	time.tv_nsec = (long)((seconds - (double)time.tv_sec) * 1e9);
	while (nanosleep(&time, &time) < 0) {
		if (errno != EINTR) {
			perror("sleep");
			return 1;
		}
	}
	return 0;
}
