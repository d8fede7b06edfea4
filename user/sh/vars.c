/* The shell's variables. Those that are exported make the environment of commands. */
#include "sh.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BUCKETS	64

struct var {
	struct var *next;
	char *name;
	char *text;		/* "NAME=value"; NULL: not set, only marked */
	int flags;
};

/* What a variable was before a function, or a command with assignments before it, has changed it. */
struct saved_var {
	struct saved_var *next;
	char *name, *text;
	int flags;
};

static struct var *vars[BUCKETS];
static struct saved_var *saved_vars;
static size_t saved_count;

static struct var **var_bucket(const char *name, size_t length)
{
	unsigned hash = 0;

	for (size_t i = 0; i < length; i++)
		hash = hash * 31 + (unsigned char)name[i];
	return &vars[hash % BUCKETS];
}

static struct var **var_find(const char *name, size_t length)
{
	struct var **link = var_bucket(name, length);

	while (*link && (strncmp((*link)->name, name, length) != 0 || (*link)->name[length]))
		link = &(*link)->next;
	return link;
}

static char *name_copy(const char *name, size_t length)
{
	char *copy = allocate(length + 1);

	memcpy(copy, name, length);
	return copy;
}

static struct var *var_make(const char *name, size_t length)
{
	struct var **link = var_find(name, length);

	if (!*link) {
		*link = allocate(sizeof(**link));
		(*link)->name = name_copy(name, length);
	}
	return *link;
}

const char *var_get(const char *name)
{
	size_t length = strlen(name);
	const struct var *var = *var_find(name, length);

	return var && var->text ? var->text + length + 1 : NULL;
}

static bool var_writable(const struct var *var)
{
	if (var && var->flags & VAR_READONLY)
		complain("%s: is read-only", var->name);
	return !var || !(var->flags & VAR_READONLY);
}

bool var_set(const char *name, size_t length, const char *value)
{
	struct var *var = var_make(name, length);
	size_t size = length + 1 + strlen(value) + 1;
	char *text;

	if (!var_writable(var))
		return false;
	text = allocate(size);
	snprintf(text, size, "%s=%s", var->name, value);
	free(var->text);
	var->text = text;
	if (shell.options['a'])
		var->flags |= VAR_EXPORTED;
	return true;
}

void var_mark(const char *name, size_t length, int flags)
{
	var_make(name, length)->flags |= flags;
}

bool var_unset(const char *name)
{
	struct var **link = var_find(name, strlen(name)), *var = *link;

	if (!var_writable(var))
		return false;
	if (var) {
		*link = var->next;
		free(var->name);
		free(var->text);
		free(var);
	}
	return true;
}

size_t var_depth(void)
{
	return saved_count;
}

void var_save(const char *name, size_t length)
{
	struct saved_var *saved = allocate(sizeof(*saved));
	const struct var *var = *var_find(name, length);

	saved->name = name_copy(name, length);
	saved->text = var && var->text ? name_copy(var->text, strlen(var->text)) : NULL;
	saved->flags = var ? var->flags : 0;
	saved->next = saved_vars;
	saved_vars = saved;
	saved_count++;
}

void var_restore(size_t depth)
{
	while (saved_count > depth) {
		struct saved_var *saved = saved_vars;
		struct var *var = var_make(saved->name, strlen(saved->name));

		free(var->text);
		var->text = saved->text;
		var->flags = saved->flags;
		if (!var->text && !var->flags)
			var_unset(saved->name);
		saved_vars = saved->next;
		saved_count--;
		free(saved->name);
		free(saved);
	}
}

void var_import(char **environment)
{
	for (; *environment; environment++) {
		size_t length = name_length(*environment);

		if (length > 0 && (*environment)[length] == '=') {
			var_set(*environment, length, *environment + length + 1);
			var_mark(*environment, length, VAR_EXPORTED);
		}
	}
}

/* The variables that have all the flags, and a value if they have to; malloc'd, with a NULL at the end. */
static struct var **var_select(int flags, bool set, size_t *count)
{
	struct var **selected;

	*count = 0;
	for (size_t i = 0; i < BUCKETS; i++)
		for (const struct var *var = vars[i]; var; var = var->next)
			++*count;
	selected = allocate((*count + 1) * sizeof(*selected));
	*count = 0;
	for (size_t i = 0; i < BUCKETS; i++)
		for (struct var *var = vars[i]; var; var = var->next)
			if ((var->flags & flags) == flags && (var->text || !set))
				selected[(*count)++] = var;
	return selected;
}

char **var_environment(void)
{
	size_t count;
	struct var **selected = var_select(VAR_EXPORTED, true, &count);
	char **environment = allocate((count + 1) * sizeof(*environment));

	for (size_t i = 0; i < count; i++)
		environment[i] = selected[i]->text;
	free(selected);
	return environment;
}

static int compare_vars(const void *left, const void *right)
{
	return strcmp((*(struct var *const *)left)->name, (*(struct var *const *)right)->name);
}

void print_quoted(const char *text)
{
	putchar('\'');
	for (; *text; text++) {
		if (*text == '\'')
			fputs("'\\'", stdout);
		putchar(*text);
	}
	putchar('\'');
}

void var_print(int flags, const char *prefix)
{
	size_t count;
	struct var **selected = var_select(flags, flags == 0, &count);

	qsort(selected, count, sizeof(*selected), compare_vars);
	for (size_t i = 0; i < count; i++) {
		printf("%s%s", prefix, selected[i]->name);
		if (selected[i]->text) {
			putchar('=');
			print_quoted(selected[i]->text + strlen(selected[i]->name) + 1);
		}
		putchar('\n');
	}
	free(selected);
}
