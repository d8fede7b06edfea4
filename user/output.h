/* How programs that print end. */
#ifndef OUTPUT_H
#define OUTPUT_H

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* Writes out what standard output still holds. False, with a message, if not all that the program printed got there. */
static inline bool output_written(const char *program)
{
	bool flushed = fflush(stdout) == 0;

	if (flushed && !ferror(stdout))
		return true;
	/* When an earlier write failed, nobody knows any more why. */
	fprintf(stderr, "%s: standard output: %s\n", program, flushed ? "Not all was written" : strerror(errno));
	return false;
}

#endif
