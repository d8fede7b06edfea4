/* perror(3). */
#include <errno.h>
#include <stdio.h>
#include <string.h>

void perror(const char *prefix)
{
	const char *text = strerror(errno);

	if (prefix && *prefix)
		fprintf(stderr, "%s: %s\n", prefix, text);
	else
		fprintf(stderr, "%s\n", text);
}
