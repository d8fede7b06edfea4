/* /proc/self: a link to the reader's own directory, with what it is and was started with. */
#define _GNU_SOURCE
#include "scratch.h"

static char text[4096];

static long contents(const char *path)
{
	int fd = open(path, O_RDONLY);
	long length = read(fd, text, sizeof(text) - 1);

	CHECK(fd >= 0 && length >= 0);
	text[length] = 0;
	close(fd);
	return length;
}

static void stat_fields(void)
{
	int pid, parent, group, session;
	char name[64], state;
	int fields = 1;

	contents("/proc/self/stat");
	CHECK_EQ(sscanf(text, "%d (%63[^)]) %c %d %d %d", &pid, name, &state, &parent, &group, &session), 6);
	CHECK_EQ(pid, getpid());
	CHECK_STR(name, "proc_self");
	CHECK_EQ(state, 'R');
	CHECK_EQ(parent, getppid());
	CHECK_EQ(group, getpgrp());
	for (char *at = text; *at; at++)
		fields += *at == ' ';
	CHECK_EQ(fields, 52);
}

int main(int argc, char **argv)
{
	char expected[64];
	struct stat self, other;

	(void)argc;
	snprintf(expected, sizeof(expected), "%d", getpid());
	CHECK_EQ(readlink("/proc/self", text, sizeof(text)), strlen(expected));
	CHECK(memcmp(text, expected, strlen(expected)) == 0);
	CHECK_EQ(stat("/proc/self", &self), 0);
	snprintf(expected, sizeof(expected), "/proc/%d/", getpid());
	CHECK_EQ(stat(expected, &other), 0);
	CHECK_EQ(self.st_ino, other.st_ino);
	CHECK(S_ISDIR(self.st_mode));
	CHECK_EQ(contents("/proc/self/cmdline"), strlen(argv[0]) + 1);
	CHECK_STR(text, argv[0]);
	contents("/proc/self/comm");
	CHECK_STR(text, "proc_self\n");
	stat_fields();
	CHECK_EQ(stat("/proc/self/exe", &self), 0);
	CHECK_EQ(stat(argv[0], &other), 0);
	CHECK_EQ(self.st_ino, other.st_ino);
	CHECK_EQ(readlink("/proc/self/exe", text, sizeof(text)), strlen(argv[0]));
	CHECK_EQ(chdir("/tmp"), 0);
	long length = readlink("/proc/self/cwd", text, sizeof(text));
	CHECK_EQ(length, 4);
	CHECK_EQ(chdir("/proc/self"), 0);
	CHECK(getcwd(text, sizeof(text)) != NULL);
	snprintf(expected, sizeof(expected), "/proc/%d", getpid());
	CHECK_STR(text, expected);
	CHECK_ERRNO(open("/proc/self/nothing", O_RDONLY), ENOENT);
	CHECK_ERRNO(open("/proc/0", O_RDONLY), ENOENT);
	CHECK_ERRNO(open("/proc/4194305", O_RDONLY), ENOENT);
	PASS();
}
