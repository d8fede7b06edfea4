/* umask and ulimit. */
#include "builtins.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

/* The bits of the mask that u, g, o and a at *at stand for, all of them without any. */
static mode_t mask_who(const char **at)
{
	static const char letters[] = "ugoa";
	static const mode_t bits[] = { 0700, 0070, 0007, 0777 };
	const char *letter;
	mode_t who = 0;

	for (; **at && (letter = strchr(letters, **at)); ++*at)
		who |= bits[letter - letters];
	return who ? who : 0777;
}

/* Permissions, from *at on: rwx, X (x, if it is allowed to any), or one of u, g, o, for what is allowed to them. */
static mode_t mask_permissions(const char **at, mode_t allowed)
{
	static const char copies[] = "ogu", letters[] = "xwr";
	const char *letter = **at ? strchr(copies, **at) : NULL;
	mode_t bits = 0;

	if (letter) {
		++*at;
		return (allowed >> 3 * (letter - copies) & 7) * 0111;
	}
	for (; **at == 'X' || (**at && (letter = strchr(letters, **at))); ++*at)
		bits |= **at == 'X' ? (allowed & 0111 ? 0111 : 0) : 0111u << (letter - letters);
	return bits;
}

/* u=rwx,go-w and so on, which speak of what is allowed: the others are masked. False if it is not understood. */
static bool mask_symbolic(const char *at, mode_t *mask)
{
	mode_t allowed = ~*mask & 0777;

	do {
		mode_t who = mask_who(&at);

		if (!*at || !strchr("+-=", *at))
			return false;
		while (*at && strchr("+-=", *at)) {
			char operator = *at++;
			mode_t bits = mask_permissions(&at, allowed) & who;

			if (operator == '=')
				allowed &= ~who;
			allowed = operator == '-' ? allowed & ~bits : allowed | bits;
		}
	} while (*at == ',' && *++at);
	*mask = ~allowed & 0777;
	return *at == '\0' && at[-1] != ',';
}

/* As umask -S says it. */
static void mask_show(mode_t mask)
{
	static const char letters[] = "ugo";

	for (int i = 0; i < 3; i++) {
		mode_t allowed = ~mask >> (6 - 3 * i) & 7;

		printf("%s%c=%s%s%s", i ? "," : "", letters[i], allowed & 4 ? "r" : "", allowed & 2 ? "w" : "",
		       allowed & 1 ? "x" : "");
	}
	putchar('\n');
}

/* umask [-S] [mode]: in octal, or symbolic. */
int builtin_umask(char **arguments)
{
	mode_t mask = umask(0);
	bool symbolic = false;
	const char *mode;
	int option;

	umask(mask);
	arguments++;
	while ((option = option_take("umask", &arguments, "S"))) {
		if (option == '?')
			return STATUS_USAGE;
		symbolic = true;
	}
	mode = *arguments;
	if (!mode && symbolic)
		mask_show(mask);
	else if (!mode)
		printf("%04o\n", mask);
	if (!mode)
		return 0;
	if (*mode >= '0' && *mode <= '9') {
		char *end;
		unsigned long number = strtoul(mode, &end, 8);

		mask = number > 0777 || *end ? 01000 : (mode_t)number;
	} else if (!mask_symbolic(mode, &mask)) {
		mask = 01000;
	}
	if (mask > 0777) {
		complain("umask: %s: not a mask", mode);
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
	char **argument = arguments + 1, letters[LIMIT_COUNT + sizeof("SHa")] = "SHa";
	int option;

	for (size_t i = 0; i < LIMIT_COUNT; i++)
		letters[strlen("SHa") + i] = limits[i].letter;
	while ((option = option_take("ulimit", &argument, letters))) {
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
