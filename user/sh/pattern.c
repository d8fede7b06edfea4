/* Patterns: * ? [...], where \ takes the meaning of the next character (POSIX 2.13). */
#include "tree.h"

#include <ctype.h>
#include <dirent.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static bool in_class(const char *name, size_t length, unsigned char c)
{
	static const struct {
		const char *name;
		int (*is)(int);
	} classes[] = {
		{ "alnum", isalnum }, { "alpha", isalpha }, { "blank", isblank }, { "cntrl", iscntrl },
		{ "digit", isdigit }, { "graph", isgraph }, { "lower", islower }, { "print", isprint },
		{ "punct", ispunct }, { "space", isspace }, { "upper", isupper }, { "xdigit", isxdigit },
	};

	for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++)
		if (strlen(classes[i].name) == length && memcmp(classes[i].name, name, length) == 0)
			return classes[i].is(c);
	return false;
}

/* The bracket expression behind a [: its end in *end, or NULL there if it has none and the [ is a plain one. */
static bool bracket_match(const char *pattern, unsigned char c, const char **end)
{
	bool negated = *pattern == '!' || *pattern == '^', matches = false;

	pattern += negated;
	for (bool first = true; *pattern && (first || *pattern != ']'); first = false) {
		const char *close;
		unsigned char low, high;

		if (strncmp(pattern, "[:", 2) == 0 && (close = strstr(pattern, ":]"))) {
			matches |= in_class(pattern + 2, close - pattern - 2, c);
			pattern = close + 2;
			continue;
		}
		pattern += *pattern == '\\' && pattern[1];
		low = high = *pattern++;
		if (*pattern == '-' && pattern[1] && pattern[1] != ']') {
			pattern++;
			pattern += *pattern == '\\' && pattern[1];
			high = *pattern++;
		}
		matches |= low <= c && c <= high;
	}
	*end = *pattern ? pattern + 1 : NULL;
	return matches != negated;
}

/* Matches one character; the pattern behind what stands for it, or NULL. */
static const char *match_one(const char *pattern, unsigned char c)
{
	const char *end = NULL;

	if (c == '\0' || *pattern == '\0')
		return NULL;
	if (*pattern == '?')
		return pattern + 1;
	if (*pattern == '[') {
		bool matches = bracket_match(pattern + 1, c, &end);

		if (end)
			return matches ? end : NULL;
	}
	pattern += *pattern == '\\' && pattern[1];
	return (unsigned char)*pattern == c ? pattern + 1 : NULL;
}

/* Of the stars only the last ever has to take more: what the ones before it took was enough. */
bool pattern_match(const char *pattern, const char *text)
{
	const char *star = NULL, *star_text = NULL;

	for (;;) {
		const char *next;

		if (*pattern == '*') {
			star = ++pattern;
			star_text = text;
		} else if (*pattern == '\0' && *text == '\0') {
			return true;
		} else if ((next = match_one(pattern, *text))) {
			pattern = next;
			text++;
		} else if (star && *star_text) {
			pattern = star;
			text = ++star_text;
		} else {
			return false;
		}
	}
}

/* All ways to match at once: begin[i] is where what pattern[0..i) has matched begins, NULL if it has not. */
struct ways {
	const char **begin;
	size_t from, to;	/* no others are open */
};

/* Of two that have come as far in the pattern, the better one is kept. */
static void way_add(struct ways *ways, size_t at, const char *begin, bool longest)
{
	const char **way = &ways->begin[at];

	if (!*way || (longest ? begin < *way : begin > *way))
		*way = begin;
	if (at < ways->from)
		ways->from = at;
	if (at > ways->to)
		ways->to = at;
}

const char *pattern_cut(const char *pattern, const char *text, bool end, bool longest, struct arena *arena)
{
	size_t length = strlen(pattern), room = (length + 1) * sizeof(char *);
	struct ways ways = { arena_alloc(arena, room), SIZE_MAX, 0 }, after = { arena_alloc(arena, room), SIZE_MAX, 0 };
	const char *cut = NULL;

	for (bool first = true; first || end || ways.from <= ways.to; first = false, text++) {
		struct ways done;

		if (first || end)
			way_add(&ways, 0, text, longest);
		for (size_t i = ways.from; i <= ways.to; i++) {
			const char *begin = ways.begin[i], *next = pattern + i;

			ways.begin[i] = NULL;
			if (!begin)
				continue;
			if (i == length && (end ? !*text : longest || !cut))
				cut = end ? begin : text;
			if (*next == '*')
				way_add(&ways, i + 1, begin, longest);
			else
				next = match_one(next, *text);
			if (next && *text)
				way_add(&after, next - pattern, begin, longest);
		}
		if (!*text || (cut && !longest))
			break;
		done = ways;
		ways = after;
		after = (struct ways){ done.begin, SIZE_MAX, 0 };
	}
	return cut;
}

void pattern_unescape(char *pattern)
{
	char *to = pattern;

	for (; *pattern; pattern++) {
		if (*pattern == '\\' && pattern[1])
			pattern++;
		*to++ = *pattern;
	}
	*to = '\0';
}

/* Adds the paths that begin with path and go on with a match of pattern, component after component. */
static void paths_below(struct text *path, const char *pattern, struct arena *arena, struct fields *fields)
{
	size_t slashes = strspn(pattern, "/"), length = path->length, size;
	char *component;
	struct stat status;

	text_append(path, pattern, slashes);
	pattern += slashes;
	size = strcspn(pattern, "/");
	component = arena_copy(arena, pattern, size);
	if (!strpbrk(component, "*?[")) {
		pattern_unescape(component);
		text_append(path, component, strlen(component));
		if (pattern[size])
			paths_below(path, pattern + size, arena, fields);
		else if (lstat(path->bytes, &status) == 0)
			fields_add(fields, path->bytes, arena);
	} else {
		DIR *directory = opendir(path->length ? path->bytes : ".");
		size_t before = path->length;
		struct dirent *entry;

		while (directory && (entry = readdir(directory))) {
			if ((entry->d_name[0] == '.') != (component[component[0] == '\\'] == '.') ||
			    !pattern_match(component, entry->d_name))
				continue;
			text_append(path, entry->d_name, strlen(entry->d_name));
			if (pattern[size])
				paths_below(path, pattern + size, arena, fields);
			else
				fields_add(fields, path->bytes, arena);
			path->length = before;
			path->bytes[before] = '\0';
		}
		if (directory)
			closedir(directory);
	}
	path->length = length;
	if (path->bytes)
		path->bytes[length] = '\0';
}

static int compare_names(const void *left, const void *right)
{
	return strcmp(*(char *const *)left, *(char *const *)right);
}

bool pattern_paths(const char *pattern, struct arena *arena, struct fields *fields)
{
	struct text path = { 0 };
	size_t before = fields->count;

	text_append(&path, "", 0);
	paths_below(&path, pattern, arena, fields);
	text_free(&path);
	if (fields->count > before)
		qsort(fields->items + before, fields->count - before, sizeof(*fields->items), compare_names);
	return fields->count > before;
}
