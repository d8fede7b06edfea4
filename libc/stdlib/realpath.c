/* realpath(3): component by component, as the kernel walks. */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LINKS_MAX	40

struct walk {
	char done[PATH_MAX];	/* no links in it; "" for the root */
	char rest[PATH_MAX];
	int links;
};

static int fail(int error)
{
	errno = error;
	return -1;
}

/* Takes the first component off the rest; its length, 0 at the end. */
static size_t next_component(struct walk *walk, char *name)
{
	char *from = walk->rest + strspn(walk->rest, "/");
	size_t length = strcspn(from, "/");

	if (length > NAME_MAX)
		length = NAME_MAX + 1;
	memcpy(name, from, length);
	name[length] = 0;
	memmove(walk->rest, from + length, strlen(from + length) + 1);
	return length;
}

/* What has been done ends with a link: its target comes before the rest. */
static int follow(struct walk *walk, size_t before)
{
	char target[PATH_MAX];
	ssize_t length = readlink(walk->done, target, sizeof(target));

	if (length < 0)
		return -1;
	if (++walk->links > LINKS_MAX)
		return fail(ELOOP);
	if (length + strlen(walk->rest) >= PATH_MAX)
		return fail(ENAMETOOLONG);
	memmove(walk->rest + length, walk->rest, strlen(walk->rest) + 1);
	memcpy(walk->rest, target, length);
	walk->done[*target == '/' ? 0 : before] = 0;
	return 0;
}

static int step(struct walk *walk, const char *name)
{
	size_t before = strlen(walk->done);
	struct stat status;

	if (strcmp(name, ".") == 0)
		return 0;
	if (strcmp(name, "..") == 0) {
		char *slash = strrchr(walk->done, '/');

		if (slash)
			*slash = 0;
		return 0;
	}
	if (before + 1 + strlen(name) >= PATH_MAX)
		return fail(ENAMETOOLONG);
	walk->done[before] = '/';
	strcpy(walk->done + before + 1, name);
	if (lstat(walk->done, &status) < 0)
		return -1;
	if (S_ISLNK(status.st_mode))
		return follow(walk, before);
	return *walk->rest && !S_ISDIR(status.st_mode) ? fail(ENOTDIR) : 0;
}

static int walk_begin(struct walk *walk, const char *path)
{
	if (!path)
		return fail(EINVAL);
	if (!*path)
		return fail(ENOENT);
	if (strlcpy(walk->rest, path, PATH_MAX) >= PATH_MAX)
		return fail(ENAMETOOLONG);
	walk->links = 0;
	walk->done[0] = 0;
	if (*path == '/')
		return 0;
	if (!getcwd(walk->done, PATH_MAX))
		return -1;
	if (walk->done[1] == 0)
		walk->done[0] = 0;
	return 0;
}

char *realpath(const char *restrict path, char *restrict resolved)
{
	char name[NAME_MAX + 2];
	struct walk walk;

	if (walk_begin(&walk, path) < 0)
		return NULL;
	while (next_component(&walk, name))
		if (step(&walk, name) < 0)
			return NULL;
	if (!walk.done[0])
		strcpy(walk.done, "/");
	return resolved ? strcpy(resolved, walk.done) : strdup(walk.done);
}
