/* The archiver of root file systems: writes a newc cpio archive in which the data of every regular
 * file starts at a page boundary, so that the kernel's tmpfs can take the module's pages as they
 * are. The alignment comes from padding the name with NULs (the name size in the header counts
 * them): any cpio reads the result.
 *
 *	mkroot OUTPUT [-t TREE | -x TREE | -l LIST | -a BYTES]...
 *
 * -t TREE  adds what is under the directory TREE; modes become 0755 or 0644, so that the builder's
 *          umask does not show.
 * -x TREE  the same with the modes as they are.
 * -l LIST  adds what the lines of the file LIST say: "dir PATH MODE", "file PATH MODE SOURCE",
 *          "link PATH TARGET" (MODE in octal; SOURCE is the rest of the line; empty lines and
 *          lines that open with # are skipped).
 * -a BYTES aligns data to that instead: 4 is as other archivers do it.
 *
 * A later entry replaces an earlier one of the same path; missing parent directories are added.
 * The archive depends on nothing but paths, modes and bytes: entries are sorted, numbered in
 * order, dated 0 and owned by root. It appears under its name only when complete. Any error is told
 * on stderr and ends with status 1. */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define HEADER_SIZE	110
#define PAGE		4096ul

/* One path of the archive. source is the host's file, or the target of a symbolic link. */
struct entry {
	char *path;
	char *source;
	mode_t mode;
	size_t order;	/* of entries with one path the highest wins; added parents have 0 */
};

static struct entry *entries;
static size_t entry_count, entry_room;
static const char *output_name;
static char *output_temporary;
static FILE *output;
static unsigned long output_offset, alignment = PAGE;

__attribute__((noreturn, format(printf, 1, 2))) static void fail(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	fprintf(stderr, "mkroot: ");
	vfprintf(stderr, format, arguments);
	fprintf(stderr, "\n");
	va_end(arguments);
	if (output_temporary)
		unlink(output_temporary);
	exit(1);
}

static void *must(void *memory)
{
	if (!memory)
		fail("out of memory");
	return memory;
}

/* A path as the archive has it: no slash at either end, no empty, "." or ".." part. */
static char *path_clean(const char *path)
{
	char *clean = must(malloc(strlen(path) + 1)), *end = clean;
	const char *part = path;

	while (*part) {
		size_t length = strcspn(part, "/");

		if (length == 2 && !strncmp(part, "..", 2))
			fail("%s: a path may not contain '..'", path);
		if (length && !(length == 1 && *part == '.')) {
			if (end != clean)
				*end++ = '/';
			memcpy(end, part, length);
			end += length;
		}
		part += length + (part[length] == '/');
	}
	*end = 0;
	return clean;
}

/* Takes ownership of path and source. */
static void entry_add(char *path, mode_t mode, char *source)
{
	if (!*path)
		fail("an empty path");
	if (entry_count == entry_room) {
		entry_room = entry_room ? 2 * entry_room : 64;
		entries = must(realloc(entries, entry_room * sizeof *entries));
	}
	entries[entry_count] = (struct entry){path, source, mode, entry_count + 1};
	entry_count++;
}

static char *link_target(const char *source)
{
	char target[PATH_MAX];
	ssize_t length = readlink(source, target, sizeof target - 1);

	if (length < 0)
		fail("%s: %s", source, strerror(errno));
	target[length] = 0;
	return must(strdup(target));
}

static void tree_add(const char *directory, const char *prefix, int exact);

/* Adds the host's file `source` as `path`; takes ownership of both. */
static void tree_add_one(char *path, char *source, int exact)
{
	struct stat status;
	mode_t permissions;

	if (lstat(source, &status))
		fail("%s: %s", source, strerror(errno));
	permissions = exact ? status.st_mode & 07777 : status.st_mode & 0111 ? 0755 : 0644;
	if (S_ISDIR(status.st_mode)) {
		entry_add(path, S_IFDIR | permissions, NULL);
		tree_add(source, path, exact);
		free(source);
	} else if (S_ISLNK(status.st_mode)) {
		entry_add(path, S_IFLNK | 0777, link_target(source));
		free(source);
	} else if (S_ISREG(status.st_mode)) {
		entry_add(path, S_IFREG | permissions, source);
	} else {
		fail("%s: neither a file, a directory nor a symbolic link", source);
	}
}

