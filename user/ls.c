/* ls: [-a] [-l] [PATH]... lists directories, sorted by name, a line each; -a: also names that begin with a dot; -l: with type
 * and permissions, links, owner, group and size. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "output.h"

static bool show_all, show_long;
static int status;

static void complain(const char *name)
{
	int error = errno;

	fflush(stdout);
	fprintf(stderr, "ls: %s: %s\n", name, strerror(error));
	status = 1;
}

/* "drwxr-xr-x" of a mode. */
static void mode_text(mode_t mode, char text[11])
{
	static const struct {
		mode_t type;
		char letter;
	} types[] = {
		{ S_IFDIR, 'd' }, { S_IFCHR, 'c' }, { S_IFBLK, 'b' }, { S_IFIFO, 'p' }, { S_IFLNK, 'l' }, { S_IFSOCK, 's' },
	};

	memcpy(text, "-rwxrwxrwx", 11);
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if ((mode & S_IFMT) == types[i].type)
			text[0] = types[i].letter;
	for (int bit = 0; bit < 9; bit++)
		if (!(mode & (0400 >> bit)))
			text[bit + 1] = '-';
}

/* One line: name is printed, path leads to it. */
static void list_entry(const char *path, const char *name)
{
	struct stat info;
	char mode[11];

	if (show_long) {
		if (fstatat(AT_FDCWD, path, &info, AT_SYMLINK_NOFOLLOW) < 0) {
			complain(path);
			return;
		}
		mode_text(info.st_mode, mode);
		printf("%s %3lu %3u %3u %8ld ", mode, (unsigned long)info.st_nlink, (unsigned)info.st_uid,
		       (unsigned)info.st_gid, (long)info.st_size);
	}
	puts(name);
}

static int compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The names in a directory, malloc'd, sorted; NULL with errno. */
static char **read_names(const char *path, size_t *count)
{
	size_t room = 0;
	char **names = NULL;
	struct dirent *entry;
	DIR *directory = opendir(path);

	*count = 0;
	if (!directory)
		return NULL;
	for (errno = 0; (entry = readdir(directory)); errno = 0) {
		if (entry->d_name[0] == '.' && !show_all)
			continue;
		if (*count + 1 > room) {
			room = room ? room * 2 : 32;
			names = realloc(names, room * sizeof(*names));
		}
		if (!names || !(names[*count] = strdup(entry->d_name)))
			break;
		++*count;
	}
	if (errno) {
		int error = errno;

		closedir(directory);
		errno = error;
		return NULL;
	}
	closedir(directory);
	qsort(names, *count, sizeof(*names), compare);
	return names ? names : malloc(1);
}

static void list_directory(const char *path)
{
	size_t count;
	char **names = read_names(path, &count);

	if (!names) {
		complain(path);
		return;
	}
	for (size_t i = 0; i < count; i++) {
		size_t size = strlen(path) + strlen(names[i]) + 2;
		char *full = malloc(size);

		if (full) {
			snprintf(full, size, "%s/%s", path, names[i]);
			list_entry(full, names[i]);
		} else {
			complain(names[i]);
		}
		free(full);
		free(names[i]);
	}
	free(names);
}

static void list(const char *path, bool title)
{
	struct stat info;

	if (stat(path, &info) < 0) {
		complain(path);
	} else if (!S_ISDIR(info.st_mode)) {
		list_entry(path, path);
	} else {
		if (title)
			printf("%s:\n", path);
		list_directory(path);
	}
}

int main(int argc, char **argv)
{
	int option;

	while ((option = getopt(argc, argv, "al")) != -1) {
		if (option == 'a')
			show_all = true;
		else if (option == 'l')
			show_long = true;
		else
			return 2;
	}
	if (optind == argc)
		list(".", false);
	for (int i = optind; i < argc; i++)
		list(argv[i], argc - optind > 1);
	return output_written("ls") ? status : 1;
}
