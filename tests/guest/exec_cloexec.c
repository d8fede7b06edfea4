/* execve closes what is marked so, and nothing else; a failing one closes nothing. */
#include "test.h"
#include <fcntl.h>

int main(int argc, char **argv)
{
	int kept = open("/dev/null", O_RDONLY), marked = open("/dev/null", O_RDONLY | O_CLOEXEC),
	    later;
	char kept_text[16], marked_text[16], later_text[16];
	int status;

	if (argc > 1) {
		CHECK_EQ(fcntl(atoi(argv[1]), F_GETFD), 0);
		CHECK_ERRNO(fcntl(atoi(argv[2]), F_GETFD), EBADF);
		CHECK_ERRNO(fcntl(atoi(argv[3]), F_GETFD), EBADF);
		PASS();
	}
	CHECK(kept >= 0 && marked > kept);
	later = dup(kept);
	CHECK_EQ(fcntl(later, F_GETFD), 0);
	CHECK_EQ(fcntl(later, F_SETFD, FD_CLOEXEC), 0);
	CHECK_ERRNO(execl("/tmp/there is no such file", "x", (char *)NULL), ENOENT);
	CHECK_EQ(fcntl(marked, F_GETFD), FD_CLOEXEC);
	snprintf(kept_text, sizeof(kept_text), "%d", kept);
	/* Descriptors that the new program does not open itself: its own two are the lowest free
	 * ones. */
	snprintf(marked_text, sizeof(marked_text), "%d", fcntl(marked, F_DUPFD_CLOEXEC, 50));
	snprintf(later_text, sizeof(later_text), "%d", fcntl(later, F_DUPFD_CLOEXEC, 60));
	pid_t child = fork();
	CHECK(child >= 0);
	if (child == 0) {
		execl(argv[0], argv[0], kept_text, marked_text, later_text, (char *)NULL);
		_exit(111);
	}
	CHECK_EQ(waitpid(child, &status, 0), child);
	CHECK_EQ(status, 0);
	PASS();
}
