/* The words of kill (kill_words.h). The names of signals are the C library's. */
#include "kill_words.h"

#include "sh.h"

#include <ctype.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool kill_options(char ***words, int *signal)
{
	char **word = *words;
	bool known = true;

	*signal = SIGTERM;
	if (*word && (*word)[0] == '-' && strcmp(*word, "--") != 0) {
		const char *name = *word++ + 1;

		if (strcmp(name, "s") == 0 && *word)
			name = *word++;
		known = str2sig(strncmp(name, "SIG", 3) == 0 ? name + 3 : name, signal) == 0;
	}
	if (*word && strcmp(*word, "--") == 0)
		word++;
	*words = word;
	return known && *word;
}

bool kill_number(const char *word, pid_t *pid)
{
	char *end;
	long number = strtol(word, &end, 10);

	*pid = (pid_t)number;
	if (end != word && !*end && number == *pid)
		return true;
	complain("kill: %s: not a process number", word);
	return false;
}

bool kill_send(const char *word, pid_t pid, int signal)
{
	if (kill(pid, signal) == 0)
		return true;
	complain("kill: %s: %s", word, strerror(errno));
	return false;
}

static bool list_one(const char *word)
{
	char name[SIG2STR_MAX], *end;
	long number = strtol(word, &end, 10);

	number -= number > STATUS_SIGNAL ? STATUS_SIGNAL : 0;
	if (end == word || *end || number <= 0 || number >= NSIG || sig2str((int)number, name) < 0) {
		complain("kill: %s: no such signal", word);
		return false;
	}
	puts(name);
	return true;
}

int kill_list(char **words)
{
	char name[SIG2STR_MAX];
	int status = 0;

	for (int signal = 1; !*words && signal < NSIG; signal++)
		if (sig2str(signal, name) == 0 && isalpha((unsigned char)*name))	/* others have a number alone */
			puts(name);
	for (; *words; words++)
		if (!list_one(*words))
			status = 1;
	return status;
}
