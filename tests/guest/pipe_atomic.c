/* Writes of up to PIPE_BUF bytes from several processes arrive unmixed, also when the pipe is full
 * all the time. */
#include "test.h"

#define WRITERS	4
#define RECORDS	150

/* The length is in the record: 1 to 4096 bytes and no two in a row alike. */
struct head {
	unsigned short size;
	unsigned char writer, number;
};

static char record[4096];

static void write_records(int fd, int writer)
{
	for (int i = 0; i < RECORDS; i++) {
		struct head head = {
			sizeof(head) + (i * 1237 + writer * 511) % (4097 - sizeof(head)), writer,
			i};

		memset(record, 'a' + (writer * 7 + i) % 26, head.size);
		memcpy(record, &head, sizeof(head));
		CHECK_EQ(write(fd, record, head.size), head.size);
	}
}

static void read_all(int fd, void *to, size_t size)
{
	for (size_t done = 0; done < size;) {
		ssize_t got = read(fd, (char *)to + done, size - done);

		CHECK(got > 0);
		done += got;
	}
}

int main(void)
{
	int ends[2], next[WRITERS] = { 0 };

	CHECK_EQ(pipe(ends), 0);
	for (int writer = 0; writer < WRITERS; writer++) {
		if (fork() == 0) {
			close(ends[0]);
			write_records(ends[1], writer);
			_exit(0);
		}
	}
	close(ends[1]);
	for (int i = 0; i < WRITERS * RECORDS; i++) {
		struct head head;

		read_all(ends[0], &head, sizeof(head));
		CHECK(head.writer < WRITERS && head.size >= sizeof(head) &&
			head.size <= sizeof(record));
		CHECK_EQ(head.number, next[head.writer]++);
		read_all(ends[0], record, head.size - sizeof(head));
		for (size_t n = 0; n < head.size - sizeof(head); n++)
			CHECK_EQ(record[n], 'a' + (head.writer * 7 + head.number) % 26);
	}
	CHECK_EQ(read(ends[0], record, 1), 0);
	close(ends[0]);
	for (int writer = 0; writer < WRITERS; writer++) {
		int status;

		CHECK(wait(&status) > 0);
		CHECK_EQ(status, 0);
	}
	PASS();
}
