/* psignal(3). */
#include <signal.h>
#include <stdio.h>
#include <string.h>

void psignal(int signal, const char *prefix)
{
	const char *text = strsignal(signal);

	if (prefix && *prefix)
		fprintf(stderr, "%s: %s\n", prefix, text);
	else
		fprintf(stderr, "%s\n", text);
}
