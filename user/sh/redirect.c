/* Redirections. Every descriptor that the shell itself opens has close-on-exec, so that commands get 0, 1, 2 and what
 * they were redirected to, nothing else. */
#include "tree.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct saved *innermost;

/* A descriptor that reads the text: a pipe, if it is sure to hold it, else a file that has no name any more. */
static int open_here(const char *text)
{
	size_t length = strlen(text);
	char path[] = "/tmp/sh.XXXXXX";
	int ends[2], fd;

	if (length <= PIPE_BUF) {
		if (pipe2(ends, O_CLOEXEC) < 0)
			return -1;
		fd = ends[0];
		if (write(ends[1], text, length) < 0) {
			close(fd);
			fd = -1;
		}
		close(ends[1]);
		return fd;
	}
	fd = mkostemp(path, O_CLOEXEC);
	if (fd < 0)
		return -1;
	unlink(path);
	while (length > 0) {
		ssize_t count = write(fd, text, length);

		if (count < 0) {
			close(fd);
			return -1;
		}
		text += count;
		length -= count;
	}
	lseek(fd, 0, SEEK_SET);
	return fd;
}

static bool redirect_dup(int fd, const char *target)
{
	char *end;
	long from = strtol(target, &end, 10);

	if (strcmp(target, "-") == 0) {
		close(fd);
		return true;
	}
	/* What lies above is the shell's own. */
	if (end == target || *end || from < 0 || from >= SAVED_FDS || dup2((int)from, fd) < 0) {
		complain("%s: bad file descriptor", target);
		return false;
	}
	return true;
}

static int open_file(enum redirect_kind kind, const char *path)
{
	static const int flags[] = {
		[REDIRECT_READ] = O_RDONLY,
		[REDIRECT_WRITE] = O_WRONLY | O_CREAT | O_TRUNC,
		[REDIRECT_CLOBBER] = O_WRONLY | O_CREAT | O_TRUNC,
		[REDIRECT_APPEND] = O_WRONLY | O_CREAT | O_APPEND,
		[REDIRECT_BOTH] = O_RDWR | O_CREAT,
	};
	struct stat status;
	int fd;

	if (kind != REDIRECT_WRITE || !shell.options['C'])
		return open(path, flags[kind] | O_CLOEXEC, 0666);
	/* set -C: what is there already must not be a file. */
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	if (fd >= 0 || errno != EEXIST)
		return fd;
	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0 || (fstat(fd, &status) == 0 && !S_ISREG(status.st_mode)))
		return fd;
	close(fd);
	errno = EEXIST;
	return -1;
}

/* Makes fd what the redirection says; false with a message if it cannot be. */
static bool redirect_apply(const struct redirect *redirect, struct arena *arena)
{
	char *target = expand_single(redirect->target, arena, EXPAND_SINGLE);
	int from;

	if (shell.unwind)
		return false;
	if (redirect->kind == REDIRECT_DUP)
		return redirect_dup(redirect->fd, target);
	if (redirect->kind == REDIRECT_HERE)
		from = open_here(target);
	else
		from = open_file(redirect->kind, target);
	if (from < 0) {
		complain("%s: %s", redirect->kind == REDIRECT_HERE ? "here-document" : target, strerror(errno));
		return false;
	}
	if (from == redirect->fd) {
		fcntl(from, F_SETFD, 0);
	} else {
		dup2(from, redirect->fd);
		close(from);
	}
	return true;
}

bool redirects_apply(const struct redirect *redirect)
{
	struct arena arena = { 0 };
	bool applied = true;

	for (; redirect && applied; redirect = redirect->next)
		applied = redirect_apply(redirect, &arena);
	arena_free(&arena);
	return applied;
}

bool redirects_begin(const struct redirect *redirects, struct saved *saved)
{
	memset(saved->used, 0, sizeof(saved->used));
	saved->outer = innermost;
	innermost = saved;
	for (const struct redirect *redirect = redirects; redirect; redirect = redirect->next) {
		int fd = redirect->fd;

		if (saved->used[fd])
			continue;
		saved->fds[fd] = fcntl(fd, F_DUPFD_CLOEXEC, SAVED_FDS);
		if (saved->fds[fd] < 0 && errno != EBADF) {
			complain("%d: cannot be saved: %s", fd, strerror(errno));
			return false;
		}
		saved->used[fd] = true;
	}
	return redirects_apply(redirects);
}

void redirects_undo(struct saved *saved, bool keep)
{
	for (int fd = 0; fd < SAVED_FDS; fd++) {
		if (!saved->used[fd])
			continue;
		if (!keep) {
			close(fd);
			if (saved->fds[fd] >= 0)
				dup2(saved->fds[fd], fd);
		}
		if (saved->fds[fd] >= 0)
			close(saved->fds[fd]);
	}
	innermost = saved->outer;
}

/* Else a child that lives on would hold what it was redirected away from. */
void redirects_child(void)
{
	for (struct saved *saved = innermost; saved; saved = saved->outer) {
		for (int fd = 0; fd < SAVED_FDS; fd++) {
			if (saved->used[fd] && saved->fds[fd] >= 0)
				close(saved->fds[fd]);
			saved->used[fd] = false;
		}
	}
	innermost = NULL;
}
