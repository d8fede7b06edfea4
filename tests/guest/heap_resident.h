/* What a test of the heap asks of the system. */
#ifndef HEAP_RESIDENT_H
#define HEAP_RESIDENT_H

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "test.h"

/* KiB resident. Read without a stream, which would allocate. */
static inline long resident(void)
{
	static char text[4096];
	int fd = open("/proc/self/status", O_RDONLY);
	const char *line;
	ssize_t got;

	CHECK(fd >= 0);
	got = read(fd, text, sizeof(text) - 1);
	CHECK(got > 0);
	close(fd);
	text[got] = '\0';
	line = strstr(text, "\nVmRSS:");
	CHECK(line != NULL);
	return strtol(line + 7, NULL, 10);
}

#endif
