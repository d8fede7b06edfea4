/* proc(5): text that is made when it is read, the same however it is read. */
#include "test.h"

#include <fcntl.h>
#include <sys/stat.h>

static char whole[65536], parts[65536];

static size_t read_in(const char *path, char *to, size_t step)
{
	int fd = open(path, O_RDONLY);
	size_t size = 0;
	ssize_t got;

	CHECK(fd >= 0);
	while ((got = read(fd, to + size, step)) > 0)
		size += got;
	CHECK_EQ(got, 0);
	close(fd);
	to[size] = 0;
	return size;
}

/* The number behind a label at the start of a line. */
static long value_of(const char *text, const char *label)
{
	const char *at = strstr(text, label);

	CHECK(at != NULL && (at == text || at[-1] == '\n'));
	return strtol(at + strlen(label), NULL, 10);
}

static void status_file(void)
{
	CHECK(read_in("/proc/self/status", whole, sizeof(whole) - 1) > 0);
	CHECK(strncmp(whole, "Name:\tproc_files\n", 17) == 0);
	CHECK_EQ(value_of(whole, "Pid:"), getpid());
	CHECK_EQ(value_of(whole, "PPid:"), getppid());
	CHECK(value_of(whole, "VmRSS:") > 0);
}

static void memory_file(void)
{
	struct stat status;

	CHECK(read_in("/proc/meminfo", whole, sizeof(whole) - 1) > 0);
	CHECK(value_of(whole, "MemTotal:") > value_of(whole, "MemFree:"));
	CHECK(value_of(whole, "MemFree:") > 0);
	CHECK_EQ(stat("/proc/meminfo", &status), 0);
	CHECK_EQ(status.st_mode, S_IFREG | 0444);
	CHECK_EQ(status.st_size, 0);
}

static void maps_in_parts(void)
{
	size_t size = read_in("/proc/self/maps", whole, sizeof(whole) - 1);

	CHECK(size > 100 && whole[size - 1] == '\n');
	CHECK(strstr(whole, "[stack]\n") != NULL && strstr(whole, "proc_files\n") != NULL);
	for (size_t step = 1; step < 300; step += 37) {
		CHECK_EQ(read_in("/proc/self/maps", parts, step), size);
		CHECK_STR(parts, whole);
	}
}

static void positions(void)
{
	int fd = open("/proc/self/maps", O_RDONLY);

	CHECK_EQ(read(fd, parts, 20), 20);
	CHECK_EQ(lseek(fd, 5, SEEK_SET), 5);
	CHECK_EQ(read(fd, parts, 10), 10);
	CHECK(memcmp(parts, whole + 5, 10) == 0);
	CHECK_EQ(lseek(fd, 0, SEEK_SET), 0);
	CHECK_EQ(read(fd, parts, 10), 10);
	CHECK(memcmp(parts, whole, 10) == 0);
	CHECK_EQ(lseek(fd, 1000000, SEEK_SET), 1000000);
	CHECK_EQ(read(fd, parts, 10), 0);
	close(fd);
}

/* Whose text it is: that of who reads. */
static void child_reads(void)
{
	read_in("/proc/self/status", whole, sizeof(whole) - 1);
	CHECK_EQ(value_of(whole, "Pid:"), getpid());
}

int main(void)
{
	status_file();
	memory_file();
	maps_in_parts();
	positions();
	CHECK_EXIT(child_reads, 0);
	CHECK_ERRNO(open("/proc/none", O_RDONLY), ENOENT);
	CHECK_ERRNO(open("/proc/self/maps/x", O_RDONLY), ENOTDIR);
	CHECK_ERRNO(open("/proc/self", O_RDWR), EISDIR);
	PASS();
}