static void tree_add(const char *directory, const char *prefix, int exact)
{
	DIR *stream = opendir(directory);
	struct dirent *found;

	if (!stream)
		fail("%s: %s", directory, strerror(errno));
	while ((errno = 0, found = readdir(stream))) {
		char *path, *source;

		if (!strcmp(found->d_name, ".") || !strcmp(found->d_name, ".."))
			continue;
		if (asprintf(&path, "%s%s%s", prefix, *prefix ? "/" : "", found->d_name) < 0 ||
			asprintf(&source, "%s/%s", directory, found->d_name) < 0)
			fail("out of memory");
		tree_add_one(path, source, exact);
	}
	if (errno)
		fail("%s: %s", directory, strerror(errno));
	closedir(stream);
}

static mode_t mode_parse(const char *text, const char *where)
{
	char *end;
	unsigned long mode = strtoul(text, &end, 8);

	if (!*text || *end || mode > 07777)
		fail("%s: bad mode '%s'", where, text);
	return mode;
}

static void list_add_line(char *line, const char *where)
{
	char *save, *kind = strtok_r(line, " \t", &save);
	char *path, *third, *rest;

	if (!kind || *kind == '#')
		return;
	path = strtok_r(NULL, " \t", &save);
	third = strtok_r(NULL, " \t", &save);
	rest = strtok_r(NULL, "", &save);
	if (!path || !third)
		fail("%s: too few words", where);
	path = path_clean(path);
	if (!strcmp(kind, "dir") && !rest)
		entry_add(path, S_IFDIR | mode_parse(third, where), NULL);
	else if (!strcmp(kind, "file") && rest)
		entry_add(path, S_IFREG | mode_parse(third, where), must(strdup(rest)));
	else if (!strcmp(kind, "link") && !rest)
		entry_add(path, S_IFLNK | 0777, must(strdup(third)));
	else
		fail("%s: not a dir, file or link line", where);
}

static void list_add(const char *name)
{
	FILE *list = fopen(name, "r");
	char *line = NULL;
	size_t room = 0;
	ssize_t length;

	if (!list)
		fail("%s: %s", name, strerror(errno));
	for (unsigned number = 1; (length = getline(&line, &room, list)) >= 0; number++) {
		char where[PATH_MAX + 16];

		if (length && line[length - 1] == '\n')
			line[length - 1] = 0;
		snprintf(where, sizeof where, "%s:%u", name, number);
		list_add_line(line, where);
	}
	if (ferror(list))
		fail("%s: %s", name, strerror(errno));
	free(line);
	fclose(list);
}

static int entry_compare(const void *left, const void *right)
{
	const struct entry *a = left, *b = right;
	int order = strcmp(a->path, b->path);

	return order ? order : a->order < b->order ? -1 : a->order > b->order;
}

/* Adds every directory that a path goes through; one that was given by name wins. */
static void parents_add(void)
{
	size_t given = entry_count;

	for (size_t i = 0; i < given; i++) {
		char *path = entries[i].path;

		for (char *slash = path; (slash = strchr(slash, '/')); slash++) {
			char *parent = must(strndup(path, slash - path));

			entry_add(parent, S_IFDIR | 0755, NULL);
			entries[entry_count - 1].order = 0;
		}
	}
}

/* Sorts, keeps the last of each path, and refuses paths that go through what is no directory. */
static void entries_settle(void)
{
	size_t kept = 0;

	parents_add();
	qsort(entries, entry_count, sizeof *entries, entry_compare);
	for (size_t i = 0; i < entry_count; i++) {
		struct entry *next = i + 1 < entry_count ? &entries[i + 1] : NULL;
		int same = next && !strcmp(entries[i].path, next->path);

		if (same && S_ISDIR(entries[i].mode) != S_ISDIR(next->mode))
			fail("%s: is both a directory and something else", next->path);
		if (!same)
			entries[kept++] = entries[i];
	}
	entry_count = kept;
}

