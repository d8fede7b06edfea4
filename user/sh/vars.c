/* The shell's variables: a list, since a shell has few. Those that are exported make the environment of commands. */
#include "sh.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct var {
	struct var *next;
	char *text;		/* "NAME=value" */
	size_t name_length;
	bool exported;
	bool set;		/* false: only marked for export so far */
};

static struct var *vars;

static struct var *var_find(const char *name, size_t length)
{
	for (struct var *var = vars; var; var = var->next)
		if (var->name_length == length && memcmp(var->text, name, length) == 0)
			return var;
	return NULL;
}

static struct var *var_make(const char *name, size_t length)
{
	struct var *var = var_find(name, length);

	if (var)
		return var;
	var = calloc(1, sizeof(*var));
	if (!var || !(var->text = strndup(name, length))) {
		complain("out of memory");
		exit(STATUS_USAGE);
	}
	var->name_length = length;
	var->next = vars;
	vars = var;
	return var;
}

const char *var_get(const char *name)
{
	struct var *var = var_find(name, strlen(name));

	return var && var->set ? var->text + var->name_length + 1 : NULL;
}

void var_set(const char *name, size_t length, const char *value)
{
	struct var *var = var_make(name, length);
	size_t size = length + 1 + strlen(value) + 1;
	char *text = malloc(size);

	if (!text) {
		complain("out of memory");
		exit(STATUS_USAGE);
	}
	snprintf(text, size, "%.*s=%s", (int)length, name, value);
	free(var->text);
	var->text = text;
	var->set = true;
}

void var_export(const char *name, size_t length)
{
	var_make(name, length)->exported = true;
}

void var_unset(const char *name)
{
	size_t length = strlen(name);

	for (struct var **link = &vars; *link; link = &(*link)->next) {
		struct var *var = *link;

		if (var->name_length == length && memcmp(var->text, name, length) == 0) {
			*link = var->next;
			free(var->text);
			free(var);
			return;
		}
	}
}

void var_import(char **environment)
{
	for (; *environment; environment++) {
		size_t length = name_length(*environment);

		if (length > 0 && (*environment)[length] == '=') {
			var_set(*environment, length, *environment + length + 1);
			var_export(*environment, length);
		}
	}
}

char **var_environment(void)
{
	size_t count = 0;
	char **environment;

	for (struct var *var = vars; var; var = var->next)
		count += var->exported && var->set;
	environment = malloc((count + 1) * sizeof(*environment));
	if (!environment)
		return NULL;
	environment[count] = NULL;
	for (struct var *var = vars; var; var = var->next)
		if (var->exported && var->set)
			environment[--count] = var->text;
	return environment;
}
