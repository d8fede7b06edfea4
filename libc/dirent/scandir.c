/* scandir(3), alphasort(3). */
#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

struct list {
	struct dirent **entries;
	size_t count, room;
};

int alphasort(const struct dirent **left, const struct dirent **right)
{
	return strcoll((*left)->d_name, (*right)->d_name);
}

static bool append(struct list *list, const struct dirent *entry)
{
	struct dirent *copy;

	if (list->count == list->room) {
		size_t room = list->room ? 2 * list->room : 16;
		struct dirent **larger = realloc(list->entries, room * sizeof(*larger));

		if (!larger)
			return false;
		list->entries = larger;
		list->room = room;
	}
	copy = malloc(entry->d_reclen);
	if (!copy)
		return false;
	list->entries[list->count++] = memcpy(copy, entry, entry->d_reclen);
	return true;
}

static void free_list(struct list *list)
{
	while (list->count > 0)
		free(list->entries[--list->count]);
	free(list->entries);
}

/* Returns 0, or the error that ended it. */
static int read_all(DIR *directory, struct list *list, int (*select)(const struct dirent *))
{
	struct dirent *entry;

	for (;;) {
		errno = 0;
		entry = readdir(directory);
		if (!entry)
			return errno;
		if ((!select || select(entry)) && !append(list, entry))
			return ENOMEM;
	}
}

int scandir(const char *path, struct dirent ***entries, int (*select)(const struct dirent *),
	    int (*compare)(const struct dirent **, const struct dirent **))
{
	DIR *directory = opendir(path);
	struct list list = { 0 };
	int before = errno, error;

	if (!directory)
		return -1;
	error = read_all(directory, &list, select);
	closedir(directory);
	errno = error ? error : before;
	if (error) {
		free_list(&list);
		return -1;
	}
	if (compare && list.count > 1)
		qsort(list.entries, list.count, sizeof(*list.entries),
		      (int (*)(const void *, const void *))compare);
	*entries = list.entries;
	return (int)list.count;
}
