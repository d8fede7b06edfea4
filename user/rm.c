/* rm: [-f] [-r] FILE... removes files; -f: one that is not there is no error; -r: directories with all that is in them,
 * however deep. Symbolic links are removed, never followed, also one that takes a directory's place meanwhile. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define HELD	8	/* directories that are kept open, of those in one another */

struct name {
	struct name *next;
	char text[];
};

/* A directory that is being emptied. */
struct level {
	struct level *up;
	int fd;				/* -1: too far up; found again by "..", and known by the next two */
	dev_t device;
	ino_t inode;
	unsigned complaints;		/* before it was entered */
	struct name *directories;	/* in it that are not empty */
	char name[];			/* in the one above */
};

static bool force, recursive;
static unsigned complaints;

static void complain(const char *name)
{
	if (force && errno == ENOENT)
		return;
	fprintf(stderr, "rm: %s: %s\n", name, strerror(errno));
	complaints++;
}

/* After unlinkat has failed, which for a directory may have other reasons than that it is one: as errno was. */
static bool is_directory(int in, const char *name)
{
	int error = errno;
	struct stat found;
	bool is = error == EISDIR ||
		(fstatat(in, name, &found, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(found.st_mode));

	errno = error;
	return is;
}

/* Removes what is no directory, or an empty one. True if it is one that is to be emptied, which helps unless it has to
 * stay: where a file system is mounted, or in a directory that must not be written to. */
static bool remove_at(int directory, const char *name)
{
	if (unlinkat(directory, name, 0) == 0)
		return false;
	if (recursive && is_directory(directory, name))
		return unlinkat(directory, name, AT_REMOVEDIR) < 0;
	complain(name);
	return false;
}

/* Removes all that can be, and notes the rest. What is removed does not change where readdir stands. */
static void level_sweep(struct level *level)
{
	int fd = fcntl(level->fd, F_DUPFD_CLOEXEC, 0);
	DIR *entries = fd < 0 ? NULL : fdopendir(fd);
	struct dirent *entry;

	if (!entries) {
		complain(level->name);
		if (fd >= 0)
			close(fd);
		return;
	}
	while ((entry = readdir(entries))) {
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0 ||
		    !remove_at(level->fd, entry->d_name))
			continue;
		struct name *name = malloc(sizeof(*name) + strlen(entry->d_name) + 1);
		if (!name) {
			complain(entry->d_name);
			continue;
		}
		strcpy(name->text, entry->d_name);
		name->next = level->directories;
		level->directories = name;
	}
	closedir(entries);
}

static struct level *level_free(struct level *level)
{
	struct level *up = level->up;

	while (level->directories) {
		struct name *name = level->directories;

		level->directories = name->next;
		free(name);
	}
	if (level->fd >= 0)
		close(level->fd);
	free(level);
	return up;
}

static int open_directory(int in, const char *name, struct stat *found)
{
	int fd = openat(in, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

	if (fd >= 0 && fstat(fd, found) < 0) {
		close(fd);
		return -1;
	}
	return fd;
}

static struct level *level_new(struct level *up, const char *name, size_t length)
{
	struct level *level = malloc(sizeof(*level) + length + 1);
	struct stat found;

	if (!level)
		return NULL;
	*level = (struct level){ .up = up, .complaints = complaints };
	memcpy(level->name, name, length);
	level->name[length] = '\0';
	level->fd = open_directory(up ? up->fd : AT_FDCWD, level->name, &found);
	if (level->fd < 0) {
		free(level);
		return NULL;
	}
	level->device = found.st_dev;
	level->inode = found.st_ino;
	return level;
}

/* The directory of that name, swept; NULL, with a message, if it cannot be opened. A / behind the name would make open
 * follow a link. */
static struct level *level_enter(struct level *up, const char *name)
{
	size_t length = strlen(name);
	struct level *level, *far = up;

	while (name[length - 1] == '/')
		length--;
	level = level_new(up, name, length);
	if (!level) {
		complain(name);
		return NULL;
	}
	for (int i = 1; far && i < HELD; i++)
		far = far->up;
	if (far && far->fd >= 0) {
		close(far->fd);
		far->fd = -1;
	}
	level_sweep(level);
	return level;
}

/* Opens the level again from the one below; false, with a message, if that is somewhere else now. */
static bool level_return(struct level *level, const struct level *below)
{
	struct stat found;

	level->fd = open_directory(below->fd, "..", &found);
	if (level->fd >= 0 && found.st_dev == level->device && found.st_ino == level->inode)
		return true;
	if (level->fd < 0)
		fprintf(stderr, "rm: %s: %s\n", level->name, strerror(errno));
	else
		fprintf(stderr, "rm: %s: was moved meanwhile\n", below->name);
	complaints++;	/* whatever is wrong, and also with -f: much may be left */
	return false;
}

/* Removes the level, which is as empty as can be; tells why not, unless that is known from what is left in it. The one
 * above; NULL at the end, also if that is not found again. */
static struct level *level_leave(struct level *level)
{
	struct level *up = level->up;
	bool found = !up || up->fd >= 0 || level_return(up, level);

	if (found && unlinkat(up ? up->fd : AT_FDCWD, level->name, AT_REMOVEDIR) < 0 &&
	    (errno != ENOTEMPTY || complaints == level->complaints))
		complain(level->name);
	level = level_free(level);
	while (!found && level)
		level = level_free(level);
	return level;
}

static void remove_path(const char *path)
{
	struct level *level = remove_at(AT_FDCWD, path) ? level_enter(NULL, path) : NULL;

	while (level) {
		struct name *name = level->directories;
		struct level *below;

		if (!name) {
			level = level_leave(level);
			continue;
		}
		level->directories = name->next;
		below = level_enter(level, name->text);
		free(name);
		level = below ? below : level;
	}
}

/* "/", and what ends with "." or "..": rm(1p). */
static bool is_refused(const char *path)
{
	size_t length = strlen(path);
	const char *last;

	while (length > 0 && path[length - 1] == '/')
		length--;
	if (length == 0)
		return *path == '/';
	last = path + length;
	while (last > path && last[-1] != '/')
		last--;
	length = (size_t)(path + length - last);
	return (length == 1 || length == 2) && strncmp(last, "..", length) == 0;
}

int main(int argc, char **argv)
{
	int option;

	while ((option = getopt(argc, argv, "fr")) != -1) {
		if (option == '?')
			return 2;
		force |= option == 'f';
		recursive |= option == 'r';
	}
	if (optind == argc && !force) {
		fprintf(stderr, "usage: rm [-f] [-r] FILE...\n");
		return 2;
	}
	for (int i = optind; i < argc; i++) {
		if (is_refused(argv[i])) {
			fprintf(stderr, "rm: %s: not removed, whatever is in it\n", argv[i]);
			complaints++;
		} else {
			remove_path(argv[i]);
		}
	}
	return complaints > 0;
}
