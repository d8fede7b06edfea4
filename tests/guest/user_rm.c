/* The program rm: trees deeper than there may be descriptors, links in them that lead out, and directories that others
 * exchange for links meanwhile. */
#include "scratch.h"
#include "shell.h"

#include <sys/prctl.h>

#define DEPTH	300

static void make_at(int directory, const char *name)
{
	int fd = openat(directory, name, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0644);

	CHECK(fd >= 0);
	close(fd);
}

/* top/d/d/d..., in each a file, a link to keep's place, an empty directory and one that is not. */
static void make_tree(void)
{
	int fd = AT_FDCWD, below;
	char keep[300];

	snprintf(keep, sizeof(keep), "%s/keep", scratch_folder);
	for (int i = 0; i < DEPTH; i++) {
		CHECK_EQ(mkdirat(fd, i ? "d" : "top", 0755), 0);
		below = openat(fd, i ? "d" : "top", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		CHECK(below >= 0);
		if (fd != AT_FDCWD)
			close(fd);
		fd = below;
		make_at(fd, "file");
		CHECK_EQ(symlinkat(keep, fd, "link"), 0);
		CHECK_EQ(mkdirat(fd, "empty", 0755), 0);
		CHECK_EQ(mkdirat(fd, "more", 0755), 0);
		make_at(fd, "more/file");
	}
	close(fd);
}

/* A directory that is not empty, among many files, and a link to keep: they change places as long as rm runs. */
static void make_exchanged(void)
{
	char name[32];

	CHECK_EQ(mkdir("t", 0755), 0);
	CHECK_EQ(mkdir("t/a", 0755), 0);
	CHECK_EQ(mkdir("t/a/b", 0755), 0);
	make_file("t/a/b/file", "");
	for (int i = 0; i < 100; i++) {
		snprintf(name, sizeof(name), "t/a/%d", i);
		make_file(name, "");
	}
	CHECK_EQ(symlink("../../keep", "aside"), 0);
}

/* A child that does not outlive the test. */
static pid_t fork_bound(void)
{
	pid_t child = fork();

	CHECK(child >= 0);
	if (child == 0)
		prctl(PR_SET_PDEATHSIG, SIGKILL);
	return child;
}

static void with_exchange(void)
{
	for (int i = 0; i < 40; i++) {
		pid_t child;

		make_exchanged();
		child = fork_bound();
		while (child == 0)
			renameat2(AT_FDCWD, "t/a/b", AT_FDCWD, "aside", RENAME_EXCHANGE);
		CHECK_SHELL("rm -rf t 2>/dev/null; :", "", 0);
		kill(child, SIGKILL);
		CHECK_EQ(waitpid(child, NULL, 0), child);
		CHECK_SHELL("rm -rf t aside; ls keep; ls", "file\nkeep\n", 0);
	}
}

/* A name that ends with / is a directory's: a link that takes its place is refused, and not followed either. */
static void with_slash(void)
{
	pid_t child;

	CHECK_EQ(symlink("keep", "aside"), 0);
	child = fork_bound();
	while (child == 0) {
		mkdir("t", 0755);
		mkdir("t/b", 0755);
		renameat2(AT_FDCWD, "t", AT_FDCWD, "aside", RENAME_EXCHANGE);
	}
	CHECK_SHELL("set -- t/ t/ t/ t/ t/ t/ t/ t/ t/ t/; set -- $@ $@ $@ $@ $@ $@ $@ $@ $@ $@;"
		    "for i in $@; do rm -rf $@; done 2>/dev/null; cat keep/file", "", 0);
	kill(child, SIGKILL);
	CHECK_EQ(waitpid(child, NULL, 0), child);
	CHECK_SHELL("rm -rf t aside keep/b; ls keep; ls", "file\nkeep\n", 0);
}

/* Not the superuser, who may all: what may be removed is, also below what has to stay, and that is told of once. */
static void with_permissions(void)
{
	CHECK_EQ(setgid(65534), 0);
	CHECK_EQ(setuid(65534), 0);
	CHECK_EQ(mkdir("p", 0755), 0);
	CHECK_EQ(mkdir("p/a", 0755), 0);
	CHECK_EQ(mkdir("p/a/c", 0755), 0);
	make_file("p/a/c/file", "");
	CHECK_EQ(chmod("p/a", 0500), 0);
	CHECK_SHELL("rm -r p", "rm: c: Permission denied\n", 1);
	CHECK_SHELL("ls p/a/c; rm -rf p", "rm: c: Permission denied\n", 1);
	CHECK_EQ(chmod("p/a", 0755), 0);
	CHECK_SHELL("rm -r p; ls", "keep\n", 0);
	exit(0);
}

int main(void)
{
	shell_use_ours();
	scratch_enter();
	CHECK_EQ(mkdir("keep", 0755), 0);
	make_file("keep/file", "");
	make_tree();
	CHECK_SHELL("ulimit -n 20; rm -r top; echo $?; ls", "0\nkeep\n", 0);
	with_exchange();
	with_slash();
	CHECK_EQ(chmod(".", 0777), 0);
	CHECK_EXIT(with_permissions, 0);
	/* What is in it stays if it is not asked for; a link is removed, not what it leads to. */
	CHECK_SHELL("rm keep 2>/dev/null || echo no; ln -s keep link; rm -r link; ls keep", "no\nfile\n", 0);
	CHECK_SHELL("rm -f none; echo $?; rm -r none 2>/dev/null; echo $?; rm -r keep; ls", "0\n1\n", 0);
	scratch_leave();
	PASS();
}