static void output_write(const void *bytes, size_t size)
{
	if (fwrite(bytes, 1, size, output) != size)
		fail("%s: %s", output_name, strerror(errno));
	output_offset += size;
}

static void output_pad(size_t multiple)
{
	static const char zeroes[PAGE];

	output_write(zeroes, -output_offset % multiple);
}

/* Writes a header and its name so that data of `size` bytes may follow at once. */
static void header_write(const char *path, size_t inode, mode_t mode, unsigned long size)
{
	size_t name_size = strlen(path) + 1;
	int written;

	if (S_ISREG(mode) && size)
		name_size += -(output_offset + HEADER_SIZE + name_size) % alignment;
	if (size > 0xffffffff)
		fail("%s: larger than a newc archive can hold", path);
	/* inode, mode, owner, group, links, date, size, four device numbers, name size, checksum */
	written = fprintf(output,
		"070701%08zx%08x%08x%08x%08x%08x%08lx%08x%08x%08x%08x%08zx%08x", inode,
		(unsigned)mode, 0, 0, S_ISDIR(mode) ? 2 : 1, 0, size, 0, 0, 0, 0, name_size, 0);
	if (written != HEADER_SIZE)
		fail("%s: %s", output_name, strerror(errno));
	output_offset += HEADER_SIZE;
	output_write(path, strlen(path) + 1);
	for (size_t i = strlen(path) + 1; i < name_size; i++)
		output_write("", 1);
	output_pad(4);
}

static void file_write(const struct entry *entry, size_t inode)
{
	char buffer[65536];
	struct stat status;
	unsigned long left;
	FILE *source = fopen(entry->source, "rb");

	if (!source || fstat(fileno(source), &status))
		fail("%s: %s", entry->source, strerror(errno));
	if (!S_ISREG(status.st_mode))
		fail("%s: not a regular file", entry->source);
	header_write(entry->path, inode, entry->mode, left = status.st_size);
	while (left) {
		size_t room = left < sizeof buffer ? left : sizeof buffer;
		size_t chunk = fread(buffer, 1, room, source);

		if (!chunk)
			fail("%s: cut short while it was read", entry->source);
		output_write(buffer, chunk);
		left -= chunk;
	}
	fclose(source);
	output_pad(4);
}

static void archive_write(void)
{
	if (asprintf(&output_temporary, "%s.%ld", output_name, (long)getpid()) < 0)
		fail("out of memory");
	output = fopen(output_temporary, "wb");
	if (!output)
		fail("%s: %s", output_temporary, strerror(errno));
	for (size_t i = 0; i < entry_count; i++) {
		const struct entry *entry = &entries[i];

		if (S_ISREG(entry->mode)) {
			file_write(entry, i + 1);
		} else {
			size_t size = entry->source ? strlen(entry->source) : 0;

			header_write(entry->path, i + 1, entry->mode, size);
			output_write(entry->source ? entry->source : "", size);
			output_pad(4);
		}
	}
	header_write("TRAILER!!!", 0, 0, 0);
	output_pad(512);
	if (fclose(output) || rename(output_temporary, output_name))
		fail("%s: %s", output_name, strerror(errno));
}

static void alignment_set(const char *text)
{
	alignment = strtoul(text, NULL, 0);
	if (alignment < 4 || alignment > PAGE || alignment & (alignment - 1))
		fail("data cannot be aligned to '%s' bytes", text);
}

int main(int argc, char **argv)
{
	if (argc < 2 || argc % 2)
		fail("usage: mkroot OUTPUT [-t TREE | -x TREE | -l LIST | -a BYTES]...");
	output_name = argv[1];
	for (int i = 2; i < argc; i += 2) {
		if (!strcmp(argv[i], "-t"))
			tree_add(argv[i + 1], "", 0);
		else if (!strcmp(argv[i], "-x"))
			tree_add(argv[i + 1], "", 1);
		else if (!strcmp(argv[i], "-l"))
			list_add(argv[i + 1]);
		else if (!strcmp(argv[i], "-a"))
			alignment_set(argv[i + 1]);
		else
			fail("unknown option '%s'", argv[i]);
	}
	entries_settle();
	archive_write();
	return 0;
}
