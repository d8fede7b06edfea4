/* getdents64(2): records exact, buffers of every size, every entry once, positions that hold while
 * others go. */
#define _GNU_SOURCE
#include "test.h"

#include <dirent.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#define ENTRIES	300

struct record {
	uint64_t inode;
	int64_t next;
	uint16_t size;
	uint8_t type;
	char name[];
};

static char directory[256];
static unsigned char seen[ENTRIES];
static char buffer[16384] __attribute__((aligned(8)));

static const char *entry_path(int number)
{
	static char path[300];

	snprintf(path, sizeof(path), "%s/%d", directory, number);
	return path;
}

/* Checks one record and notes whose it is: 1 for an entry, 0 for a dot. */
static int record_check(const struct record *record)
{
	struct stat status;
	int number;

	CHECK_EQ(record->size % 8, 0);
	CHECK(strlen(record->name) + 1 <= record->size - offsetof(struct record, name));
	if (strcmp(record->name, ".") == 0 || strcmp(record->name, "..") == 0) {
		CHECK_EQ(record->type, DT_DIR);
		return 0;
	}
	number = atoi(record->name);
	CHECK(number >= 0 && number < ENTRIES);
	CHECK_EQ(seen[number], 0);
	seen[number] = 1;
	CHECK_EQ(stat(entry_path(number), &status), 0);
	CHECK_EQ(record->inode, status.st_ino);
	CHECK_EQ(record->type, number % 10 ? DT_REG : DT_DIR);
	return 1;
}

/* Reads on to the end; how many entries there were. */
static int list(int fd, size_t size, int *dots)
{
	int entries = 0;
	ssize_t got;

	while ((got = getdents64(fd, buffer, size)) > 0) {
		CHECK((size_t)got <= size);
		for (ssize_t at = 0; at < got;) {
			struct record *record = (struct record *)(buffer + at);
			int is_entry = record_check(record);

			entries += is_entry;
			*dots += !is_entry;
			at += record->size;
		}
	}
	CHECK_EQ(got, 0);
	return entries;
}

static void every_size(int fd)
{
	static const size_t sizes[] = { 24, 32, 100, 280, 1000, 4096, 4100, 16384 };

	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		int dots = 0;

		memset(seen, 0, sizeof(seen));
		CHECK_EQ(lseek(fd, 0, SEEK_SET), 0);
		CHECK_EQ(list(fd, sizes[i], &dots), ENTRIES);
		CHECK_EQ(dots, 2);
	}
}

/* The position in a record leads behind it. */
static void positions(int fd)
{
	int64_t middle = 0;
	int before = 0, dots = 0;
	ssize_t got;

	memset(seen, 0, sizeof(seen));
	CHECK_EQ(lseek(fd, 0, SEEK_SET), 0);
	got = getdents64(fd, buffer, 4096);
	CHECK(got > 1000);
	for (ssize_t at = 0; at < 1000;) {
		struct record *record = (struct record *)(buffer + at);

		int is_entry = record_check(record);

		before += is_entry;
		dots += !is_entry;
		middle = record->next;
		at += record->size;
	}
	CHECK_EQ(lseek(fd, middle, SEEK_SET), middle);
	CHECK_EQ(list(fd, 500, &dots), ENTRIES - before);
	CHECK_EQ(dots, 2);
}

int main(void)
{
	int fd;

	strcpy(directory, scratch_path("list"));
	CHECK_EQ(mkdir(directory, 0700), 0);
	for (int i = 0; i < ENTRIES; i++) {
		if (i % 10)
			CHECK_EQ(close(open(entry_path(i), O_CREAT | O_EXCL | O_WRONLY, 0600)), 0);
		else
			CHECK_EQ(mkdir(entry_path(i), 0700), 0);
	}
	fd = open(directory, O_RDONLY);
	every_size(fd);
	positions(fd);
	CHECK_EQ(lseek(fd, 0, SEEK_SET), 0);
	CHECK_ERRNO(getdents64(fd, buffer, 23), EINVAL);
	CHECK_ERRNO(getdents64(0x7fff, buffer, 100), EBADF);
	for (int i = 0; i < ENTRIES; i++)
		CHECK_EQ(i % 10 ? unlink(entry_path(i)) : rmdir(entry_path(i)), 0);
	close(fd);
	CHECK_EQ(rmdir(directory), 0);
	fd = open("/dev/null", O_RDONLY);
	CHECK_ERRNO(getdents64(fd, buffer, 100), ENOTDIR);
	close(fd);
	PASS();
}
