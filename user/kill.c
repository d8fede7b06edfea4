/* kill: [-SIGNAL] [--] PID... sends a signal by number or name (KILL, SIGKILL); TERM if none is given. */
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(int argc, char **argv)
{
	int first = 1, signal = SIGTERM, status = 0;
	bool known = true;

	if (argc > first && argv[first][0] == '-' && strcmp(argv[first], "--") != 0) {
		const char *name = argv[first++] + 1;

		known = str2sig(strncmp(name, "SIG", 3) == 0 ? name + 3 : name, &signal) == 0;
	}
	if (argc > first && strcmp(argv[first], "--") == 0)
		first++;
	if (argc <= first || !known) {
		fprintf(stderr, "usage: kill [-SIGNAL] PID...\n");
		return 2;
	}
	for (int i = first; i < argc; i++) {
		char *end;
		long pid = strtol(argv[i], &end, 10);

		if (end == argv[i] || *end || pid != (pid_t)pid) {
			fprintf(stderr, "kill: %s: not a process number\n", argv[i]);
			status = 1;
		} else if (kill((pid_t)pid, signal) < 0) {
			fprintf(stderr, "kill: %s: %s\n", argv[i], strerror(errno));
			status = 1;
		}
	}
	return status;
}
