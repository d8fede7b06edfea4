/* select: the three sets, what stays in them, and what it counts. */
#define _GNU_SOURCE
#include "test.h"

#include <fcntl.h>
#include <sys/select.h>

static fd_set in, out, other;
static struct timeval zero;

static int high(int fd, int place)
{
	CHECK_EQ(dup2(fd, place), place);
	close(fd);
	return place;
}

int main(void)
{
	int ends[2];

	/* One below 64 and one far above. */
	CHECK_EQ(pipe(ends), 0);
	ends[0] = high(ends[0], 50);
	ends[1] = high(ends[1], 200);

	FD_SET(50, &in);
	FD_SET(200, &out);
	FD_SET(50, &other);
	CHECK_EQ(select(201, &in, &out, &other, NULL), 1);
	CHECK(!FD_ISSET(50, &in) && FD_ISSET(200, &out) && !FD_ISSET(50, &other));

	CHECK_EQ(write(ends[1], "x", 1), 1);
	FD_SET(50, &in);
	FD_SET(50, &out);
	CHECK_EQ(select(201, &in, &out, NULL, NULL), 2);
	CHECK(FD_ISSET(50, &in) && FD_ISSET(200, &out) && !FD_ISSET(50, &out));

	/* What lies at and above nfds is not looked at; whole words are written. */
	FD_SET(64, &in);
	FD_SET(200, &in);
	CHECK_EQ(select(51, &in, NULL, NULL, &zero), 1);
	CHECK(FD_ISSET(50, &in) && FD_ISSET(64, &in) && FD_ISSET(200, &in));
	FD_ZERO(&in);
	FD_SET(50, &in);
	FD_SET(60, &in);
	CHECK_EQ(select(51, &in, NULL, NULL, &zero), 1);
	CHECK(FD_ISSET(50, &in) && !FD_ISSET(60, &in));

	/* The end of the file is readable, a pipe without readers writable. */
	char byte;
	CHECK_EQ(read(ends[0], &byte, 1), 1);
	CHECK_EQ(close(ends[1]), 0);
	FD_ZERO(&in);
	FD_SET(50, &in);
	CHECK_EQ(select(51, &in, NULL, NULL, NULL), 1);
	FD_ZERO(&out);
	FD_SET(50, &out);
	CHECK_EQ(select(51, NULL, &out, NULL, &zero), 0);
	CHECK(!FD_ISSET(50, &out));
	CHECK_EQ(close(ends[0]), 0);
	CHECK_EQ(pipe(ends), 0);
	CHECK_EQ(close(ends[0]), 0);
	FD_ZERO(&out);
	FD_SET(ends[1], &out);
	CHECK_EQ(select(ends[1] + 1, NULL, &out, NULL, NULL), 1);
	PASS();
}
