#define _GNU_SOURCE
/* FIFOs: an open waits for the other side, bytes go through, and what nobody has open is empty. */
#include "scratch.h"

#include <signal.h>

int main(void)
{
	char buffer[16];
	int status;

	scratch_enter();
	CHECK_EQ(mkfifo("p", 0640), 0);
	CHECK_EQ(status_of("p").st_mode, S_IFIFO | 0640);
	CHECK_ERRNO(mkfifo("p", 0640), EEXIST);
	CHECK_ERRNO(open("p", O_WRONLY | O_NONBLOCK), ENXIO);
	CHECK_ERRNO(open("p", O_ACCMODE), EINVAL);
	pid_t child = fork();
	if (child == 0) {
		int writer = open("p", O_WRONLY);	/* waits for the reader */
		_exit(write(writer, "through", 7) == 7 ? 0 : 1);
	}
	int fd = open("p", O_RDONLY);
	CHECK(fd >= 0);
	CHECK_EQ(read(fd, buffer, sizeof(buffer)), 7);
	CHECK(memcmp(buffer, "through", 7) == 0);
	CHECK_EQ(read(fd, buffer, sizeof(buffer)), 0);
	CHECK_EQ(waitpid(child, &status, 0), child);
	CHECK_EQ(status, 0);
	CHECK_ERRNO(lseek(fd, 0, SEEK_CUR), ESPIPE);
	close(fd);

	fd = open("p", O_RDONLY | O_NONBLOCK);	/* does not wait */
	CHECK(fd >= 0);
	CHECK_EQ(read(fd, buffer, 1), 0);
	int writer = open("p", O_WRONLY);
	CHECK_ERRNO(read(fd, buffer, 1), EAGAIN);
	CHECK_EQ(write(writer, "gone", 4), 4);
	close(writer);
	close(fd);
	fd = open("p", O_RDWR);	/* both sides in one */
	CHECK(fd >= 0);
	CHECK_EQ(fcntl(fd, F_SETFL, O_NONBLOCK), 0);
	CHECK_ERRNO(read(fd, buffer, 1), EAGAIN);
	CHECK_EQ(write(fd, "ab", 2), 2);
	CHECK_EQ(unlink("p"), 0);
	CHECK_EQ(read(fd, buffer, sizeof(buffer)), 2);
	close(fd);

	/* A writer that is killed in open is no writer. */
	CHECK_EQ(mkfifo("q", 0600), 0);
	child = fork();
	if (child == 0) {
		open("q", O_WRONLY);
		_exit(1);
	}
	usleep(20000);
	CHECK_EQ(kill(child, SIGKILL), 0);
	CHECK_EQ(waitpid(child, &status, 0), child);
	fd = open("q", O_RDONLY | O_NONBLOCK);
	CHECK_EQ(read(fd, buffer, 1), 0);
	close(fd);
	CHECK_ERRNO(mknod("r", S_IFDIR | 0700, 0), EPERM);
	CHECK_ERRNO(mknod("r", 0030000 | 0700, 0), EINVAL);
	CHECK_EQ(mknod("r", 0600, 0), 0);
	CHECK_EQ(status_of("r").st_mode, S_IFREG | 0600);
	CHECK_EQ(unlink("q") | unlink("r"), 0);
	scratch_leave();
	PASS();
}
