/* O_APPEND: every write goes to the end, wherever the position was and whoever wrote last. */
#include "test.h"

#include <fcntl.h>
#include <sys/stat.h>

#define CHILDREN	4
#define RECORDS		200

static char path[256];

/* Records of one letter each, of several lengths, so that they cross pages. */
static void append_records(char letter)
{
	int fd = open(path, O_WRONLY | O_APPEND);
	char record[97];

	CHECK(fd >= 0);
	memset(record, letter, sizeof(record));
	record[sizeof(record) - 1] = '\n';
	for (int i = 0; i < RECORDS; i++)
		CHECK_EQ(write(fd, record, sizeof(record)), sizeof(record));
	close(fd);
}

static void check_records(void)
{
	int counts[CHILDREN] = { 0 };
	int fd = open(path, O_RDONLY);
	char record[97];

	for (int i = 0; i < CHILDREN * RECORDS; i++) {
		CHECK_EQ(read(fd, record, sizeof(record)), sizeof(record));
		for (size_t n = 0; n < sizeof(record) - 1; n++)
			CHECK_EQ(record[n], record[0]);
		CHECK_EQ(record[sizeof(record) - 1], '\n');
		CHECK(record[0] >= 'a' && record[0] < 'a' + CHILDREN);
		counts[record[0] - 'a']++;
	}
	CHECK_EQ(read(fd, record, 1), 0);
	close(fd);
	for (int i = 0; i < CHILDREN; i++)
		CHECK_EQ(counts[i], RECORDS);
}

int main(void)
{
	char text[16];
	int fd, other;

	strcpy(path, scratch_path("log"));
	fd = open(path, O_CREAT | O_EXCL | O_RDWR | O_APPEND, 0600);
	CHECK(fd >= 0);
	CHECK_EQ(write(fd, "one", 3), 3);
	CHECK_EQ(lseek(fd, 0, SEEK_SET), 0);
	CHECK_EQ(write(fd, "two", 3), 3);
	CHECK_EQ(lseek(fd, 0, SEEK_CUR), 6);
	other = open(path, O_WRONLY);
	CHECK_EQ(lseek(other, 0, SEEK_END), 6);
	CHECK_EQ(write(other, "three", 5), 5);
	CHECK_EQ(write(fd, "4", 1), 1);
	CHECK_EQ(lseek(fd, 0, SEEK_SET), 0);
	CHECK_EQ(read(fd, text, sizeof(text)), 12);
	CHECK(memcmp(text, "onetwothree4", 12) == 0);
	close(fd);
	close(other);

	close(open(path, O_WRONLY | O_TRUNC));
	for (int i = 0; i < CHILDREN; i++) {
		if (fork() == 0) {
			append_records('a' + i);
			_exit(0);
		}
	}
	for (int i = 0; i < CHILDREN; i++) {
		int status;

		CHECK(wait(&status) > 0);
		CHECK_EQ(status, 0);
	}
	check_records();
	CHECK_EQ(unlink(path), 0);
	PASS();
}
