/* umask and ulimit. */
#include "builtins.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

/* umask [mode]: in octal. */
int builtin_umask(char **arguments)
{
	char *end;
	mode_t mask;

	if (!arguments[1]) {
		mask = umask(0);
		umask(mask);
		printf("%04o\n", mask);
		return 0;
	}
	mask = strtoul(arguments[1], &end, 8);
	if (!*arguments[1] || *end || mask > 0777) {
		complain("umask: %s: not a mask", arguments[1]);
		return 1;
	}
	umask(mask);
	return 0;
}

static const struct limit {
	char letter;
	int resource;
	rlim_t unit;
	const char *text;
} limits[] = {
	{ 'c', RLIMIT_CORE, 512, "core file (blocks of 512 bytes)" },
	{ 'd', RLIMIT_DATA, 1024, "data (kB)" },
	{ 'f', RLIMIT_FSIZE, 512, "file (blocks of 512 bytes)" },
	{ 'n', RLIMIT_NOFILE, 1, "descriptors" },
	{ 's', RLIMIT_STACK, 1024, "stack (kB)" },
	{ 't', RLIMIT_CPU, 1, "CPU time (seconds)" },
	{ 'u', RLIMIT_NPROC, 1, "processes" },
	{ 'v', RLIMIT_AS, 1024, "memory (kB)" },
};

#define LIMIT_COUNT (sizeof(limits) / sizeof(limits[0]))

static const struct limit *limit_find(char letter)
{
	for (size_t i = 0; i < LIMIT_COUNT; i++)
		if (limits[i].letter == letter)
			return &limits[i];
	return NULL;
}

static void limit_show(const struct limit *limit, bool hard, bool named)
{
	struct rlimit now;

	getrlimit(limit->resource, &now);
	rlim_t value = hard ? now.rlim_max : now.rlim_cur;
	if (named)
		printf("-%c %-32s ", limit->letter, limit->text);
	if (value == RLIM_INFINITY)
		puts("unlimited");
	else
		printf("%lu\n", (unsigned long)(value / limit->unit));
}

static int limit_set(const struct limit *limit, bool soft, bool hard, const char *text)
{
	struct rlimit now;
	char *end = "";
	rlim_t value = RLIM_INFINITY;

	if (strcmp(text, "unlimited") != 0)
		value = strtoul(text, &end, 10) * limit->unit;
	if (!*text || *end) {
		complain("ulimit: %s: not a number", text);
		return 1;
	}
	getrlimit(limit->resource, &now);
	if (soft)
		now.rlim_cur = value;
	if (hard)
		now.rlim_max = value;
	if (setrlimit(limit->resource, &now) < 0) {
		complain("ulimit: %s", strerror(errno));
		return 1;
	}
	return 0;
}

/* ulimit [-SHa] [-cdfnstuv] [number | unlimited]: shows a limit, that of files if none is named; or sets it, soft and
 * hard unless one of them is named. */
int builtin_ulimit(char **arguments)
{
	const struct limit *limit = limit_find('f');
	bool soft = false, hard = false, all = false;
	char **argument = arguments + 1;
	int option;

	while ((option = option_take("ulimit", &argument, "SHacdfnstuv"))) {
		if (option == '?')
			return STATUS_USAGE;
		if (option == 'S')
			soft = true;
		else if (option == 'H')
			hard = true;
		else if (option == 'a')
			all = true;
		else
			limit = limit_find((char)option);
	}
	if (*argument && !all)
		return limit_set(limit, soft || !hard, hard || !soft, *argument);
	for (size_t i = 0; all && i < LIMIT_COUNT; i++)
		limit_show(&limits[i], hard, true);
	if (!all)
		limit_show(limit, hard, false);
	return 0;
}
