/* sendfile: from a file to files, pipes and devices, at its own position or a given one; what it refuses. */
#include "test.h"
#include <fcntl.h>
#include <sys/sendfile.h>

#define NAME	"file_send.tmp"
#define OTHER	"file_send.out"
#define LARGE	100000

static int file, out;
static char bytes[LARGE], back[LARGE];

static void positions(void)
{
	off_t offset = 3;
	int ends[2];

	CHECK_EQ(pipe(ends), 0);
	CHECK_EQ(sendfile(ends[1], file, &offset, 4), 4);
	CHECK_EQ(offset, 7);
	CHECK_EQ(lseek(file, 0, SEEK_CUR), 0);
	CHECK_EQ(read(ends[0], back, sizeof(back)), 4);
	CHECK_EQ(memcmp(back, bytes + 3, 4), 0);
	CHECK_EQ(sendfile(ends[1], file, NULL, 10), 10);
	CHECK_EQ(lseek(file, 0, SEEK_CUR), 10);
	offset = LARGE - 2;
	CHECK_EQ(sendfile(ends[1], file, &offset, 10), 2);
	CHECK_EQ(offset, LARGE);
	CHECK_EQ(sendfile(ends[1], file, &offset, 10), 0);
	/* A pipe that does not wait takes what there is room for. */
	CHECK_EQ(read(ends[0], back, sizeof(back)), 12);
	CHECK_EQ(fcntl(ends[1], F_SETFL, O_NONBLOCK), 0);
	offset = 0;
	CHECK_EQ(sendfile(ends[1], file, &offset, LARGE), 65536);
	CHECK_EQ(offset, 65536);
	CHECK_ERRNO(sendfile(ends[1], file, &offset, LARGE), EAGAIN);
	CHECK_EQ(offset, 65536);
	close(ends[0]);
	close(ends[1]);
}

static void copies(void)
{
	int zero = open("/dev/zero", O_RDONLY);
	off_t offset = 0;

	CHECK_EQ(lseek(file, 0, SEEK_SET), 0);
	CHECK_EQ(sendfile(out, file, NULL, 1 << 30), LARGE);
	CHECK_EQ(lseek(out, 0, SEEK_CUR), LARGE);
	CHECK_EQ(lseek(out, 0, SEEK_SET), 0);
	CHECK_EQ(read(out, back, LARGE), LARGE);
	CHECK_EQ(memcmp(back, bytes, LARGE), 0);
	CHECK_EQ(sendfile(out, zero, NULL, 5000), 5000);
	CHECK_EQ(lseek(out, 0, SEEK_END), LARGE + 5000);
	/* Within one file. */
	CHECK_EQ(sendfile(out, out, &offset, 100), 100);
	CHECK_EQ(lseek(out, LARGE + 5000, SEEK_SET), LARGE + 5000);
	CHECK_EQ(read(out, back, LARGE), 100);
	CHECK_EQ(memcmp(back, bytes, 100), 0);
	close(zero);
}

static void refused(void)
{
	int appending = open(OTHER, O_WRONLY | O_APPEND), directory = open("/", O_RDONLY);
	int path = open(NAME, O_PATH), reading = open(NAME, O_RDONLY), ends[2];
	off_t offset = 0, negative = -1;

	CHECK_EQ(pipe(ends), 0);
	CHECK_ERRNO(sendfile(-1, -1, (off_t *)1, 1), EFAULT);
	CHECK_ERRNO(sendfile(out, -1, &offset, 1), EBADF);
	CHECK_ERRNO(sendfile(-1, file, &offset, 1), EBADF);
	CHECK_ERRNO(sendfile(-1, file, &negative, 1), EINVAL);
	CHECK_ERRNO(sendfile(out, file, NULL, -1), EINVAL);
	CHECK_ERRNO(sendfile(out, appending, &offset, 1), EBADF);
	CHECK_ERRNO(sendfile(reading, file, &offset, 1), EBADF);
	CHECK_ERRNO(sendfile(out, path, &offset, 1), EBADF);
	CHECK_ERRNO(sendfile(path, file, &offset, 1), EBADF);
	CHECK_ERRNO(sendfile(appending, file, &offset, 1), EINVAL);
	CHECK_ERRNO(sendfile(out, directory, &offset, 1), EINVAL);
	CHECK_ERRNO(sendfile(out, ends[0], NULL, 1), EINVAL);
	CHECK_ERRNO(sendfile(out, ends[0], &offset, 1), ESPIPE);
	CHECK_EQ(offset, 0);
	close(appending);
	close(directory);
	close(path);
	close(reading);
	close(ends[0]);
	close(ends[1]);
}

static void advice(void)
{
	int ends[2];

	CHECK_EQ(pipe(ends), 0);
	CHECK_EQ(posix_fadvise(file, 0, 0, POSIX_FADV_SEQUENTIAL), 0);
	CHECK_EQ(posix_fadvise(file, -5, 0, POSIX_FADV_NOREUSE), 0);
	CHECK_EQ(posix_fadvise(file, 0, -1, POSIX_FADV_NORMAL), EINVAL);
	CHECK_EQ(posix_fadvise(file, 0, 0, 6), EINVAL);
	CHECK_EQ(posix_fadvise(ends[0], 0, -1, 6), ESPIPE);
	CHECK_EQ(posix_fadvise(-1, 0, 0, 0), EBADF);
	close(ends[0]);
	close(ends[1]);
}

int main(void)
{
	for (int i = 0; i < LARGE; i++)
		bytes[i] = i * 7 + i / 256;
	file = open(NAME, O_RDWR | O_CREAT | O_TRUNC, 0600);
	out = open(OTHER, O_RDWR | O_CREAT | O_TRUNC, 0600);
	CHECK_EQ(write(file, bytes, LARGE), LARGE);
	CHECK_EQ(lseek(file, 0, SEEK_SET), 0);
	positions();
	copies();
	refused();
	advice();
	CHECK_EQ(unlink(NAME) + unlink(OTHER), 0);
	PASS();
}
