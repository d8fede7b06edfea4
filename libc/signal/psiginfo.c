/* psiginfo(3). */
#include <signal.h>
#include <stdio.h>
#include <string.h>

void psiginfo(const siginfo_t *info, const char *prefix)
{
	int signal = info->si_signo;

	if (prefix && *prefix)
		fprintf(stderr, "%s: ", prefix);
	fprintf(stderr, "%s (", strsignal(signal));
	if (info->si_code <= 0)
		fprintf(stderr, "sent by process %d, user %u)\n", info->si_pid, info->si_uid);
	else if (signal == SIGCHLD)
		fprintf(stderr, "process %d, status %d)\n", info->si_pid, info->si_status);
	else
		fprintf(stderr, "code %d, address %p)\n", info->si_code, info->si_addr);
}
