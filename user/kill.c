/* kill: [-SIGNAL | -s SIGNAL] [--] PID... sends a signal by number or name (KILL, SIGKILL); TERM if none is given.
 * -l [NUMBER]... says the names of signals. Its words are those of the shell's own (sh/kill_words.h). */
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "output.h"
#include "sh/kill_words.h"

void complain(const char *format, ...)
{
	static char text[PIPE_BUF];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	fprintf(stderr, "%s\n", text);
}

int main(int argc, char **argv)
{
	char **words = argv + (argc > 0);
	int signal, status = 0;
	pid_t pid;

	if (*words && strcmp(*words, "-l") == 0) {
		status = kill_list(words + 1);
		return output_written("kill") ? status : 1;
	}
	if (!kill_options(&words, &signal)) {
		complain("usage: kill [-SIGNAL | -s SIGNAL] PID... | -l [NUMBER]...");
		return 2;
	}
	for (; *words; words++)
		if (!kill_number(*words, &pid) || !kill_send(*words, pid, signal))
			status = 1;
	return status;
}
