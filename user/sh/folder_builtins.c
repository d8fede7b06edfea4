/* cd and pwd. PWD is the way to the working directory as the user went it, through links (-L); with -P, and where that
 * way is not known, it is what the kernel says. */
#include "builtins.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_dots(const char *part, size_t length)
{
	return (length == 1 || length == 2) && strspn(part, ".") >= length;
}

/* Whether that is a path that PWD may have here. */
static bool is_here(const char *path)
{
	struct stat here, there;

	if (!path || *path != '/' || strlen(path) >= PATH_MAX)
		return false;
	for (const char *part = path + 1; *part; part += strspn(part, "/")) {
		size_t length = strcspn(part, "/");

		if (is_dots(part, length))
			return false;
		part += length;
	}
	return stat(".", &here) == 0 && stat(path, &there) == 0 && here.st_dev == there.st_dev &&
		here.st_ino == there.st_ino;
}

/* The working directory's path: as the user knows it if logical, else as the kernel does. */
static bool folder_path(bool logical, char path[PATH_MAX])
{
	const char *known = var_get("PWD");

	if (!logical || !is_here(known))
		return getcwd(path, PATH_MAX) != NULL;
	strcpy(path, known);
	return true;
}

/* The path that `to` stands for when .. goes back the way that was gone. False: the kernel has to find its own way. */
static bool logical_path(const char *to, char path[PATH_MAX])
{
	size_t length = 0;

	if (!*to || (*to != '/' && !folder_path(true, path)))
		return false;
	if (*to != '/')
		length = path[1] ? strlen(path) : 0;
	while (*to) {
		size_t part = strcspn(to, "/");

		if (length + 1 + part >= PATH_MAX)
			return false;
		if (part == 2 && is_dots(to, part)) {
			/* What is left again has to be a directory nevertheless. */
			strcpy(path + length, "/");
			if (access(path, F_OK) < 0)
				return false;
			while (length > 0 && path[--length] != '/')
				;
		} else if (part > 0 && !is_dots(to, part)) {
			path[length++] = '/';
			memcpy(path + length, to, part);
			length += part;
		}
		to += part + strspn(to + part, "/");
	}
	strcpy(path + length, length ? "" : "/");
	return true;
}

static bool set_exported(const char *name, const char *value)
{
	bool set = var_set(name, strlen(name), value);

	if (set)
		var_mark(name, strlen(name), VAR_EXPORTED);
	return set;
}

/* Goes there and sets PWD and OLDPWD; tell: says where that is. */
static int folder_change(const char *to, bool logical, bool tell)
{
	const char *before = var_get("PWD");
	char path[PATH_MAX];
	bool set = true;

	logical = logical && logical_path(to, path) && chdir(path) == 0;
	if (!logical && chdir(to) < 0) {
		complain("cd: %s: %s", to, strerror(errno));
		return 1;
	}
	if (before)
		set &= set_exported("OLDPWD", before);
	if (logical || getcwd(path, sizeof(path))) {
		set &= set_exported("PWD", path);
		if (tell)
			puts(path);
	}
	return set ? 0 : STATUS_USAGE;
}

/* The path of a directory along CDPATH; false if it is nowhere there, or is not to be looked for. *tell: not just here. */
static bool folder_search(const char *to, char path[PATH_MAX], bool *tell)
{
	const char *along = var_get("CDPATH");
	size_t first = strcspn(to, "/");
	struct stat status;

	if (!along || first == 0 || is_dots(to, first))
		return false;
	for (;;) {
		int length = (int)strcspn(along, ":");

		if (snprintf(path, PATH_MAX, "%.*s%s%s", length, along, length ? "/" : "", to) < PATH_MAX &&
		    stat(path, &status) == 0 && S_ISDIR(status.st_mode)) {
			*tell = length > 0;
			return true;
		}
		if (!along[length])
			return false;
		along += length + 1;
	}
}

/* -L and -P, of which the last counts, in front of *words; false, with a message, if there are others. */
static bool take_logical(const char *name, char ***words, bool *logical)
{
	int option;

	*logical = true;
	while ((option = option_take(name, words, "LP"))) {
		if (option == '?')
			return false;
		*logical = option == 'L';
	}
	return true;
}

/* cd [-L | -P] [directory | -] */
int builtin_cd(char **arguments)
{
	char **words = arguments + 1, path[PATH_MAX];
	const char *to;
	bool logical, back, tell;

	if (!take_logical("cd", &words, &logical))
		return STATUS_USAGE;
	tell = back = *words && strcmp(*words, "-") == 0;
	to = back ? var_get("OLDPWD") : *words ? *words : var_get("HOME");
	if (*words && words[1]) {
		complain("cd: too many arguments");
		return STATUS_USAGE;
	}
	if (!to && back) {
		complain("cd: OLDPWD is not set");
		return 1;
	}
	if (*words && !back && folder_search(to, path, &tell))
		to = path;
	return folder_change(to ? to : "/", logical, tell);
}

/* pwd [-L | -P] */
int builtin_pwd(char **arguments)
{
	char path[PATH_MAX], **words = arguments + 1;
	bool logical;

	if (!take_logical("pwd", &words, &logical))
		return STATUS_USAGE;
	if (!folder_path(logical, path)) {
		complain("pwd: %s", strerror(errno));
		return 1;
	}
	puts(path);
	return 0;
}

void folder_begin(void)
{
	char path[PATH_MAX];

	if (folder_path(true, path))
		var_set("PWD", 3, path);
}
